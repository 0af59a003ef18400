#pragma once
// What the data says before a precise question is asked: a summary of all tables, and the main
// trends of the main figures over time. Every number is traced. Errors: those of the connection.

#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "analysis/engine/duckdb.h"
#include "analysis/insight/coverage.h"
#include "analysis/insight/prose.h"
#include "base/result.h"
#include "catalog/query.h"
#include "catalog/semantic_model.h"

namespace sextant::insight {

// A figure over time: `expression` aggregates rows of `from` (a FROM clause), `time` is a date
// column.
struct Series {
  std::string label;   // "revenue"
  std::string column;  // result column name
  std::string expression;
  std::string from;
  std::string time;  // quoted, qualified
  std::string table;
  std::optional<std::string> unit;
  catalog::SemanticType type = catalog::SemanticType::unknown;
  bool adds_up = true;  // a total over periods means something
};

// The figures worth following: metrics first, then amounts and quantities, then row counts; at
// most 4.
std::vector<Series> main_series(const catalog::SemanticModel& model);

struct Overview {
  Prose text;
  std::vector<std::string> insights;
  std::vector<catalog::NumberTrace> insight_numbers;
  std::string sql;  // of the rows below
  std::vector<catalog::ResultColumn> columns;
  boost::json::array rows;
  std::vector<std::string> tables;
  std::string grain;  // of the time column; empty when there is none
};

Result<Overview> summarise(const catalog::SemanticModel& model, engine::Connection& connection);
// None when no table has a time column with at least two periods.
Result<std::optional<Overview>> trends(const catalog::SemanticModel& model,
                                       engine::Connection& connection);

// How one series moved: first and last complete period, change, best and worst; then what the last
// period has when the data ends within it.
void describe_series(const Series& series, const boost::json::array& rows,
                     const std::string& column, const std::string& grain, const Coverage& coverage,
                     Prose& prose);

}  // namespace sextant::insight
