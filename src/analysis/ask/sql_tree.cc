#include "analysis/ask/sql_tree.h"

#include <charconv>

namespace sextant::ask::tree {

const json::Object* object(const json::Object& node, const char* key) {
  const auto* value = node.if_contains(key);
  return value ? value->if_object() : nullptr;
}

const json::Array* array(const json::Object& node, const char* key) {
  const auto* value = node.if_contains(key);
  return value ? value->if_array() : nullptr;
}

std::string_view text(const json::Object& node, const char* key) {
  const auto* value = node.if_contains(key);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

bool is(const json::Object& node, std::string_view type) { return text(node, "type") == type; }

std::optional<std::int64_t> position(const json::Object& node) {
  // The greatest number stands for "unknown".
  const auto* value = node.if_contains("query_location");
  if (value && value->is_int64()) return value->get_int64();
  return std::nullopt;
}

std::string_view function(const json::Object& node) { return text(node, "function_name"); }

std::size_t children(const json::Object& node) {
  const auto* list = array(node, "children");
  return list ? list->size() : 0;
}

const json::Object* child(const json::Object& node, std::size_t index) {
  const auto* list = array(node, "children");
  return list && index < list->size() ? (*list)[index].if_object() : nullptr;
}

std::vector<const json::Object*> split(const json::Object& node, std::string_view conjunction) {
  if (!is(node, conjunction)) return {&node};
  std::vector<const json::Object*> parts;
  for (std::size_t i = 0; i < children(node); ++i) {
    for (const auto* part : split(*child(node, i), conjunction)) parts.push_back(part);
  }
  return parts;
}

std::optional<json::Value> constant(const json::Object& node) {
  if (is(node, "OPERATOR_CAST")) {
    const auto* inner = object(node, "child");
    const auto* type = object(node, "cast_type");
    if (!inner || !type || !is(*inner, "VALUE_CONSTANT")) return std::nullopt;
    auto value = constant(*inner);
    if (!value || !value->is_string()) return std::nullopt;
    const auto id = text(*type, "id");
    if (id == "BOOLEAN") return json::Value(value->get_string() == "t");
    if (id == "DATE" || id.starts_with("TIMESTAMP")) return value;
    return std::nullopt;
  }
  if (!is(node, "VALUE_CONSTANT")) return std::nullopt;
  const auto* held = object(node, "value");
  const auto* type = held ? object(*held, "type") : nullptr;
  const auto* value = held ? held->if_contains("value") : nullptr;
  if (!type) return std::nullopt;
  const auto id = text(*type, "id");
  if (!value) {
    // An empty text is left out like everything that is empty.
    const auto* null = held->if_contains("is_null");
    const bool empty = id == "VARCHAR" && null && null->is_bool() && !null->get_bool();
    return empty ? std::optional(json::Value("")) : std::nullopt;
  }
  if (id == "DECIMAL") {
    const auto* info = object(*type, "type_info");
    const auto* scale = info ? info->if_contains("scale") : nullptr;
    if (!value->is_int64()) return std::nullopt;
    const auto places = scale && scale->is_int64() ? scale->get_int64() : 0;
    // The number nearest to the digits that were written.
    const std::string digits = std::to_string(value->get_int64()) + "e-" + std::to_string(places);
    double number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc()) return std::nullopt;
    return json::Value(number);
  }
  if (value->is_string() || value->is_number() || value->is_bool()) return *value;
  return std::nullopt;
}

std::optional<std::int64_t> whole(const json::Object& node) {
  const auto value = constant(node);
  if (!value || !value->is_int64() || value->get_int64() < 0) return std::nullopt;
  return value->get_int64();
}

json::Value without_places(const json::Value& tree) {
  if (tree.is_array()) {
    json::Array out;
    for (const auto& item : tree.get_array()) out.push_back(without_places(item));
    return out;
  }
  if (!tree.is_object()) return tree;
  json::Object out;
  for (const auto& member : tree.get_object()) {
    if (member.key() != "query_location") out[member.key()] = without_places(member.value());
  }
  return out;
}

json::Value expression(const json::Object& node) {
  json::Value out = without_places(node);
  out.get_object().erase("alias");
  return out;
}

bool same(const json::Object& a, const json::Object& b) { return expression(a) == expression(b); }

}  // namespace sextant::ask::tree
