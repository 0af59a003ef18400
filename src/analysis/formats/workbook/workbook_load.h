#pragma once
// xlsx, xlsm, xls and ods → tables. See decoder.h.

#include "analysis/formats/decoder.h"

namespace sextant::formats {

// By the file's content, not by its extension.
Result<> load_workbook(LoadContext& context);

// Whether the file is a workbook of any kind, also one that is not read (encrypted, xlsb).
// The format's name (xlsx, xls, ods, xlsb); empty when it is none.
std::string_view workbook_content(const InputFile& file);

}  // namespace sextant::formats
