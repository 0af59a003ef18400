#include "platform/sources/next_model.h"

#include <algorithm>

namespace sextant::sources {
namespace {

void carry_column(const catalog::ModelColumn& before, catalog::ModelColumn& now) {
  if (before.type != now.type) return;
  now.display_name = before.display_name;
  now.semantic_type = before.semantic_type;
  now.role = before.role;
  now.unit = before.unit;
  now.default_aggregation = before.default_aggregation;
  now.synonyms = before.synonyms;
  now.description = before.description;
}

void carry_table(const catalog::ModelTable& before, catalog::ModelTable& now) {
  now.display_name = before.display_name;
  now.description = before.description;
  now.synonyms = before.synonyms;
  for (auto& column : now.columns) {
    const auto old = std::ranges::find(before.columns, column.name, &catalog::ModelColumn::name);
    if (old != before.columns.end()) carry_column(*old, column);
  }
  const bool kept =
      before.time_column && std::ranges::find(now.columns, *before.time_column,
                                              &catalog::ModelColumn::name) != now.columns.end();
  if (kept) now.time_column = before.time_column;
}

}  // namespace

catalog::SemanticModel carry_over(const catalog::SemanticModel& before,
                                  catalog::SemanticModel found) {
  for (auto& table : found.tables) {
    const auto old = std::ranges::find(before.tables, table.name, &catalog::ModelTable::name);
    if (old != before.tables.end()) carry_table(*old, table);
  }
  for (const auto& metric : before.metrics) {
    const bool known = std::ranges::any_of(
        found.metrics, [&](const auto& other) { return other.name == metric.name; });
    const bool table = std::ranges::find(found.tables, metric.table, &catalog::ModelTable::name) !=
                       found.tables.end();
    if (table && !known) found.metrics.push_back(metric);
  }
  return found;
}

}  // namespace sextant::sources
