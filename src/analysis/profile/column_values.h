#pragma once
// Which values a column has, how often, and how they are written. One pass over the column.
//
// Errors: cancelled, resource_exhausted, internal.

#include <string>

#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/profile.h"

namespace sextant::profile {

enum class Counting {
  exact,     // every different value is counted
  estimate,  // the most frequent values are; `distinct` stays the estimate that it was
};

// Fills `top`, `distinct`, and for text columns `patterns`, `padded` and `respelled` (which needs
// exact counting). `from` is the table in SQL; `with_patterns`: false for long texts.
Result<> count_values(engine::Connection& connection, const std::string& from, Counting counting,
                      bool with_patterns, catalog::ColumnProfile& column);

}  // namespace sextant::profile
