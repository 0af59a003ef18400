#pragma once
// JSON records → tables: nested objects become columns, lists of objects inside become child tables
// with a key. One thread.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/formats/decoder.h"
#include "analysis/formats/json_stream.h"

namespace sextant::formats {

// How records are found: visits all of them, in the order of the file; `line` is a line (ndjson) or
// the record's number. Called twice: for the shape and for the rows.
using JsonVisit =
    std::function<Result<>(std::size_t source, const JsonNode& node, std::int64_t line)>;
using JsonRecords = std::function<Result<>(const JsonVisit& visit)>;

// Makes the table titles[source] of the records of each source, and their child tables.
// `arrays_are_rows`: a record that is an array has its positions as columns.
Result<> load_json_tables(LoadContext& context, JsonRecords records,
                          std::vector<std::string> titles, bool arrays_are_rows);

}  // namespace sextant::formats
