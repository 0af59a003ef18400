#include "analysis/ask/recogniser.h"

#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/sql.h"

namespace sextant::ask {

using tree::child;
using tree::children;
using tree::function;

std::unexpected<Error> inexpressible(const json::Object& node, std::string message,
                                     std::string hint) {
  json::Object detail{{"inexpressible", true}};
  if (const auto at = tree::position(node)) detail["position"] = *at;
  return fail(ErrorCode::invalid_sql, std::move(message), std::move(hint), std::move(detail));
}

const catalog::ModelTable* Recogniser::model_table(const std::string& name) const {
  const auto found = std::ranges::find(model_.tables, name, &catalog::ModelTable::name);
  return found == model_.tables.end() ? nullptr : &*found;
}

const catalog::ModelColumn* Recogniser::model_column(const ColumnRef& ref) const {
  const auto* table = model_table(ref.table);
  if (!table) return nullptr;
  for (const auto& c : table->columns) {
    // Quoted original headers are names too.
    if (text::lower_ascii(c.name) == text::lower_ascii(ref.column)) return &c;
  }
  for (const auto& c : table->columns) {
    if (c.original_name == ref.column) return &c;
  }
  return nullptr;
}

std::optional<ColumnRef> Recogniser::column(const json::Object& node) const {
  const auto* names = tree::array(node, "column_names");
  if (tree::text(node, "class") != "COLUMN_REF" || !names || names->empty() || names->size() > 2) {
    return std::nullopt;
  }
  const std::string name(names->back().as_string());
  const auto in = [&](const std::string& table) -> std::optional<ColumnRef> {
    const auto* found = model_column({table, name});
    return found ? std::optional(ColumnRef{table, found->name}) : std::nullopt;
  };
  if (const auto group = part_groups_.find(name); names->size() == 2 && names->front() == "parts" &&
                                                  group != part_groups_.end() &&
                                                  group->second.grain == Grain::none) {
    return ColumnRef{group->second.table, group->second.column};
  }
  if (names->size() == 2) {
    const auto known = scope_.find(text::lower_ascii(names->front().as_string()));
    if (known != scope_.end()) return in(known->second);
    return outer_ ? outer_->column(node) : std::nullopt;
  }
  std::optional<ColumnRef> found;
  for (const auto& [alias, table] : scope_) {
    auto one = in(table);
    if (one && found && !(*one == *found)) return std::nullopt;
    if (one) found = std::move(one);
  }
  if (!found && outer_) return outer_->column(node);
  return found;
}

Result<ColumnRef> Recogniser::need_column(const json::Object& node) const {
  const auto ref = column(node);
  if (ref) return *ref;
  return inexpressible(node, "Only a column has its place here, not an expression.",
                       "Expressions are for SQL; the visual builder takes columns as they are.");
}

Result<> Recogniser::items(const json::Object& node) {
  if (!once_) {
    for (const auto& value : *tree::array(node, "select_list")) {
      const auto& one = value.as_object();
      if (tree::is(one, "STAR")) {
        return inexpressible(one, "* has no place in the visual builder: it lists what it shows.",
                             "Name the columns.");
      }
      std::string alias(tree::text(one, "alias"));
      if (alias.empty() && tree::text(one, "class") == "COLUMN_REF") {
        alias = std::string(tree::array(one, "column_names")->back().as_string());
      }
      items_.push_back({&one, std::move(alias), false});
    }
    const bool all = tree::text(node, "aggregate_handling") == "FORCE_AGGREGATES";
    for (auto& item : items_) item.grouped = all && !has_aggregate(*item.node);
    if (const auto* groups = tree::array(node, "group_expressions")) {
      const auto* sets = tree::array(node, "group_sets");
      if (!sets || sets->size() != 1) {
        return inexpressible(node,
                             "Several groupings at once have no place in the visual builder.");
      }
      for (const auto& value : *groups) {
        const auto& one = value.as_object();
        Item* item = item_of(one);
        if (item) {
          item->grouped = true;
        } else {
          hidden_groups_.push_back(&one);
        }
      }
    }
  }
  const bool figures =
      std::ranges::any_of(items_, [&](const Item& item) { return has_aggregate(*item.node); });
  for (const Item& item : items_) {
    if (item.grouped) {
      TRY(const auto d, dimension(*item.node));
      if (!d) return inexpressible(*item.node, "Only values of a row make groups.");
      if (!reading_.measures.empty()) {
        if (!reading_.dimensions.empty() && !reading_.figures_first) {
          return inexpressible(*item.node, "Groups and figures do not alternate.",
                               "Move this column to the other groups.");
        }
        reading_.figures_first = true;
      }
      reading_.dimensions.push_back(*d);
    } else if (!figures && hidden_groups_.empty() && reading_.dimensions.empty()) {
      TRY(const auto ref, column_or_computed(*item.node));
      reading_.columns.push_back({ref.table, ref.column, std::nullopt});
    } else if (!figures_.empty() && is_share(*item.node, *figures_.back())) {
      reading_.measures.back().share = true;
    } else if (reading_.figures_first) {
      return inexpressible(*item.node, "Groups and figures do not alternate.",
                           "Move this column to the other figures.");
    } else {
      TRY(auto m, figure(*item.node));
      reading_.measures.push_back(std::move(m));
      figures_.push_back(item.node);
    }
  }
  for (const auto* group : hidden_groups_) {
    TRY(auto d, dimension(*group));
    if (!d) return inexpressible(*group, "Only values of a row make groups.");
    d->hidden = true;
    reading_.dimensions.push_back(std::move(*d));
  }
  return {};
}

// The selected item that this names: by its place, its alias, or by saying the same.
Recogniser::Item* Recogniser::item_of(const json::Object& node) {
  if (tree::is(node, "VALUE_CONSTANT")) {
    const auto place = tree::whole(node);
    if (!place || *place < 1 || static_cast<std::size_t>(*place) > items_.size()) return nullptr;
    return &items_[static_cast<std::size_t>(*place) - 1];
  }
  const auto* names = tree::array(node, "column_names");
  const bool plain = tree::text(node, "class") == "COLUMN_REF" && names && names->size() == 1;
  for (Item& item : items_) {
    if (plain && !item.alias.empty() &&
        text::lower_ascii(item.alias) == text::lower_ascii(names->front().as_string())) {
      return &item;
    }
  }
  const auto ref = column(node);
  for (Item& item : items_) {
    if (tree::same(*item.node, node)) return &item;
    const auto own = column(*item.node);
    if (ref && own && *ref == *own) return &item;
  }
  return nullptr;
}

// The measure that this names; one that is not selected is added, not shown.
Result<std::size_t> Recogniser::measure_index(const json::Object& node) {
  const Item* item = item_of(node);
  const json::Object* wanted = item ? item->node : &node;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    if (figures_[i] == wanted || tree::same(*figures_[i], *wanted)) return i;
  }
  if (item) return inexpressible(node, "This is no figure.");
  TRY(auto m, figure(node));
  m.hidden = true;
  reading_.measures.push_back(std::move(m));
  figures_.push_back(&node);
  return figures_.size() - 1;
}

