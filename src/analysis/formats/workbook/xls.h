#pragma once
// xls: Excel 5 to 2003 (BIFF5 and BIFF8), in an OLE2 file or bare. See cell.h.

#include "analysis/formats/workbook/cell.h"

namespace sextant::formats::workbook {

Result<std::unique_ptr<Reader>> open_xls(const InputFile& file, const std::string& temp_directory,
                                         std::stop_token stop);

}  // namespace sextant::formats::workbook
