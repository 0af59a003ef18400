#pragma once
// What people changed in a semantic model that was made from the data. The edits are kept beside
// the model, by the names of tables and columns, so that they hold for every new version of the
// data.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "catalog/semantic_model.h"

namespace sextant::catalog {

// Members that are not set stay as the data say.
struct ColumnEdit {
  std::string table;
  std::string column;
  std::optional<std::string> display_name;
  std::optional<std::string> description;  // "": none
  std::optional<SemanticType> semantic_type;
  std::optional<Role> role;
  std::optional<std::string> unit;  // "": none
  std::optional<Aggregation> default_aggregation;
  std::optional<std::vector<std::string>> synonyms;
};
BOOST_DESCRIBE_STRUCT(ColumnEdit, (),
                      (table, column, display_name, description, semantic_type, role, unit,
                       default_aggregation, synonyms))

struct TableEdit {
  std::string table;
  std::optional<std::string> display_name;
  std::optional<std::string> description;  // "": none
  std::optional<std::string> time_column;  // "": none
  std::optional<std::vector<std::string>> synonyms;
};
BOOST_DESCRIBE_STRUCT(TableEdit, (), (table, display_name, description, time_column, synonyms))

struct MetricKey {
  std::string table;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(MetricKey, (), (table, name))

struct ModelEdits {
  std::vector<TableEdit> tables;
  std::vector<ColumnEdit> columns;
  std::vector<ModelJoin> added_joins;
  std::vector<ModelJoin> removed_joins;
  std::vector<Metric> metrics;  // added, or in place of the one of this name
  std::vector<MetricKey> removed_metrics;
};
BOOST_DESCRIBE_STRUCT(ModelEdits, (),
                      (tables, columns, added_joins, removed_joins, metrics, removed_metrics))

// Whether both connect the same columns, in whichever direction.
bool same_join(const ModelJoin& a, const ModelJoin& b);

// Case, blanks and underscores do not tell names apart.
bool same_name(std::string_view a, std::string_view b);

const ModelTable* find_table(const SemanticModel& model, std::string_view name);
const ModelColumn* find_column(const ModelTable& table, std::string_view name);

// Changes the model as the edits say. What they say of tables and columns that are not there waits
// until they are there again.
void apply(const ModelEdits& edits, SemanticModel& model);

// All edits of `more` after those of `edits`.
void append(ModelEdits& edits, ModelEdits more);

}  // namespace sextant::catalog