Result<> Recogniser::having(const json::Object& node) {
  static const std::map<std::string_view, Operator> kByType{
      {"COMPARE_EQUAL", Operator::equal},
      {"COMPARE_NOTEQUAL", Operator::not_equal},
      {"COMPARE_LESSTHAN", Operator::less},
      {"COMPARE_LESSTHANOREQUALTO", Operator::less_or_equal},
      {"COMPARE_GREATERTHAN", Operator::greater},
      {"COMPARE_GREATERTHANOREQUALTO", Operator::greater_or_equal}};
  for (const auto* part : tree::split(node, "CONJUNCTION_AND")) {
    const auto known = kByType.find(tree::text(*part, "type"));
    const auto* right = tree::object(*part, "right");
    const auto value = right ? tree::constant(*right) : std::nullopt;
    if (known == kByType.end() || !value || !value->is_number()) {
      return inexpressible(*part, "Groups are kept by comparing a figure with a number.");
    }
    TRY(const auto index, measure_index(*tree::object(*part, "left")));
    reading_.having.push_back({static_cast<std::int64_t>(index), known->second,
                               value->to_number<double>(), std::nullopt});
  }
  return {};
}

// The group of weekdays or months that an order by their place in the week or year is of.
std::optional<std::int64_t> Recogniser::calendar_group(const json::Object& by) {
  const Item* named = nullptr;
  if (function(by) == "list_position" && children(by) == 2) {
    named = item_of(*child(by, 1));
    if (!named) return std::nullopt;
  } else if (function(by) == "try_strptime" && function(*child(by, 0)) == "left") {
    named = item_of(*child(*child(by, 0), 0));
    if (!named) return std::nullopt;
  } else if (function(by) != "min" || children(by) != 1) {
    return std::nullopt;
  } else {
    static constexpr std::string_view kPlaces[] = {"isodow", "dayofweek", "month", "%"};
    if (std::ranges::find(kPlaces, function(*child(by, 0))) == std::end(kPlaces))
      return std::nullopt;
  }
  std::int64_t place = 0;
  for (const Item& group : items_) {
    if (!group.grouped) continue;
    const auto names = function(*group.node);
    if (named ? &group == named : names == "dayname" || names == "monthname") return place;
    ++place;
  }
  return std::nullopt;
}

