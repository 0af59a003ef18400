#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/recogniser.h"

namespace sextant::ask {
namespace {

using tree::child;
using tree::children;
using tree::function;

constexpr const char* kTooDeep = "This condition is nested deeper than the visual builder goes.";

std::optional<Operator> operator_of(const json::Object& node) {
  static const std::map<std::string_view, Operator> kByType{
      {"COMPARE_EQUAL", Operator::equal},
      {"COMPARE_DISTINCT_FROM", Operator::not_equal},
      {"COMPARE_LESSTHAN", Operator::less},
      {"COMPARE_LESSTHANOREQUALTO", Operator::less_or_equal},
      {"COMPARE_GREATERTHAN", Operator::greater},
      {"COMPARE_GREATERTHANOREQUALTO", Operator::greater_or_equal}};
  const auto known = kByType.find(tree::text(node, "type"));
  return known == kByType.end() ? std::nullopt : std::optional(known->second);
}

Operator mirrored(Operator op) {
  switch (op) {
    case Operator::less:
      return Operator::greater;
    case Operator::less_or_equal:
      return Operator::greater_or_equal;
    case Operator::greater:
      return Operator::less;
    case Operator::greater_or_equal:
      return Operator::less_or_equal;
    default:
      return op;
  }
}

bool is_true(const json::Object& node) {
  const auto value = tree::constant(node);
  return value && value->is_bool() && value->get_bool();
}

const json::Object* subquery_node(const json::Object& node) {
  const auto* subquery = tree::object(node, "subquery");
  return subquery ? tree::object(*subquery, "node") : nullptr;
}

// a ≥ x and a ≤ y (of times: < y), side by side, are one condition.
bool closes(const Condition& from, const Condition& to, bool time) {
  return from.op == Operator::greater_or_equal &&
         to.op == (time ? Operator::less : Operator::less_or_equal) && from.table == to.table &&
         from.column == to.column && from.of.empty() && to.of.empty();
}

}  // namespace

Result<> Recogniser::where(const json::Object& node) {
  for (const auto* part : tree::split(node, "CONJUNCTION_AND")) {
    const bool negated = tree::is(*part, "OPERATOR_NOT");
    const json::Object* inner = negated ? child(*part, 0) : part;
    if (inner && tree::is(*inner, "SUBQUERY") && tree::text(*inner, "subquery_type") == "EXISTS") {
      TRY(auto found, exists(*inner));
      if (!found.condition) {
        reading_.absences.push_back({found.table, !negated, std::nullopt});
        continue;
      }
      if (negated) return inexpressible(*part, kTooDeep);
    }
    const auto columns = reading_.computed.size();
    const auto expressions = made_.size();
    auto list = filter(*part);
    if (!list) {
      reading_.computed.resize(columns);
      made_.resize(expressions);
      if (!list.error().detail.contains("inexpressible")) return fail(std::move(list.error()));
      auto whole = computed_condition(*part);
      if (!whole) return fail(std::move(list.error()));
      list = std::vector<Filter>{std::move(*whole)};
    }
    for (auto& one : *list) reading_.filters.push_back(std::move(one));
  }
  TRY(reading_.filters, [&]() -> Result<std::vector<Filter>> {
    std::vector<Filter> merged;
    for (Filter& next : reading_.filters) {
      if (!merged.empty() && !merged.back().negated && !next.negated &&
          merged.back().any_of.size() == 1 && next.any_of.size() == 1) {
        Condition& last = merged.back().any_of.front();
        const Condition& now = next.any_of.front();
        const auto* c = model_column({last.table, last.column});
        const bool time = c && (c->type == "DATE" || c->type.starts_with("TIMESTAMP"));
        if (closes(last, now, time)) {
          last.op = Operator::between;
          last.values.push_back(now.values.front());
          continue;
        }
      }
      merged.push_back(std::move(next));
    }
    return merged;
  }());
  return {};
}

// The conditions of a FILTER clause: and-ed as those of WHERE.
Result<std::vector<Filter>> Recogniser::filters(const json::Object& node) {
  std::vector<Filter> kept = std::move(reading_.filters);
  const auto absences = reading_.absences.size();
  reading_.filters.clear();
  TRY_VOID(where(node));
  std::vector<Filter> found = std::move(reading_.filters);
  reading_.filters = std::move(kept);
  if (reading_.absences.size() != absences) return inexpressible(node, kTooDeep);
  return found;
}

Result<std::vector<Filter>> Recogniser::filter(const json::Object& node) {
  // (…) IS NOT TRUE
  if (tree::is(node, "COMPARE_DISTINCT_FROM") && is_true(*tree::object(node, "right"))) {
    const auto* left = tree::object(node, "left");
    if (left && tree::is(*left, "OPERATOR_CAST")) left = tree::object(*left, "child");
    if (left && tree::text(*left, "class") != "COLUMN_REF") {
      TRY(auto conditions, any_of(*left));
      return std::vector<Filter>{{std::move(conditions), true}};
    }
  }
  // a <> x leaves out rows without a value, which "is not x" keeps.
  if (tree::is(node, "COMPARE_NOTEQUAL") || tree::is(node, "COMPARE_NOT_IN")) {
    json::Object positive = node;
    positive["type"] = tree::is(node, "COMPARE_NOTEQUAL") ? "COMPARE_EQUAL" : "COMPARE_IN";
    TRY(auto conditions, any_of(positive));
    if (conditions.empty() || !conditions.front().of.empty()) return inexpressible(node, kTooDeep);
    Condition present;
    present.table = conditions.front().table;
    present.column = conditions.front().column;
    present.op = Operator::not_null;
    std::vector<Filter> out;
    if (conditions.size() == 1) {
      conditions.front().op = Operator::not_equal;
      out.push_back({std::move(conditions), false});
    } else {
      out.push_back({std::move(conditions), true});
    }
    out.push_back({{std::move(present)}, false});
    return out;
  }
  if (tree::is(node, "COMPARE_BETWEEN")) {
    Condition from, to;
    TRY(const auto ref, column_or_computed(*tree::object(node, "input")));
    const auto low = tree::constant(*tree::object(node, "lower"));
    const auto high = tree::constant(*tree::object(node, "upper"));
    if (!low || !high) return inexpressible(node, "Only values have their place after BETWEEN.");
    from.table = to.table = ref.table;
    from.column = to.column = ref.column;
    from.op = Operator::greater_or_equal;
    to.op = Operator::less_or_equal;
    from.values = {*low};
    to.values = {*high};
    return std::vector<Filter>{{{std::move(from)}, false}, {{std::move(to)}, false}};
  }
  TRY(auto conditions, any_of(node));
  return std::vector<Filter>{{std::move(conditions), false}};
}

Result<std::vector<Condition>> Recogniser::any_of(const json::Object& node) {
  std::vector<Condition> out;
  for (const auto* part : tree::split(node, "CONJUNCTION_OR")) {
    if (tree::is(*part, "COMPARE_IN")) {
      TRY(const auto ref, column_or_computed(*child(*part, 0)));
      for (std::size_t i = 1; i < children(*part); ++i) {
        const auto value = tree::constant(*child(*part, i));
        if (!value) return inexpressible(*part, "Only values have their place in this list.");
        Condition c;
        c.table = ref.table;
        c.column = ref.column;
        c.values = {*value};
        out.push_back(std::move(c));
      }
      continue;
    }
    TRY(auto one, condition(*part));
    out.push_back(std::move(one));
  }
  return out;
}

Result<Condition> Recogniser::condition(const json::Object& node) {
  if (tree::is(node, "CONJUNCTION_AND")) {
    const auto parts = tree::split(node, "CONJUNCTION_AND");
    if (parts.size() == 2) {
      TRY(auto from, condition(*parts[0]));
      TRY(const auto to, condition(*parts[1]));
      const auto* c = model_column({from.table, from.column});
      const bool time = c && (c->type == "DATE" || c->type.starts_with("TIMESTAMP"));
      if (closes(from, to, time)) {
        from.op = Operator::between;
        from.values.push_back(to.values.front());
        return from;
      }
    }
    return inexpressible(node, "AND within OR has no place in the visual builder.",
                         "Conditions there are alternatives; several of them hold together.");
  }
  if (tree::is(node, "OPERATOR_IS_NULL") || tree::is(node, "OPERATOR_IS_NOT_NULL")) {
    Condition c;
    TRY(const auto ref, column_or_computed(*child(node, 0)));
    c.table = ref.table;
    c.column = ref.column;
    c.op = tree::is(node, "OPERATOR_IS_NULL") ? Operator::is_null : Operator::not_null;
    return c;
  }
  if (tree::is(node, "SUBQUERY")) {
    const auto kind = tree::text(node, "subquery_type");
    if (kind == "EXISTS") {
      TRY(auto found, exists(node));
      if (found.condition) return *found.condition;
    }
    if (kind == "ANY" && tree::text(node, "comparison_type") == "COMPARE_EQUAL") {
      return nested(*tree::object(node, "child"), node, Operator::in);
    }
    return inexpressible(node, kTooDeep);
  }
  if (tree::text(node, "class") == "COLUMN_REF") {
    TRY(const auto ref, column_or_computed(node));
    const auto* c = model_column(ref);
    if (c && c->type == "BOOLEAN") {
      Condition out;
      out.table = ref.table;
      out.column = ref.column;
      out.values = {true};
      return out;
    }
  }
  if (tree::text(node, "class") == "COMPARISON") return comparison(node);
  TRY(const auto text, text_condition(node));
  if (text) return *text;
  return inexpressible(node, "This condition has no place in the visual builder.",
                       "Comparisons of a column with a value have, and lists of them with OR.");
}

Result<Condition> Recogniser::comparison(const json::Object& node) {
  auto op = operator_of(node);
  if (!op) return inexpressible(node, "This comparison has no place here.", "Write it with =.");
  const auto* left = tree::object(node, "left");
  const auto* right = tree::object(node, "right");
  if (!left || !right) return inexpressible(node, kTooDeep);
  if (tree::constant(*left)) {
    std::swap(left, right);
    op = mirrored(*op);
  }
  if (tree::is(*right, "SUBQUERY") && tree::text(*right, "subquery_type") == "SCALAR") {
    return nested(*left, *right, *op);
  }
  TRY(const auto ref, column_or_computed(*left));
  const auto value = tree::constant(*right);
  if (!value) {
    return inexpressible(*right, "Columns are compared with values in the visual builder.");
  }
  Condition c;
  c.table = ref.table;
  c.column = ref.column;
  c.op = *op;
  c.values = {*value};
  return c;
}

// contains(lower(x), lower('…')) and the like; x ILIKE '%…%'.
Result<std::optional<Condition>> Recogniser::text_condition(const json::Object& node) {
  static const std::map<std::string_view, Operator> kByName{{"contains", Operator::contains},
                                                            {"starts_with", Operator::starts_with},
                                                            {"suffix", Operator::ends_with},
                                                            {"ends_with", Operator::ends_with}};
  const auto plain = [](const json::Object* inner) {
    return inner && tree::is(*inner, "OPERATOR_CAST") ? tree::object(*inner, "child") : inner;
  };
  const auto name = function(node);
  if (name == "~~" || name == "!~~") {
    return inexpressible(node, "LIKE minds upper and lower case, the visual builder does not.",
                         "Write ILIKE.");
  }
  if (children(node) != 2) return std::nullopt;
  Condition c;
  if (const auto known = kByName.find(name); known != kByName.end()) {
    const auto *text = child(node, 0), *part = child(node, 1);
    if (function(*text) != "lower" || function(*part) != "lower") {
      return inexpressible(node, "This minds upper and lower case, the visual builder does not.",
                           "Compare lower(…) with lower('…').");
    }
    TRY(const auto ref, column_or_computed(*plain(child(*text, 0))));
    const auto value = tree::constant(*child(*part, 0));
    if (!value) return inexpressible(node, "Only texts have their place here.");
    c.table = ref.table;
    c.column = ref.column;
    c.op = known->second;
    c.values = {*value};
    return c;
  }
  if (name != "~~*") return std::nullopt;
  TRY(const auto ref, column_or_computed(*child(node, 0)));
  const auto value = tree::constant(*child(node, 1));
  std::string pattern = value && value->is_string() ? std::string(value->get_string()) : "";
  const bool front = pattern.starts_with('%'), back = pattern.size() > 1 && pattern.ends_with('%');
  if (front) pattern.erase(0, 1);
  if (back) pattern.pop_back();
  if (pattern.empty() || (!front && !back) || pattern.find_first_of("%_\\") != std::string::npos) {
    return inexpressible(node, "This pattern has no place in the visual builder.",
                         "'%text%', 'text%' and '%text' have.");
  }
  c.table = ref.table;
  c.column = ref.column;
  c.op = front && back ? Operator::contains : front ? Operator::ends_with : Operator::starts_with;
  c.values = {json::Value(pattern)};
  return c;
}

Result<Condition> Recogniser::nested(const json::Object& node, const json::Object& subquery,
                                     Operator op) {
  const auto* inner = subquery_node(subquery);
  if (!inner || depth_ >= 4) return inexpressible(subquery, kTooDeep);
  // IN (SELECT name FROM (reading))
  if (op == Operator::in && tree::is(*inner, "SELECT_NODE")) {
    const auto* from = tree::object(*inner, "from_table");
    const auto* list = tree::array(*inner, "select_list");
    if (from && tree::is(*from, "SUBQUERY") && !inner->contains("where_clause") && list &&
        list->size() == 1) {
      inner = subquery_node(*from);
    }
  }
  if (!inner) return inexpressible(subquery, kTooDeep);
  Condition c;
  TRY(const auto ref, column_or_computed(node));
  c.table = ref.table;
  c.column = ref.column;
  c.op = op;
  Recogniser reader(model_, tools_, depth_ + 1);
  TRY(auto of, reader.read(*inner));
  for (auto& note : of.notes) notes_.push_back(std::move(note));
  c.of.push_back(std::move(of.reading));
  return c;
}

// `mine` = `theirs`, and the joins that follow there, as a way of the model; what differs from the
// way that it would take by itself is chosen.
Result<> Recogniser::partner(const json::Object& node, const ColumnRef& mine,
                             const ColumnRef& theirs, const std::vector<Join>& joins) {
  std::vector<JoinChoice> steps{{mine, theirs, false}};
  for (const Join& join : joins) steps.push_back({join.left, join.right, false});
  const std::string& last = steps.back().right.table;
  const auto goes = [&](std::span<const JoinChoice> chosen) {
    const auto path = join_path(model_, reading_.table, last, chosen);
    return path && std::ranges::equal(*path, steps, [](const JoinStep& a, const JoinChoice& b) {
             return a.from.table == b.left.table && a.from.column == b.left.column &&
                    a.to.table == b.right.table && a.to.column == b.right.column;
           });
  };
  if (goes(partner_joins_)) return {};
  for (const JoinChoice& step : steps) {
    const Join join{step.right.table, false, step.left, step.right};
    const auto same = [&](const JoinChoice& known) {
      return (known.left == step.left && known.right == step.right) ||
             (known.left == step.right && known.right == step.left);
    };
    if (!is_usual(join) && std::ranges::none_of(partner_joins_, same)) {
      partner_joins_.push_back(as_in_model(step));
    }
  }
  if (goes(partner_joins_)) return {};
  return inexpressible(node, "The tables are not joined by these columns otherwise.");
}

// EXISTS (SELECT 1 FROM other … WHERE other.key = main.key [AND condition])
Result<Recogniser::Exists> Recogniser::exists(const json::Object& node) {
  const auto* inner = subquery_node(node);
  const auto* from = inner ? tree::object(*inner, "from_table") : nullptr;
  const auto* condition_node = inner ? tree::object(*inner, "where_clause") : nullptr;
  if (!from || !condition_node || inner->contains("group_expressions")) {
    return inexpressible(node, kTooDeep);
  }
  Recogniser reader(model_, tools_, depth_ + 1);
  TRY_VOID(reader.tables(*from));
  reader.outer_ = this;
  reader.reading_.computed = reading_.computed;
  reader.made_ = made_;
  std::vector<const json::Object*> rest;
  bool joined = false;
  for (const auto* part : tree::split(*condition_node, "CONJUNCTION_AND")) {
    if (!joined && tree::is(*part, "COMPARE_EQUAL")) {
      const auto a = reader.column(*tree::object(*part, "left"));
      const auto b = reader.column(*tree::object(*part, "right"));
      if (a && b) {
        const auto& mine = a->table == reading_.table ? *a : *b;
        const auto& theirs = a->table == reading_.table ? *b : *a;
        TRY_VOID(partner(*part, mine, theirs, reader.joins_));
        joined = true;
        continue;
      }
    }
    rest.push_back(part);
  }
  if (!joined) return inexpressible(node, "This is not joined to the table outside.");
  const std::string last =
      reader.joins_.empty() ? reader.reading_.table : reader.joins_.back().table;
  if (rest.empty()) return Exists{last, std::nullopt};
  json::Object all = *rest.front();
  if (rest.size() > 1) {
    json::Array parts;
    for (const auto* part : rest) parts.push_back(*part);
    all = {{"class", "CONJUNCTION"}, {"type", "CONJUNCTION_AND"}, {"children", std::move(parts)}};
  }
  TRY(auto one, reader.condition(all));
  if (one.table != last) return inexpressible(node, kTooDeep);
  reading_.computed = std::move(reader.reading_.computed);
  made_ = std::move(reader.made_);
  return Exists{last, std::move(one)};
}

}  // namespace sextant::ask
