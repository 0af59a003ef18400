#include "platform/sources/recipe.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

namespace sextant::sources {
namespace {

// Digits before and after the decimal mark that a type holds exactly.
std::optional<std::pair<int, int>> digits_of(const std::string& type) {
  if (type == "BIGINT") return std::pair(19, 0);
  if (type == "HUGEINT") return std::pair(38, 0);
  int precision = 0;
  int scale = 0;
  if (std::sscanf(type.c_str(), "DECIMAL(%d,%d)", &precision, &scale) == 2)
    return std::pair(precision - scale, scale);
  return std::nullopt;
}

bool is_number(const std::string& type) { return type == "DOUBLE" || digits_of(type).has_value(); }

ChangeKind kind_of(const std::string& before, const std::string& after) {
  const auto old_digits = digits_of(before);
  const auto new_digits = digits_of(after);
  if (old_digits && new_digits) {
    // Types are made as wide as all values need, so what queries can notice is a lost fraction, or
    // whole numbers that no longer go as far.
    const bool whole = old_digits->second == 0 && new_digits->second == 0;
    const bool wider =
        whole ? new_digits->first >= old_digits->first : new_digits->second >= old_digits->second;
    return wider ? ChangeKind::type_widened : ChangeKind::type_narrowed;
  }
  if (old_digits && after == "DOUBLE") return ChangeKind::type_widened;
  if (is_number(before) && is_number(after)) return ChangeKind::type_narrowed;
  if (before == "DATE" && after.starts_with("TIMESTAMP")) return ChangeKind::type_widened;
  if (before.starts_with("TIMESTAMP") && after == "DATE") return ChangeKind::type_narrowed;
  if (before == "VARCHAR") return ChangeKind::type_narrowed;
  return ChangeKind::type_changed;
}

void compare_columns(const catalog::Table& before, const catalog::Table& after,
                     std::vector<SchemaChange>& out) {
  for (const auto& column : before.columns) {
    const auto now = std::ranges::find(after.columns, column.name, &catalog::Column::name);
    if (now == after.columns.end()) {
      out.push_back({ChangeKind::column_removed, before.name, column.name, column.type, {}});
    } else if (now->type != column.type) {
      out.push_back(
          {kind_of(column.type, now->type), before.name, column.name, column.type, now->type});
    }
  }
  for (const auto& column : after.columns) {
    if (std::ranges::find(before.columns, column.name, &catalog::Column::name) ==
        before.columns.end()) {
      out.push_back({ChangeKind::column_added, before.name, column.name, {}, column.type});
    }
  }
}

}  // namespace

Result<wire::LoadRequest> load_request(const Recipe& recipe, std::string output) {
  if (recipe.files.empty()) return fail(ErrorCode::conflict, "This source has no files any more.");
  wire::LoadRequest request;
  request.upload = recipe.files.front().path;
  request.original_filename = recipe.files.front().filename;
  request.output = std::move(output);
  for (std::size_t i = 1; i < recipe.files.size(); ++i)
    request.more.push_back({recipe.files[i].path, recipe.files[i].filename});
  request.plan = recipe.plan;
  request.steps = recipe.steps;
  request.file_name_column = recipe.file_name_column;
  return request;
}

std::vector<SchemaChange> schema_changes(const std::vector<catalog::Table>& before,
                                         const std::vector<catalog::Table>& after) {
  std::vector<SchemaChange> out;
  for (const auto& table : before) {
    const auto now = std::ranges::find(after, table.name, &catalog::Table::name);
    if (now == after.end())
      out.push_back({ChangeKind::table_removed, table.name, {}, {}, {}});
    else
      compare_columns(table, *now, out);
  }
  for (const auto& table : after) {
    if (std::ranges::find(before, table.name, &catalog::Table::name) == before.end())
      out.push_back({ChangeKind::table_added, table.name, {}, {}, {}});
  }
  return out;
}

bool breaks(const std::vector<SchemaChange>& changes) {
  return std::ranges::any_of(changes, [](const SchemaChange& change) {
    return change.kind == ChangeKind::table_removed || change.kind == ChangeKind::column_removed ||
           change.kind == ChangeKind::type_narrowed || change.kind == ChangeKind::type_changed;
  });
}

}  // namespace sextant::sources
