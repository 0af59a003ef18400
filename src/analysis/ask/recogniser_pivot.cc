#include "analysis/ask/recogniser.h"

namespace sextant::ask {
namespace {

using tree::child;
using tree::children;
using tree::function;

// long.name
std::string long_name(const json::Object& node) {
  const auto* names = tree::array(node, "column_names");
  if (tree::text(node, "class") != "COLUMN_REF" || !names || names->empty()) return {};
  return std::string(names->back().as_string());
}

}  // namespace

// SELECT rows, any_value(figure) FILTER (WHERE across = value) … FROM (groups) AS long
Result<> Recogniser::pivot(const json::Object& node, const json::Object& groups) {
  TRY_VOID(collect(groups));
  const auto refuse = [&](const json::Object& at) -> Result<> {
    return inexpressible(at, "FROM is a subquery.", "Read the tables themselves.");
  };
  if (reading_.limit || !order_.empty() || node.contains("where_clause") ||
      node.contains("having")) {
    return refuse(node);
  }
  const std::size_t figures = items_.size() - reading_.dimensions.size();
  std::optional<std::size_t> across;
  std::size_t cells = 0;
  for (const auto& value : *tree::array(node, "select_list")) {
    const auto& one = value.as_object();
    const auto* filter = tree::object(one, "filter");
    if (!filter) {
      if (cells > 0 || long_name(one).empty()) return refuse(one);
      continue;
    }
    const bool blank = tree::is(*filter, "OPERATOR_IS_NULL");
    const auto* key = blank ? child(*filter, 0) : tree::object(*filter, "left");
    const auto* is = blank ? nullptr : tree::object(*filter, "right");
    const std::string name = key ? long_name(*key) : std::string();
    for (std::size_t i = 0; !across && i < reading_.dimensions.size(); ++i) {
      if (items_[i].alias == name) across = i;
    }
    const auto held = is ? tree::constant(*is) : std::nullopt;
    const bool cell = function(one) == "any_value" && (blank || tree::is(*filter, "COMPARE_EQUAL"));
    if (!cell || !across || figures == 0 || (!blank && !held)) return refuse(one);
    if (cells % figures == 0) {
      reading_.dimensions[*across].values.push_back(held.value_or(json::Value()));
    }
    ++cells;
  }
  if (!across) return refuse(node);
  reading_.dimensions[*across].pivot = true;
  if (const auto* first = tree::object(node, "qualify")) {
    TRY(const auto found, first_of_group(*first));
    const std::size_t front = *across == 0 ? 1 : 0;
    if (front >= reading_.dimensions.size() || long_name(*found.group) != items_[front].alias) {
      return refuse(*found.group);
    }
    TRY(auto by, pivot_order(*found.by, *across));
    reading_.per_group = true;
    reading_.limit = found.rows;
    order_.push_back(std::move(by));
  }
  const auto* modifiers = tree::array(node, "modifiers");
  for (std::size_t i = 0; modifiers && i < modifiers->size(); ++i) {
    const auto& modifier = (*modifiers)[i].as_object();
    if (tree::is(modifier, "ORDER_MODIFIER")) {
      if (reading_.per_group) continue;
      for (const auto& one : *tree::array(modifier, "orders")) {
        TRY(auto order, pivot_order(one.as_object(), *across));
        order_.push_back(std::move(order));
      }
    } else if (tree::is(modifier, "LIMIT_MODIFIER")) {
      if (const auto* limit = tree::object(modifier, "limit")) reading_.limit = tree::whole(*limit);
      if (const auto* offset = tree::object(modifier, "offset")) {
        reading_.offset = tree::whole(*offset);
      }
    } else {
      return refuse(node);
    }
  }
  return {};
}

Result<Order> Recogniser::pivot_order(const json::Object& one, std::size_t across) const {
  const std::size_t groups = reading_.dimensions.size();
  const auto& by = one.at("expression").as_object();
  const bool figure = children(by) == 1 && (function(by) == "sum" || function(by) == "max");
  const std::string name = long_name(figure ? *child(by, 0) : by);
  Order order;
  order.by = figure ? OrderBy::measure : OrderBy::dimension;
  order.descending = tree::is(one, "DESCENDING");
  order.index = -1;
  for (std::size_t i = figure ? groups : 0; i < (figure ? items_.size() : groups); ++i) {
    if (items_[i].alias != name || i == across) continue;
    order.index = static_cast<std::int64_t>(i);
    if (figure) {
      // Shares stand behind their figures and are none of their own.
      const auto* node = items_[i].node;
      for (std::size_t m = 0; m < figures_.size(); ++m) {
        if (figures_[m] == node) order.index = static_cast<std::int64_t>(m);
      }
    }
  }
  if (order.index < 0) return inexpressible(by, "Rows are put in order by their groups.");
  return order;
}

}  // namespace sextant::ask