Result<> Recogniser::order(const json::Object& modifier) {
  for (const auto& value : *tree::array(modifier, "orders")) {
    const auto& one = value.as_object();
    const auto& by = one.at("expression").as_object();
    if (tree::is(by, "STAR")) return inexpressible(by, "ORDER BY ALL has no place here.");
    if (tree::text(one, "null_order") == "NULLS FIRST") {
      return inexpressible(by, "Missing values come last in the visual builder.");
    }
    Order out;
    out.descending = tree::is(one, "DESCENDING");
    // The order of weekdays and months by their place stands for the order by their names. One that
    // was said has its NULLS LAST.
    if (const auto place = calendar_group(by)) {
      if (tree::text(one, "null_order") != "NULLS LAST") continue;
      out.by = OrderBy::dimension;
      out.index = *place;
      order_.push_back(std::move(out));
      continue;
    }
    const Item* item = item_of(by);
    const auto* wanted = item ? item->node : &by;
    std::int64_t place = 0;
    bool found = false;
    for (const Item& group : items_) {
      if (!group.grouped) continue;
      if (&group == item) {
        out.by = OrderBy::dimension;
        out.index = place;
        found = true;
      }
      ++place;
    }
    if (!found) {
      auto ref = column(*wanted);
      const bool list = reading_.measures.empty() && reading_.dimensions.empty();
      if (!ref && list && !has_aggregate(*wanted)) {
        TRY(ref, computed(*wanted));
      }
      if (ref) {
        out.by = OrderBy::column;
        out.table = ref->table;
        out.column = ref->column;
      } else {
        TRY(const auto index, measure_index(by));
        out.by = OrderBy::measure;
        out.index = static_cast<std::int64_t>(index);
      }
    }
    order_.push_back(std::move(out));
  }
  return {};
}

Result<Recogniser::FirstOfGroup> Recogniser::first_of_group(const json::Object& node) {
  const auto* left = tree::object(node, "left");
  const auto* right = tree::object(node, "right");
  const auto* parts = left ? tree::array(*left, "partitions") : nullptr;
  const auto* orders = left ? tree::array(*left, "orders") : nullptr;
  const auto most = right ? tree::whole(*right) : std::nullopt;
  if (!tree::is(node, "COMPARE_LESSTHANOREQUALTO") || !left ||
      !tree::is(*left, "WINDOW_ROW_NUMBER") || !parts || parts->size() != 1 || !orders ||
      orders->empty() || !most) {
    return inexpressible(node, "QUALIFY has its place as “the first n of each group” only.",
                         "row_number() OVER (PARTITION BY group ORDER BY figure DESC) <= n");
  }
  return FirstOfGroup{&parts->front().as_object(), &orders->front().as_object(), *most};
}

Result<> Recogniser::qualify(const json::Object& node) {
  TRY(const auto found, first_of_group(node));
  const json::Object& first = *found.by;
  const Item* group = item_of(*found.group);
  if (!group || group != &items_.front() || !group->grouped || reading_.figures_first) {
    return inexpressible(*found.group, "The first rows are those of each value of the first group.",
                         "Move this column to the front.");
  }
  TRY(const auto index, measure_index(first.at("expression").as_object()));
  reading_.per_group = true;
  reading_.limit = found.rows;
  order_.clear();
  order_.push_back({OrderBy::measure, static_cast<std::int64_t>(index), "", "",
                    tree::is(first, "DESCENDING"), std::nullopt});
  return {};
}

Result<Recognised> Recogniser::select(const json::Object& node) {
  TRY_VOID(collect(node));
  return decide(node);
}

