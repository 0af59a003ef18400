#pragma once
// What a person wants changed in a semantic model, and the edits that make it so. Pure functions.
//
// A patch is a part of a model's JSON: tables and columns are found by their names, and of them
// only the members that are given change. `synonyms`, `joins` and `metrics` replace the whole list.
// "" clears a description, a unit or a time column.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "catalog/model_edits.h"
#include "wire/messages.h"

namespace sextant::models {

struct ColumnPatch {
  std::string name;
  std::optional<std::string> display_name;
  std::optional<std::string> description;
  std::optional<catalog::SemanticType> semantic_type;
  std::optional<catalog::Role> role;
  std::optional<std::string> unit;
  std::optional<catalog::Aggregation> default_aggregation;
  std::optional<std::vector<std::string>> synonyms;
};
BOOST_DESCRIBE_STRUCT(ColumnPatch, (),
                      (name, display_name, description, semantic_type, role, unit,
                       default_aggregation, synonyms))

struct TablePatch {
  std::string name;
  std::optional<std::string> display_name;
  std::optional<std::string> description;
  std::optional<std::string> time_column;
  std::optional<std::vector<std::string>> synonyms;
  std::optional<std::vector<ColumnPatch>> columns;
};
BOOST_DESCRIBE_STRUCT(TablePatch, (),
                      (name, display_name, description, time_column, synonyms, columns))

struct JoinPatch {
  catalog::JoinSide left;
  catalog::JoinSide right;
};
BOOST_DESCRIBE_STRUCT(JoinPatch, (), (left, right))

struct MetricPatch {
  std::string name;
  std::string expression;
  std::string table;
  std::optional<std::string> unit;
  std::optional<std::vector<std::string>> synonyms;
};
BOOST_DESCRIBE_STRUCT(MetricPatch, (), (name, expression, table, unit, synonyms))

struct SchemaPatch {
  std::optional<std::vector<TablePatch>> tables;
  std::optional<std::vector<JoinPatch>> joins;      // all that touch the model's tables
  std::optional<std::vector<MetricPatch>> metrics;  // all of the model's tables
};
BOOST_DESCRIBE_STRUCT(SchemaPatch, (), (tables, joins, metrics))

struct Change {
  catalog::ModelEdits edits;                 // of the model, as they would be
  std::vector<wire::CheckedMetric> metrics;  // to be checked on the data; not in `edits` yet
  std::vector<wire::CheckedJoin> joins;      // likewise
  std::vector<catalog::ModelJoin> removed_joins;
  std::vector<std::string> notes;  // what changes, in words
  std::vector<json::FieldError> errors;
};

// `base`: the model as made from the data, its own tables only. `whole`: the workspace's model with
// all edits. `edits`: those of this model so far.
Change change_of(const SchemaPatch& patch, const catalog::SemanticModel& base,
                 const catalog::SemanticModel& whole, catalog::ModelEdits edits);

}  // namespace sextant::models
