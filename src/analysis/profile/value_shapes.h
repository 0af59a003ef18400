#pragma once
// Functions for SQL that say how texts are written; users' SQL can not call them, the gate does not
// know them.
//
//   ascii_shape(text)  its first 48 letters with A for capitals, a for small letters, 9 for digits;
//                      NULL when it has a letter beyond ASCII
//   shape_runs(shape)  with "A+", "a+" and "9+" for two or more of these in a row
//   is_padded(text)    whether blanks stand before or behind it
//
// The same by translate(), regexp_replace() and trim() takes several times as long.

#include "analysis/engine/duckdb.h"

namespace sextant::profile {

inline constexpr std::size_t kLongestShape = 48;  // letters of a value that are looked at

// For the database of this connection. Errors: internal.
Result<> add_shape_functions(engine::Connection& connection);

}  // namespace sextant::profile
