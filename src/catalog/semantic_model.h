#pragma once
// The semantic model: what tables and columns mean to people. Reviewable JSON
// (`schema_definition`).

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/profile.h"

namespace sextant::catalog {

enum class Role { measure, dimension, time, identifier, text };
BOOST_DESCRIBE_ENUM(Role, measure, dimension, time, identifier, text)

enum class Aggregation { none, sum, avg, count, count_distinct, min, max };
BOOST_DESCRIBE_ENUM(Aggregation, none, sum, avg, count, count_distinct, min, max)

// Another word for a value of a column: "UK" for "United Kingdom".
struct ValueSynonym {
  std::string value;
  std::string synonym;
};
BOOST_DESCRIBE_STRUCT(ValueSynonym, (), (value, synonym))

struct ModelColumn {
  std::string name;
  std::string original_name;
  std::string display_name;  // for people: "Unit price"
  std::string type;          // DuckDB type
  SemanticType semantic_type = SemanticType::unknown;
  Role role = Role::dimension;
  std::optional<std::string> unit;
  Aggregation default_aggregation = Aggregation::none;
  std::vector<std::string> synonyms;
  std::optional<std::string> description;
  std::int64_t distinct = 0;
  std::vector<std::string> examples;  // up to 5 frequent values
  std::vector<ValueSynonym> value_synonyms;
};
BOOST_DESCRIBE_STRUCT(ModelColumn, (),
                      (name, original_name, display_name, type, semantic_type, role, unit,
                       default_aggregation, synonyms, description, distinct, examples,
                       value_synonyms))

struct ModelTable {
  std::string name;  // SQL name
  std::string source_id;
  std::string display_name;
  std::optional<std::string> description;
  std::int64_t rows = 0;
  std::vector<ModelColumn> columns;
  std::vector<std::string> keys;           // columns that are each unique and never null
  std::optional<std::string> time_column;  // the one that "by month" means
  std::vector<std::string> synonyms;
};
BOOST_DESCRIBE_STRUCT(ModelTable, (),
                      (name, source_id, display_name, description, rows, columns, keys, time_column,
                       synonyms))

enum class Cardinality { one_to_one, many_to_one, one_to_many, many_to_many };
BOOST_DESCRIBE_ENUM(Cardinality, one_to_one, many_to_one, one_to_many, many_to_many)

struct JoinSide {
  std::string table;
  std::string column;
};
BOOST_DESCRIBE_STRUCT(JoinSide, (), (table, column))

struct ModelJoin {
  JoinSide left;
  JoinSide right;
  Cardinality cardinality = Cardinality::many_to_one;  // left to right
  double match_ratio = 0;    // share of left's distinct values found right
  std::int64_t orphans = 0;  // left's distinct values not found right
};
BOOST_DESCRIBE_STRUCT(ModelJoin, (), (left, right, cardinality, match_ratio, orphans))

struct Metric {
  std::string name;        // "revenue"
  std::string expression;  // SQL over the table's columns: sum(quantity * unit_price)
  std::string table;
  std::optional<std::string> unit;
  std::vector<std::string> synonyms;
};
BOOST_DESCRIBE_STRUCT(Metric, (), (name, expression, table, unit, synonyms))

enum class WeekStart { monday, saturday, sunday };
BOOST_DESCRIBE_ENUM(WeekStart, monday, saturday, sunday)

// How a workspace counts time.
struct Calendar {
  WeekStart week_start = WeekStart::monday;
  std::int64_t fiscal_year_start = 1;  // month 1 … 12; fiscal 2026 is the year that ends in 2026
};
BOOST_DESCRIBE_STRUCT(Calendar, (), (week_start, fiscal_year_start))

struct SemanticModel {
  std::vector<ModelTable> tables;
  std::vector<ModelJoin> joins;
  std::vector<Metric> metrics;
  Calendar calendar;  // of the workspace
};
BOOST_DESCRIBE_STRUCT(SemanticModel, (), (tables, joins, metrics, calendar))

}  // namespace sextant::catalog
