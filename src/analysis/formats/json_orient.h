#pragma once
// Tables that are written into one JSON object another way than as a list of records. Thread-safe.

#include <optional>
#include <vector>

#include "analysis/formats/json_stream.h"

namespace sextant::formats {

// The records of a root object that is
// - columns: every member a list of as many scalars, {"a": [1, 2], "b": ["x", "y"]};
// - columns by row number: every member an object of the keys 0 … n - 1 in order, as data frames
//   are written;
// - records by their key: three or more objects that share most of their fields. Each gets the
//   field `key`.
// Nothing: the object is a record itself. What is given back was moved out of `root`.
std::optional<std::vector<JsonNode>> records_of_root(JsonNode& root);

}  // namespace sextant::formats
