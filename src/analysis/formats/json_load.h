#pragma once
// JSON and newline-delimited JSON → tables: an array of objects is a table, nested objects become
// columns (address.city → address_city), arrays of objects inside become child tables that point to
// their parent's row, other arrays stay as JSON text. See load.h for the promise.

#include "analysis/formats/decoder.h"

namespace sextant::formats {

Result<> load_json(LoadContext& context);
Result<> load_ndjson(LoadContext& context);

}  // namespace sextant::formats
