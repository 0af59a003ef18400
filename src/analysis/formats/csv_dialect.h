#pragma once
// How a text file separates its cells, found from its first lines. Thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/formats/aligned_columns.h"

namespace sextant::formats {

struct Dialect {
  char delimiter = ',';      // '\0': one column, nothing separates
  char quote = '"';          // '\0': no quoting
  bool backslash = false;    // \" inside quotes instead of ""
  char comment = 0;          // lines that start with it are skipped; 0: none
  bool trim = false;         // spaces around cells (and before quotes) belong to the layout
  ColumnStarts starts = {};  // columns aligned by blanks; empty: they are separated
};

// The text's first lines: title lines, the header, and the number of columns.
struct Layout {
  Dialect dialect;
  std::int64_t title_lines = 0;  // records above the header
  bool header = true;
  bool header_repeats =
      false;  // it also stands between the rows, as in files that were put together
  std::size_t columns = 1;
  double consistency = 0;  // 0 … 1: share of the sampled rows with exactly `columns` cells
  std::vector<std::string> titles;
  std::vector<std::string> names;  // header cells; empty when there is none
  std::int64_t sampled_rows = 0;
};

// What is known of the layout before looking.
struct LayoutWish {
  std::optional<char> delimiter;
  std::optional<std::int64_t> header_row;  // 1-based, of the lines that are not blank; 0: none
  ColumnStarts starts = {};                // columns aligned by blanks
};

// `sample` is the start of the file in UTF-8; `complete` when it is all of it.
Layout sniff_layout(std::string_view sample, bool complete, const LayoutWish& wish = {});

// Whether row `first` names the `width` columns of the rows below it.
bool is_header_row(const std::vector<std::vector<std::string>>& rows, std::size_t first,
                   std::size_t width);

// Whether some name in row `row` stands above values that are no text.
bool names_values(const std::vector<std::vector<std::string>>& rows, std::size_t row,
                  std::size_t columns);

}  // namespace sextant::formats
