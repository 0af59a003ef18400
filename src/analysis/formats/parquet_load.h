#pragma once
// Parquet → one table, types as the file has them; structs become columns, lists JSON text.

#include "analysis/formats/decoder.h"

namespace sextant::formats {

Result<> load_parquet(LoadContext& context);

}  // namespace sextant::formats
