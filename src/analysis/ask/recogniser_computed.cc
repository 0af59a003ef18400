// Expressions of one row, which become computed columns of the reading.
#include <algorithm>
#include <array>

#include "analysis/ask/joins.h"
#include "analysis/ask/recogniser.h"

namespace sextant::ask {
namespace {

constexpr std::size_t kLongestName = 80;  // bytes

// What the generator writes before the name of a column for its figures.
std::string_view prefix_of(std::string_view aggregate) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kPrefixes{
      {{"count", "number_of_"},
       {"sum", "total_"},
       {"avg", "average_"},
       {"min", "lowest_"},
       {"max", "highest_"},
       {"median", "median_"},
       {"quantile_cont", "percentile_"},
       {"stddev_samp", "deviation_"}}};
  const auto known = std::ranges::find(kPrefixes, aggregate,
                                       &std::pair<std::string_view, std::string_view>::first);
  return known == kPrefixes.end() ? std::string_view() : known->second;
}

template <class Change>
Result<> each_part(json::Value& value, const Change& change) {
  if (auto* array = value.if_array()) {
    for (auto& item : *array) TRY_VOID(each_part(item, change));
  } else if (auto* object = value.if_object()) {
    TRY_VOID(change(*object));
    for (auto& member : *object) TRY_VOID(each_part(member.value(), change));
  }
  return {};
}

// "(a - b)" without the brackets around all of it.
std::string without_brackets(std::string text) {
  if (!text.starts_with('(') || !text.ends_with(')')) return text;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) return text;
  }
  return text.substr(1, text.size() - 2);
}

}  // namespace

void Recogniser::collect_names(const json::Array& items) {
  for (const auto& item : items) {
    const auto& one = item.as_object();
    std::string_view name = tree::text(one, "alias");
    const json::Object* of = &one;
    if (has_aggregate(one)) {
      if (tree::text(one, "class") != "FUNCTION" || tree::children(one) == 0) continue;
      of = tree::child(one, 0);
      const auto prefix = prefix_of(tree::function(one));
      if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    }
    if (name.empty() || !of || has_aggregate(*of) || column(*of)) continue;
    std::vector<std::string> ignored;
    if (const auto exact = exact_names(*of, ignored)) names_.emplace_back(*exact, name);
  }
}

Result<ColumnRef> Recogniser::column_or_computed(const json::Object& node) {
  if (tree::text(node, "class") == "COLUMN_REF") return need_column(node);
  return computed(node);
}

Result<json::Object> Recogniser::exact_names(const json::Object& node,
                                             std::vector<std::string>& tables) {
  json::Value out = tree::expression(node);
  TRY_VOID(each_part(out, [&](json::Object& part) -> Result<> {
    const auto kind = tree::text(part, "class");
    if (kind == "SUBQUERY" || kind == "WINDOW" || kind == "STAR" || kind == "PARAMETER" ||
        kind == "LAMBDA") {
      return inexpressible(node, "This has no place in the visual builder.",
                           "Columns, and what is computed of the columns of one row, have.");
    }
    if (kind != "COLUMN_REF") return {};
    const auto ref = column(part);
    const bool own = ref && std::ranges::any_of(scope_, [&](const auto& known) {
                       return known.second == ref->table;
                     });
    if (!own) return inexpressible(node, "This names what is no column of the tables here.");
    part["column_names"] = json::Array{json::Value(ref->table), json::Value(ref->column)};
    if (std::ranges::find(tables, ref->table) == tables.end()) tables.push_back(ref->table);
    return {};
  }));
  return std::move(out.get_object());
}

Result<std::string> Recogniser::print(const json::Object& expression) {
  constexpr std::string_view kBefore = "SELECT ";
  TRY(auto statement, tools_.parse(std::string(kBefore) + "1"));
  auto& node = statement.at("node").as_object();
  node["cte_map"] = json::Object();  // parsing leaves out what is empty, printing needs it
  auto& item = node["select_list"].as_array()[0];
  item = expression;
  TRY_VOID(each_part(item, [](json::Object& part) -> Result<> {
    auto* held = part.if_contains("value");
    if (held && held->is_object() && tree::constant(part) == json::Value("")) {
      held->get_object()["value"] = "";
    }
    return {};
  }));
  TRY(auto text, tools_.print(statement));
  return text.starts_with(kBefore) ? text.substr(kBefore.size()) : text;
}

