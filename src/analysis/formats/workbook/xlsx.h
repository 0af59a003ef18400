#pragma once
// xlsx and xlsm: Office Open XML workbooks, as a stream. See cell.h.

#include "analysis/formats/workbook/cell.h"
#include "analysis/formats/workbook/package.h"

namespace sextant::formats::workbook {

Result<std::unique_ptr<Reader>> open_xlsx(Package package, const std::string& temp_directory);

}  // namespace sextant::formats::workbook
