// FROM: tables joined one by one, distinct pairs of a row and its groups, or parts put together.
#include <algorithm>
#include <functional>

#include "analysis/ask/recogniser.h"

namespace sextant::ask {

Result<> Recogniser::add_table(const json::Object& from) {
  const std::string name(tree::text(from, "table_name"));
  const std::string alias(tree::text(from, "alias"));
  const auto* known = model_table(name);
  if (!tree::is(from, "BASE_TABLE") || !known) {
    return inexpressible(from, "Only tables have their place in FROM, joined one by one.",
                         "Subqueries, VALUES and table functions are for SQL.");
  }
  for (const auto& [ignored, table] : scope_) {
    if (table == name) {
      return inexpressible(from, "The table " + name + " is read twice.",
                           "A reading has each table once.");
    }
  }
  if (!alias.empty()) {
    scope_[text::lower_ascii(alias)] = name;
  } else {
    scope_[text::lower_ascii(name)] = name;
  }
  return {};
}

Result<> Recogniser::tables(const json::Object& from) {
  if (!tree::is(from, "JOIN")) {
    TRY_VOID(add_table(from));
    if (reading_.table.empty()) reading_.table = std::string(tree::text(from, "table_name"));
    return {};
  }
  const auto kind = tree::text(from, "join_type");
  const auto ref = tree::text(from, "ref_type");
  if ((kind != "INNER" && kind != "LEFT") || ref != "REGULAR") {
    return inexpressible(from, "This kind of join has no place in the visual builder.",
                         "JOIN and LEFT JOIN along a key have.");
  }
  TRY_VOID(tables(*tree::object(from, "left")));
  const auto& right = *tree::object(from, "right");
  TRY_VOID(add_table(right));
  Join join;
  join.table = std::string(tree::text(right, "table_name"));
  join.inner = kind == "INNER";
  if (const auto* condition = tree::object(from, "condition")) {
    if (!tree::is(*condition, "COMPARE_EQUAL")) {
      return inexpressible(*condition, "Tables are joined by one pair of equal columns.");
    }
    TRY(join.left, need_column(*tree::object(*condition, "left")));
    TRY(join.right, need_column(*tree::object(*condition, "right")));
    if (join.left.table == join.table) std::swap(join.left, join.right);
  } else if (const auto* same = tree::array(from, "using_columns"); same && same->size() == 1) {
    const std::string name(same->front().as_string());
    join.right = {join.table, name};
    for (const auto& [alias, table] : scope_) {
      if (table != join.table && model_column({table, name})) join.left = {table, name};
    }
  }
  if (join.right.table != join.table || join.left.table.empty()) {
    return inexpressible(from, "Tables are joined by one pair of equal columns.");
  }
  joins_.push_back(std::move(join));
  return {};
}

// FROM (SELECT DISTINCT key AS _key, groups … FROM … WHERE …) AS once JOIN main ON key = _key
Result<> Recogniser::once(const json::Object& from, const json::Object& node) {
  const auto& subquery = *tree::object(*tree::object(from, "left"), "subquery");
  const auto* inner = tree::object(subquery, "node");
  if (!inner || node.contains("where_clause")) return inexpressible(from, "FROM is a subquery.");
  once_ = true;
  TRY_VOID(tables(*tree::object(*inner, "from_table")));
  collect_names(*tree::array(*inner, "select_list"));
  if (const auto* condition = tree::object(*inner, "where_clause")) TRY_VOID(where(*condition));
  const auto& list = *tree::array(*inner, "select_list");
  const auto& outer = *tree::array(node, "select_list");
  for (std::size_t i = 1; i < list.size(); ++i) {
    const auto& one = list[i].as_object();
    if (i > outer.size()) return inexpressible(one, "FROM is a subquery.");
    items_.push_back({&one, std::string(tree::text(one, "alias")), true});
  }
  for (std::size_t i = list.size() - 1; i < outer.size(); ++i) {
    const auto& one = outer[i].as_object();
    items_.push_back({&one, std::string(tree::text(one, "alias")), false});
  }
  return {};
}

Result<> Recogniser::parts(const json::Object& from) {
  const auto* subquery = tree::object(from, "subquery");
  const auto* node = subquery ? tree::object(*subquery, "node") : nullptr;
  const std::function<Result<>(const json::Object&)> flatten =
      [&](const json::Object& part) -> Result<> {
    if (tree::is(part, "SELECT_NODE")) return add_part(part);
    if (!tree::is(part, "SET_OPERATION_NODE") ||
        tree::text(part, "setop_type") != "UNION_BY_NAME" || part.contains("modifiers")) {
      return inexpressible(from, "FROM is a subquery.", "Read the tables themselves.");
    }
    TRY_VOID(flatten(*tree::object(part, "left")));
    return flatten(*tree::object(part, "right"));
  };
  if (!node) return inexpressible(from, "FROM is a subquery.");
  return flatten(*node);
}

Result<> Recogniser::add_part(const json::Object& node) {
  Recogniser part(model_, tools_, depth_ + 1);
  TRY_VOID(part.collect(node));
  Reading& found = part.reading_;
  if (part_tables_.empty()) {
    reading_.table = found.table;
    reading_.filters = found.filters;
    reading_.absences = found.absences;
  }
  part_tables_.push_back(found.table);
  for (const Computed& one : found.computed) {
    if (std::ranges::find(reading_.computed, one) == reading_.computed.end()) {
      reading_.computed.push_back(one);
    }
  }
  std::ranges::move(part.joins_, std::back_inserter(joins_));
  const std::size_t groups = found.dimensions.size();
  for (std::size_t i = 0; i < part.items_.size(); ++i) {
    if (i < groups) {
      part_groups_[part.items_[i].alias] = found.dimensions[i];
    } else if (i - groups < found.measures.size()) {
      part_figures_[part.items_[i].alias] = found.measures[i - groups];
    }
  }
  return {};
}

}  // namespace sextant::ask