// The table whose rows the values belong to: each of them has one partner in the others.
Result<std::string> Recogniser::owner(const json::Object& node,
                                      const std::vector<std::string>& tables) {
  for (const std::string& table : tables) {
    const bool reaches = std::ranges::all_of(tables, [&](const std::string& other) {
      const auto path = join_path(model_, table, other);
      return path && std::ranges::none_of(*path, &JoinStep::multiplies);
    });
    if (reaches) return table;
  }
  return inexpressible(node, "These columns belong to rows of several tables.",
                       "A computed column is made of a row and of the rows that it points to.");
}

std::string Recogniser::free_name(const std::string& table, std::string wanted) const {
  wanted = std::string(text::truncate_utf8(wanted, kLongestName - 4));
  const auto taken = [&](const std::string& name) {
    return model_column({table, name}) ||
           std::ranges::any_of(reading_.computed, [&](const Computed& one) {
             return one.table == table && one.name == name;
           });
  };
  std::string name = wanted;
  for (int i = 2; taken(name); ++i) name = wanted + " " + std::to_string(i);
  return name;
}

Result<ColumnRef> Recogniser::computed(const json::Object& node) {
  std::vector<std::string> tables;
  TRY(const json::Object exact, exact_names(node, tables));
  if (tables.empty()) {
    return inexpressible(node, "A value that is the same for all rows has no place here.");
  }
  for (const Made& made : made_) {
    if (made.expression == json::Value(exact)) return made.column;
  }
  Computed one;
  TRY(one.table, owner(node, tables));
  TRY(one.expression, print(exact));
  one.expression = without_brackets(std::move(one.expression));
  std::string name;
  for (const auto& [expression, given] : names_) {
    if (expression == json::Value(exact)) name = given;
  }
  if (name.empty()) {
    json::Value plain = exact;
    TRY_VOID(each_part(plain, [](json::Object& part) -> Result<> {
      auto* names = part.if_contains("column_names");
      if (names) *names = json::Array{names->as_array().back()};
      return {};
    }));
    TRY(name, print(plain.as_object()));
    name = without_brackets(std::move(name));
  }
  one.name = free_name(one.table, std::move(name));
  Reading probe;
  probe.table = one.table;
  probe.computed = {std::move(one)};
  if (auto checked = tools_.complete(probe); !checked) {
    Error& error = checked.error();
    if (error.code == ErrorCode::cancelled || error.code == ErrorCode::timeout) {
      return fail(std::move(error));
    }
    const auto* fields = error.detail.if_contains("fields");
    const bool told = fields && fields->is_array() && !fields->get_array().empty();
    return inexpressible(
        node, "This is no column of a row: " +
                  (told ? std::string(tree::text(fields->get_array()[0].as_object(), "message"))
                        : error.message) +
                  ".");
  }
  reading_.computed.push_back(std::move(probe.computed.front()));
  const Computed& kept = reading_.computed.back();
  made_.push_back({exact, {kept.table, kept.name}});
  return made_.back().column;
}

Result<Filter> Recogniser::computed_condition(const json::Object& node) {
  TRY(const auto ref, computed(node));
  const auto made = std::ranges::find_if(reading_.computed, [&](const Computed& one) {
    return one.table == ref.table && one.name == ref.column;
  });
  if (!made->type.empty() && made->type != "BOOLEAN") {
    return inexpressible(node, "This condition is neither true nor false.");
  }
  Condition is_true;
  is_true.table = ref.table;
  is_true.column = ref.column;
  is_true.values = {true};
  return Filter{{std::move(is_true)}, false};
}

}  // namespace sextant::ask
