#pragma once
// One generator from readings to DuckDB SQL. Pure functions of model and reading; thread-safe.

#include <string>
#include <vector>

#include "analysis/ask/joins.h"
#include "analysis/ask/reading.h"
#include "base/result.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

struct SqlColumn {
  std::string name;
  bool measure = false;
  catalog::SemanticType semantic_type = catalog::SemanticType::unknown;
  std::optional<std::string> unit;
  std::optional<std::string> grain;
};

// A join of FROM.
struct SqlJoin {
  JoinStep step;
  bool inner = false;
};

struct Sql {
  std::string text;  // the query
  // Counts the rows of the main table that are in the result; empty when these are all of them.
  std::string matched;
  std::vector<SqlColumn> columns;   // of the result, in order
  std::vector<std::string> tables;  // that are read
  bool overlapping = false;         // a row can be in several groups
  std::vector<std::string> joins;   // in words, with the fan-out verdict
  std::vector<SqlJoin> links;
  std::vector<std::string> implied;  // filters nobody said, in words: "channel has a value"
};

// Joins multiply no measure: what lies on the "many" side of the main table filters by EXISTS and
// groups over distinct rows. Errors: invalid_fields when the reading names a table, column, metric
// or measure that is not there, or tables that no join connects.
Result<Sql> to_sql(const catalog::SemanticModel& model, const Reading& reading);

}  // namespace sextant::ask