Result<> Recogniser::collect(const json::Object& node) {
  if (const auto* ctes = tree::object(node, "cte_map"); ctes && ctes->contains("map")) {
    return inexpressible(node, "WITH has no place in the visual builder.",
                         "Write the query without common table expressions.");
  }
  const auto* from = tree::object(node, "from_table");
  if (!from || tree::is(*from, "EMPTY")) return inexpressible(node, "No table is read.");
  const auto* left = tree::object(*from, "left");
  if (left && tree::is(*left, "SUBQUERY") && tree::text(*left, "alias") == "once") {
    TRY_VOID(once(*from, node));
  } else if (tree::is(*from, "SUBQUERY") && tree::text(*from, "alias") == "long") {
    const auto* subquery = tree::object(*from, "subquery");
    const auto* groups = subquery ? tree::object(*subquery, "node") : nullptr;
    if (!groups || !tree::is(*groups, "SELECT_NODE")) {
      return inexpressible(*from, "FROM is a subquery.", "Read the tables themselves.");
    }
    return pivot(node, *groups);
  } else if (tree::is(*from, "SUBQUERY") && tree::text(*from, "alias") == "parts") {
    TRY_VOID(parts(*from));
  } else {
    TRY_VOID(tables(*from));
  }
  collect_names(*tree::array(node, "select_list"));
  if (const auto* condition = tree::object(node, "where_clause")) TRY_VOID(where(*condition));
  TRY_VOID(items(node));
  if (const auto* condition = tree::object(node, "having")) TRY_VOID(having(*condition));
  if (const auto* modifiers = tree::array(node, "modifiers")) {
    for (const auto& value : *modifiers) {
      const auto& modifier = value.as_object();
      if (tree::is(modifier, "ORDER_MODIFIER")) {
        TRY_VOID(order(modifier));
      } else if (tree::is(modifier, "DISTINCT_MODIFIER") &&
                 !modifier.contains("distinct_on_targets")) {
        reading_.distinct = true;
      } else if (tree::is(modifier, "LIMIT_MODIFIER")) {
        if (const auto* limit = tree::object(modifier, "limit")) {
          reading_.limit = tree::whole(*limit);
          if (!reading_.limit || *reading_.limit < 1) {
            return inexpressible(*limit, "A limit is a whole number from 1 on.");
          }
        }
        if (const auto* offset = tree::object(modifier, "offset")) {
          reading_.offset = tree::whole(*offset);
          if (!reading_.offset || !reading_.limit) {
            return inexpressible(*offset, "An offset has its place beside a limit.");
          }
        }
      } else {
        return inexpressible(node, "This has no place in the visual builder.");
      }
    }
  }
  if (const auto* condition = tree::object(node, "qualify")) TRY_VOID(qualify(*condition));
  if (node.contains("sample")) return inexpressible(node, "Samples have no place here.");
  return {};
}

Result<Recognised> Recogniser::combined(const json::Object& node) {
  static const std::map<std::string_view, Combine> kByType{
      {"INTERSECT", Combine::intersect}, {"UNION", Combine::unite}, {"EXCEPT", Combine::except}};
  const auto kind = tree::text(node, "setop_type");
  const auto known = kByType.find(kind);
  const auto* all = node.if_contains("setop_all");  // not there: ALL
  if (known == kByType.end() || !all || !all->is_bool() || all->get_bool()) {
    return inexpressible(node, "Only UNION, INTERSECT and EXCEPT without ALL have their place.");
  }
  if (depth_ >= 4) return inexpressible(node, "Sets are nested too deeply.");
  std::vector<const json::Object*> parts;
  const std::function<void(const json::Object&, bool)> flatten = [&](const json::Object& part,
                                                                     bool may) {
    if (may && tree::is(part, "SET_OPERATION_NODE") && tree::text(part, "setop_type") == kind &&
        !part.contains("modifiers")) {
      flatten(*tree::object(part, "left"), true);
      flatten(*tree::object(part, "right"), known->second != Combine::except);
    } else {
      parts.push_back(&part);
    }
  };
  flatten(node, true);
  if (parts.front() == &node) return inexpressible(node, "This order has no place here.");
  Recognised out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    TRY(auto one, Recogniser(model_, tools_, depth_ + 1).read(*parts[i]));
    for (auto& note : one.notes) out.notes.push_back(std::move(note));
    if (i == 0) {
      out.reading = std::move(one.reading);
      out.reading.combine = known->second;
    } else {
      out.reading.others.push_back(std::move(one.reading));
    }
  }
  return out;
}

Result<Recognised> Recogniser::read(const json::Object& node) {
  if (tree::is(node, "SET_OPERATION_NODE")) return combined(node);
  if (!tree::is(node, "SELECT_NODE")) {
    return inexpressible(node, "Only a SELECT can be shown in the visual builder.");
  }
  // SELECT * FROM (sets) ORDER BY ALL
  const auto* from = tree::object(node, "from_table");
  const auto* list = tree::array(node, "select_list");
  if (from && list && list->size() == 1 && tree::is(list->front().as_object(), "STAR") &&
      tree::is(*from, "SUBQUERY")) {
    const auto* inner = tree::object(*tree::object(*from, "subquery"), "node");
    if (inner && tree::is(*inner, "SET_OPERATION_NODE") && !node.contains("where_clause")) {
      return combined(*inner);
    }
  }
  return select(node);
}

Result<Recognised> from_sql(const catalog::SemanticModel& model, const std::string& sql,
                            const SqlTools& tools) {
  TRY(const auto parsed, tools.parse(sql));
  return Recogniser(model, tools, 0).read(parsed.at("node").as_object());
}

}  // namespace sextant::ask
