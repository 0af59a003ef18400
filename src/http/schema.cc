#include "http/schema.h"

#include <boost/core/demangle.hpp>
#include <map>
#include <set>

namespace sextant::http {
namespace {

constexpr std::string_view kPending = "#/pending/";  // + index of the entry
constexpr std::string_view kComponents = "#/components/schemas/";

std::string own_name(std::string_view full_name) {
  const auto colon = full_name.rfind("::");
  return std::string(colon == std::string_view::npos ? full_name : full_name.substr(colon + 2));
}

// "sextant::api::LoginRequest" → "api_LoginRequest"; anonymous namespaces vanish.
std::string qualified_name(std::string_view full_name) {
  std::string out;
  for (std::size_t at = 0; at <= full_name.size();) {
    auto end = full_name.find("::", at);
    if (end == std::string_view::npos) end = full_name.size();
    const auto part = full_name.substr(at, end - at);
    if (part != "sextant" && part != "(anonymous namespace)") {
      if (!out.empty()) out += '_';
      out += part;
    }
    at = end + 2;
  }
  return out;
}

std::optional<std::size_t> pending_index(const json::Value& value) {
  if (!value.is_object()) return std::nullopt;
  const json::Value* reference = value.get_object().if_contains("$ref");
  if (!reference || !reference->is_string()) return std::nullopt;
  const std::string_view text = reference->get_string();
  if (!text.starts_with(kPending)) return std::nullopt;
  return std::stoul(std::string(text.substr(kPending.size())));
}

template <class Visit>
void walk(json::Value& value, const Visit& visit) {
  if (value.is_array()) {
    for (auto& item : value.get_array()) walk(item, visit);
  } else if (value.is_object()) {
    if (const auto index = pending_index(value)) visit(value.get_object(), *index);
    for (auto& member : value.get_object()) walk(member.value(), visit);
  }
}

}  // namespace

bool Schemas::enter(std::type_index type) {
  const auto [at, inserted] = index_.emplace(type, entries_.size());
  if (inserted) entries_.push_back({boost::core::demangle(type.name()), nullptr});
  return inserted;
}

void Schemas::set(std::type_index type, json::Value schema) {
  entries_[index_.at(type)].schema = std::move(schema);
}

json::Value Schemas::reference(std::type_index type) const {
  return json::Object{{"$ref", std::string(kPending) + std::to_string(index_.at(type))}};
}

const json::Value& Schemas::resolve(const json::Value& reference) const {
  const auto index = pending_index(reference);
  return index ? entries_[*index].schema : reference;
}

// Two types of the same full name live in anonymous namespaces of two files: the later ones are
// numbered, in order of first use.
std::vector<std::string> Schemas::names() const {
  std::map<std::string, std::set<std::string>> sharing;
  for (const auto& entry : entries_) sharing[own_name(entry.full_name)].insert(entry.full_name);
  std::map<std::string, int> taken;
  std::vector<std::string> names;
  for (const auto& entry : entries_) {
    const std::string own = own_name(entry.full_name);
    std::string name = sharing[own].size() > 1 ? qualified_name(entry.full_name) : own;
    if (const int before = taken[name]++; before > 0) name += std::to_string(before + 1);
    names.push_back(std::move(name));
  }
  return names;
}

json::Object Schemas::finish(json::Value& document) {
  const auto final_names = names();
  std::map<std::string, std::size_t> used;
  std::vector<std::size_t> open;
  const auto rename = [&](json::Object& object, std::size_t index) {
    object["$ref"] = std::string(kComponents) + final_names[index];
    if (used.emplace(final_names[index], index).second) open.push_back(index);
  };
  walk(document, rename);
  while (!open.empty()) {
    const std::size_t index = open.back();
    open.pop_back();
    walk(entries_[index].schema, rename);
  }
  json::Object components;
  for (const auto& [name, index] : used) components[name] = entries_[index].schema;
  return components;
}

}  // namespace sextant::http
