#pragma once
// Delimited text (CSV, TSV, …) → one table. See load.h for the promise and the limits.

#include "analysis/formats/decoder.h"

namespace sextant::formats {

Result<> load_csv(LoadContext& context);
// A .txt file: a table when its lines are one, else its lines as text (`data_type` document).
Result<> load_txt(LoadContext& context);

}  // namespace sextant::formats
