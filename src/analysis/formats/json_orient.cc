#include "analysis/formats/json_orient.h"

#include <algorithm>
#include <set>
#include <string>

namespace sextant::formats {
namespace {

constexpr std::size_t kFewestKeyed = 3;

bool is_scalar(const JsonNode& node) {
  return node.kind != JsonKind::array && node.kind != JsonKind::object;
}

bool names_are_unique(const JsonNode& node) {
  std::set<std::string_view> seen;
  return std::ranges::all_of(node.children,
                             [&](const auto& child) { return seen.insert(child.name).second; });
}

bool is_column(const JsonNode& member) {
  if (!std::ranges::all_of(member.children, is_scalar)) return false;
  if (member.kind == JsonKind::array) return true;
  if (member.kind != JsonKind::object) return false;
  for (std::size_t i = 0; i < member.children.size(); ++i) {
    if (member.children[i].name != std::to_string(i)) return false;
  }
  return true;
}

bool are_columns(const std::vector<JsonNode>& members) {
  const auto rows = members.front().children.size();
  const bool lists = members.front().kind == JsonKind::array;
  if (rows < 2 || (lists && members.size() < 2)) return false;
  return std::ranges::all_of(members, [&](const auto& member) {
    return member.kind == members.front().kind && member.children.size() == rows &&
           is_column(member);
  });
}

std::vector<JsonNode> transposed(std::vector<JsonNode>& members) {
  std::vector<JsonNode> out(members.front().children.size());
  for (std::size_t row = 0; row < out.size(); ++row) {
    out[row].kind = JsonKind::object;
    for (auto& member : members) {
      out[row].children.push_back(std::move(member.children[row]));
      out[row].children.back().name = member.name;
    }
  }
  return out;
}

// Every object has at least half of all the fields that any has.
bool are_keyed_records(const std::vector<JsonNode>& members) {
  if (members.size() < kFewestKeyed) return false;
  std::set<std::string_view> fields;
  for (const auto& member : members) {
    if (member.kind != JsonKind::object || member.children.empty()) return false;
    for (const auto& child : member.children) fields.insert(child.name);
  }
  return std::ranges::all_of(
      members, [&](const auto& member) { return member.children.size() * 2 >= fields.size(); });
}

std::vector<JsonNode> keyed(std::vector<JsonNode>& members) {
  for (auto& member : members) {
    JsonNode key;
    key.kind = JsonKind::string;
    key.name = "key";
    key.text = std::move(member.name);
    member.name.clear();
    member.children.insert(member.children.begin(), std::move(key));
  }
  return std::move(members);
}

}  // namespace

std::optional<std::vector<JsonNode>> records_of_root(JsonNode& root) {
  if (root.kind != JsonKind::object || root.children.empty() || !names_are_unique(root)) return {};
  if (are_columns(root.children)) return transposed(root.children);
  if (are_keyed_records(root.children)) return keyed(root.children);
  return {};
}

}  // namespace sextant::formats
