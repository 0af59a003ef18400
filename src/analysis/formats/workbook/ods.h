#pragma once
// ods: OpenDocument spreadsheets, as a stream. See cell.h.

#include "analysis/formats/workbook/cell.h"
#include "analysis/formats/workbook/package.h"

namespace sextant::formats::workbook {

Result<std::unique_ptr<Reader>> open_ods(Package package);

}  // namespace sextant::formats::workbook
