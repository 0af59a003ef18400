#pragma once
// How a block of cells is to be read as a table: title lines, header over one or two rows, data.
// Thread-safe.

#include <optional>
#include <string>
#include <vector>

#include "analysis/formats/workbook/regions.h"

namespace sextant::formats::workbook {

struct Layout {
  Range range;  // titles, header and data
  std::uint32_t title_rows = 0;
  std::uint32_t header_rows = 0;
  std::vector<std::string> names;  // one a column; empty where there is none; none without header
  std::vector<std::string> titles;

  std::uint32_t first_data_row() const { return range.top + title_rows + header_rows; }
};

// The layout of one block. `header_rows`: when the user has said how many there are.
Result<Layout> find_layout(const SheetSpool& sheet, const Reader& reader, const Range& range,
                           std::optional<std::uint32_t> header_rows);

// All tables of a sheet: blocks that are titles or remarks go to the table that they stand at
// (`titles`), and blocks that go on below a blank row are joined. `remarks`: texts that belong to
// no table.
Result<std::vector<Layout>> find_layouts(const SheetSpool& sheet, const Reader& reader,
                                         std::vector<std::string>& remarks);

// How a value is shown in a header or a note.
std::string shown_value(const Cell& cell, const Reader& reader);

}  // namespace sextant::formats::workbook
