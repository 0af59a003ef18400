#include "catalog/model_edits.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace sextant::catalog {
namespace {

bool same_side(const JoinSide& a, const JoinSide& b) {
  return a.table == b.table && a.column == b.column;
}

bool exists(const SemanticModel& model, const JoinSide& side) {
  const ModelTable* table = find_table(model, side.table);
  return table && find_column(*table, side.column);
}

std::optional<std::string> none_if_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

bool adds_up(SemanticType type) {
  using enum SemanticType;
  return type == amount || type == quantity || type == price || type == share || type == measure;
}

// A role that somebody chose is not contradicted by the type that was guessed.
SemanticType type_for(Role role, SemanticType type) {
  switch (role) {
    case Role::measure:
      return adds_up(type) ? type : SemanticType::measure;
    case Role::identifier:
      return SemanticType::identifier;
    case Role::dimension:
      return adds_up(type) || type == SemanticType::unknown || type == SemanticType::identifier
                 ? SemanticType::category
                 : type;
    case Role::text:
      return SemanticType::text;
    case Role::time:
      return type;
  }
  return type;
}

bool is_number(const std::string& type) {
  return type.find("INT") != std::string::npos || type.starts_with("DECIMAL") || type == "DOUBLE" ||
         type == "FLOAT";
}

// A new version of the data may hold something else in the column: what only numbers or dates can
// be waits until it holds them again.
bool fits(Role role, const std::string& type) {
  if (role == Role::measure) return is_number(type);
  return role != Role::time || type == "DATE" || type.starts_with("TIMESTAMP");
}

bool fits(Aggregation aggregation, const std::string& type) {
  return (aggregation != Aggregation::sum && aggregation != Aggregation::avg) || is_number(type);
}

void apply_to(const ColumnEdit& edit, ModelColumn& column) {
  if (edit.display_name) column.display_name = *edit.display_name;
  if (edit.description) column.description = none_if_empty(*edit.description);
  if (edit.role && fits(*edit.role, column.type)) {
    column.role = *edit.role;
    column.semantic_type = type_for(*edit.role, column.semantic_type);
  }
  if (edit.semantic_type && (!adds_up(*edit.semantic_type) || is_number(column.type))) {
    column.semantic_type = *edit.semantic_type;
  }
  if (edit.unit) column.unit = none_if_empty(*edit.unit);
  if (edit.default_aggregation && fits(*edit.default_aggregation, column.type)) {
    column.default_aggregation = *edit.default_aggregation;
  }
  if (edit.synonyms) column.synonyms = *edit.synonyms;
}

void apply_to(const TableEdit& edit, ModelTable& table) {
  if (edit.display_name) table.display_name = *edit.display_name;
  if (edit.description) table.description = none_if_empty(*edit.description);
  if (edit.time_column && (edit.time_column->empty() || find_column(table, *edit.time_column))) {
    table.time_column = none_if_empty(*edit.time_column);
  }
  if (edit.synonyms) table.synonyms = *edit.synonyms;
}

void apply_to_joins(const ModelEdits& edits, SemanticModel& model) {
  std::erase_if(model.joins, [&](const ModelJoin& join) {
    return std::ranges::any_of(edits.removed_joins,
                               [&](const ModelJoin& other) { return same_join(join, other); });
  });
  for (const ModelJoin& join : edits.added_joins) {
    const bool present = std::ranges::any_of(
        model.joins, [&](const ModelJoin& other) { return same_join(join, other); });
    if (!present && exists(model, join.left) && exists(model, join.right)) {
      model.joins.push_back(join);
    }
  }
}

}  // namespace

bool same_join(const ModelJoin& a, const ModelJoin& b) {
  return (same_side(a.left, b.left) && same_side(a.right, b.right)) ||
         (same_side(a.left, b.right) && same_side(a.right, b.left));
}

bool same_name(std::string_view a, std::string_view b) {
  return text::snake_case(a, "_") == text::snake_case(b, "_");
}

const ModelTable* find_table(const SemanticModel& model, std::string_view name) {
  const auto it = std::ranges::find(model.tables, name, &ModelTable::name);
  return it == model.tables.end() ? nullptr : &*it;
}

const ModelColumn* find_column(const ModelTable& table, std::string_view name) {
  const auto it = std::ranges::find(table.columns, name, &ModelColumn::name);
  return it == table.columns.end() ? nullptr : &*it;
}

void apply(const ModelEdits& edits, SemanticModel& model) {
  for (ModelTable& table : model.tables) {
    for (const TableEdit& edit : edits.tables) {
      if (edit.table == table.name) apply_to(edit, table);
    }
    for (const ColumnEdit& edit : edits.columns) {
      if (edit.table != table.name) continue;
      const auto column = std::ranges::find(table.columns, edit.column, &ModelColumn::name);
      if (column != table.columns.end()) apply_to(edit, *column);
    }
  }
  apply_to_joins(edits, model);
  for (const MetricKey& key : edits.removed_metrics) {
    std::erase_if(model.metrics, [&](const Metric& metric) {
      return metric.table == key.table && same_name(metric.name, key.name);
    });
  }
  for (const Metric& edit : edits.metrics) {
    if (!find_table(model, edit.table)) continue;
    std::erase_if(model.metrics,
                  [&](const Metric& metric) { return same_name(metric.name, edit.name); });
    model.metrics.push_back(edit);
  }
}

void append(ModelEdits& edits, ModelEdits more) {
  const auto move_to = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  move_to(edits.tables, more.tables);
  move_to(edits.columns, more.columns);
  move_to(edits.added_joins, more.added_joins);
  move_to(edits.removed_joins, more.removed_joins);
  move_to(edits.metrics, more.metrics);
  move_to(edits.removed_metrics, more.removed_metrics);
}

}  // namespace sextant::catalog
