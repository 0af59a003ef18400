#pragma once
// Joins between tables: a name that points to another table's key, and values that are found there.

#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/semantic_model.h"

namespace sextant::semantic {

// The joins among all tables of the model, in place of those that it has. Only pairs in which
// `source_id` takes part are compared by their values; what was found between other sources before
// stands, but for what its tables tell otherwise: two tables that share a key of a third one, which
// came now, are joined through it. So the order in which sources come does not matter. Bounded: at
// most 300 pairs are tried by their names, on at most 5,000 distinct values each; where no name
// tells, the least and the greatest value of whole numbers are compared first.
Result<> find_joins(catalog::SemanticModel& model, const std::string& source_id,
                    engine::Connection& connection);

struct MeasuredJoin {
  catalog::ModelJoin join;
  std::int64_t values = 0;  // distinct ones of the left side that were looked up
};

// How well the two columns fit: match ratio, orphans, and from the values' uniqueness the
// cardinality. At most 5,000 distinct values of the left side are looked up.
Result<MeasuredJoin> measure_join(engine::Connection& connection, catalog::ModelJoin join);

}  // namespace sextant::semantic
