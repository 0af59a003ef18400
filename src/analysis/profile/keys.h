#pragma once
// Rows of a table that are the same, and the columns that tell rows apart.
//
// Errors: cancelled, resource_exhausted, internal.

#include <string>

#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/profile.h"

namespace sextant::profile {

// Fills `keys` and `duplicates` of a table whose columns are profiled; makes the distinct count of
// columns exact that turn out to be keys. `from` is the table in SQL.
//
// One pass over the table for its duplicates, none when a column alone is a key; keys of two and
// three columns are tried on the table's first rows, and those that hold there on all of them.
Result<> find_keys(engine::Connection& connection, const std::string& from,
                   catalog::TableProfile& table);

}  // namespace sextant::profile
