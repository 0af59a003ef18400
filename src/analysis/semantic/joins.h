#pragma once
// Joins between tables: a name that points to another table's key, and values that are found there.

#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/semantic_model.h"

namespace sextant::semantic {

// Joins among all tables of the model in which `source_id` takes part; replaces those known between
// them. Bounded: at most 300 pairs are tried on at most 5,000 distinct values each.
Result<> find_joins(catalog::SemanticModel& model, const std::string& source_id,
                    engine::Connection& connection);

}  // namespace sextant::semantic
