#pragma once
// Where on a sheet the tables are: blocks of filled cells with blank rows or columns around them.
// Thread-safe.

#include <vector>

#include "analysis/formats/workbook/sheet_spool.h"

namespace sextant::formats::workbook {

// From top to bottom, then from left to right. One box around everything when the sheet is too
// ragged to be cut.
std::vector<Range> find_regions(const std::vector<RowRun>& runs);

}  // namespace sextant::formats::workbook
