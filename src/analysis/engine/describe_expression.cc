#include "analysis/engine/describe_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/text.h"

namespace sextant::engine {
namespace {

using Words = std::unordered_map<std::string_view, std::string_view>;

const Words kAggregates{{"sum", "the sum of"},
                        {"avg", "the average of"},
                        {"mean", "the average of"},
                        {"min", "the smallest"},
                        {"max", "the largest"},
                        {"count", "the number of"},
                        {"median", "the median of"},
                        {"mode", "the most frequent"},
                        {"stddev", "the standard deviation of"},
                        {"stddev_samp", "the standard deviation of"},
                        {"variance", "the variance of"},
                        {"first", "the first"},
                        {"last", "the last"},
                        {"any_value", "any"},
                        {"list", "the list of"},
                        {"array_agg", "the list of"},
                        {"string_agg", "the joined texts of"},
                        {"approx_count_distinct", "about the number of different"},
                        {"corr", "the correlation of"},
                        {"quantile", "the quantile of"},
                        {"quantile_cont", "the quantile of"}};
const Words kComparisons{{"COMPARE_EQUAL", "is"},
                         {"COMPARE_NOTEQUAL", "is not"},
                         {"COMPARE_LESSTHAN", "is less than"},
                         {"COMPARE_GREATERTHAN", "is more than"},
                         {"COMPARE_LESSTHANOREQUALTO", "is at most"},
                         {"COMPARE_GREATERTHANOREQUALTO", "is at least"},
                         {"COMPARE_DISTINCT_FROM", "is not"},
                         {"COMPARE_NOT_DISTINCT_FROM", "is"}};
const Words kMatches{{"~~", "is like"},          {"!~~", "is not like"},
                     {"~~*", "is like"},         {"!~~*", "is not like"},
                     {"contains", "contains"},   {"starts_with", "starts with"},
                     {"ends_with", "ends with"}, {"regexp_matches", "matches"}};

const json::Value* member(const json::Object& object, std::string_view key) {
  return object.if_contains(key);
}

std::vector<const json::Value*> children_of(const json::Object& object, std::string_view key) {
  std::vector<const json::Value*> out;
  if (const auto* list = member(object, key); list && list->is_array()) {
    for (const auto& child : list->get_array()) out.push_back(&child);
  }
  return out;
}

std::string words(const json::Object& object, std::string_view key) {
  const auto* value = member(object, key);
  return value ? expression_in_words(*value) : std::string("…");
}

std::vector<std::string> all_words(const std::vector<const json::Value*>& list) {
  std::vector<std::string> out;
  for (const auto* item : list) out.push_back(expression_in_words(*item));
  return out;
}

std::string constant(const json::Object& node) {
  const auto* value = member(node, "value");
  if (!value || !value->is_object()) return "a value";
  const auto& object = value->get_object();
  const auto* inner = member(object, "value");
  if (!inner || inner->is_null()) return "missing";
  if (inner->is_string()) return std::string(text::truncate_utf8(inner->get_string(), 60));
  if (inner->is_bool()) return inner->get_bool() ? "true" : "false";
  if (!inner->is_number()) return "a value";
  // A decimal is its digits and its scale.
  const auto* type = member(object, "type");
  const auto* info = type && type->is_object() ? member(type->get_object(), "type_info") : nullptr;
  const auto* scale = info && info->is_object() ? member(info->get_object(), "scale") : nullptr;
  if (!scale || !scale->is_number() || !inner->is_int64()) return json::dump(*inner);
  return fmt::format(
      "{:.{}f}",
      static_cast<double>(inner->get_int64()) / std::pow(10.0, scale->to_number<double>()),
      scale->to_number<int>());
}

std::string column(const json::Object& node) {
  std::vector<std::string> names;
  for (const auto* name : children_of(node, "column_names")) {
    if (name->is_string()) names.emplace_back(name->get_string());
  }
  return text::join(names, ".");
}

std::string function(const json::Object& node) {
  const auto name = text_member(node, "function_name");
  const auto arguments = children_of(node, "children");
  if (name == "count_star") return "the number of rows";
  if (const auto found = kMatches.find(name); found != kMatches.end() && arguments.size() == 2) {
    return fmt::format("{} {} {}", expression_in_words(*arguments[0]), found->second,
                       expression_in_words(*arguments[1]));
  }
  if (const auto* is_operator = member(node, "is_operator"); is_operator && *is_operator == true) {
    if (arguments.size() == 1) return fmt::format("{}{}", name, expression_in_words(*arguments[0]));
    if (arguments.size() == 2) {
      return fmt::format("{} {} {}", expression_in_words(*arguments[0]), name,
                         expression_in_words(*arguments[1]));
    }
  }
  std::string out;
  if (const auto found = kAggregates.find(name); found != kAggregates.end() && !arguments.empty()) {
    const auto* distinct = member(node, "distinct");
    out = fmt::format("{} {}{}", found->second, distinct && *distinct == true ? "different " : "",
                      expression_in_words(*arguments[0]));
  } else if (name == "date_trunc" && arguments.size() == 2) {
    out = fmt::format("the {} of {}", expression_in_words(*arguments[0]),
                      expression_in_words(*arguments[1]));
  } else if ((name == "year" || name == "month" || name == "day" || name == "quarter" ||
              name == "week") &&
             arguments.size() == 1) {
    out = fmt::format("the {} of {}", name, expression_in_words(*arguments[0]));
  } else {
    out = fmt::format("{}({})", name, text::join(all_words(arguments), ", "));
  }
  if (member(node, "filter")) out += fmt::format(" (only where {})", words(node, "filter"));
  return out;
}

std::string window(const json::Object& node) {
  std::string out(text_member(node, "function_name"));
  const auto arguments = all_words(children_of(node, "children"));
  const auto found = kAggregates.find(out);
  if (found != kAggregates.end() && !arguments.empty()) {
    out = fmt::format("{} {}", found->second, arguments[0]);
  } else if (!arguments.empty()) {
    out += " of " + list_in_words(arguments);
  }
  const auto partitions = all_words(children_of(node, "partitions"));
  if (!partitions.empty()) out += " within each " + list_in_words(partitions);
  std::vector<std::string> orders;
  for (const auto* order : children_of(node, "orders")) {
    if (order->is_object()) orders.push_back(words(order->get_object(), "expression"));
  }
  if (!orders.empty()) out += " in the order of " + list_in_words(orders);
  return out;
}

std::string operation(const json::Object& node) {
  const auto type = text_member(node, "type");
  const auto parts = all_words(children_of(node, "children"));
  if (parts.empty()) return "an expression";
  const auto rest = [&] { return std::vector<std::string>(parts.begin() + 1, parts.end()); };
  if (type == "COMPARE_IN") return parts[0] + " is " + list_in_words(rest(), "or");
  if (type == "COMPARE_NOT_IN") return parts[0] + " is not " + list_in_words(rest(), "or");
  if (type == "OPERATOR_IS_NULL") return parts[0] + " is missing";
  if (type == "OPERATOR_IS_NOT_NULL") return parts[0] + " is not missing";
  if (type == "OPERATOR_NOT") return "not (" + parts[0] + ")";
  if (type == "OPERATOR_COALESCE") return "the first present of " + list_in_words(parts);
  return list_in_words(parts);
}

}  // namespace

std::string_view text_member(const json::Object& object, std::string_view key) {
  const auto* v = object.if_contains(key);
  return v && v->is_string() ? std::string_view(v->get_string()) : std::string_view();
}

std::string list_in_words(const std::vector<std::string>& parts, std::string_view last,
                          std::size_t limit) {
  if (parts.size() == 1) return parts[0];
  const std::size_t shown = parts.size() > limit ? limit - 1 : parts.size() - 1;
  std::string out;
  for (std::size_t i = 0; i < std::min(shown, parts.size()); ++i) {
    out += (i > 0 ? ", " : "") + parts[i];
  }
  if (parts.empty()) return out;
  if (parts.size() > limit) return fmt::format("{} {} {} more", out, last, parts.size() - shown);
  return fmt::format("{} {} {}", out, last, parts.back());
}

std::string expression_in_words(const json::Value& expression) {
  if (!expression.is_object()) return "…";
  const auto& node = expression.get_object();
  const auto kind = text_member(node, "class");
  if (kind == "COLUMN_REF") return column(node);
  if (kind == "CONSTANT") return constant(node);
  if (kind == "STAR") return "all columns";
  if (kind == "FUNCTION") return function(node);
  if (kind == "WINDOW") return window(node);
  if (kind == "OPERATOR") return operation(node);
  if (kind == "CAST") return words(node, "child");
  if (kind == "PARAMETER") {
    return fmt::format("the parameter {}", text_member(node, "identifier"));
  }
  if (kind == "COMPARISON") {
    const auto found = kComparisons.find(text_member(node, "type"));
    return fmt::format("{} {} {}", words(node, "left"),
                       found == kComparisons.end() ? "compares to" : found->second,
                       words(node, "right"));
  }
  if (kind == "BETWEEN") {
    return fmt::format("{} is from {} to {}", words(node, "input"), words(node, "lower"),
                       words(node, "upper"));
  }
  if (kind == "CONJUNCTION") {
    const bool either = text_member(node, "type") == "CONJUNCTION_OR";
    std::vector<std::string> parts;
    for (const auto* child : children_of(node, "children")) {
      std::string part = expression_in_words(*child);
      const bool nested =
          child->is_object() && text_member(child->get_object(), "class") == "CONJUNCTION";
      parts.push_back(nested ? "(" + part + ")" : std::move(part));
    }
    return list_in_words(parts, either ? "or" : "and");
  }
  if (kind == "CASE") return "a value by cases";
  if (kind == "SUBQUERY") return "the result of a subquery";
  return "an expression";
}

bool has_aggregate(const json::Value& expression) {
  if (expression.is_array()) return std::ranges::any_of(expression.get_array(), has_aggregate);
  if (!expression.is_object()) return false;
  const auto& node = expression.get_object();
  const auto kind = text_member(node, "class");
  if (kind == "SUBQUERY" || kind == "WINDOW") return false;
  const auto name = text_member(node, "function_name");
  if (kind == "FUNCTION" && (name == "count_star" || kAggregates.contains(name))) return true;
  return std::ranges::any_of(node, [](const auto& m) { return has_aggregate(m.value()); });
}

}  // namespace sextant::engine
