#include "analysis/formats/workbook/cell.h"

namespace sextant::formats::workbook {

std::string column_letters(std::uint32_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

std::string cell_reference(std::uint32_t row, std::uint32_t column) {
  return column_letters(column) + std::to_string(row);
}

std::string range_reference(const Range& range) {
  return cell_reference(range.top, range.left) + ":" + cell_reference(range.bottom, range.right);
}

bool parse_range(std::string_view text, Range& range) {
  std::uint32_t values[2][2] = {};  // row, column of the two corners
  int corner = 0;
  bool digits = false;
  for (const char c : text) {
    if (c == '$') continue;
    if (c == ':') {
      if (corner == 1 || !digits) return false;
      corner = 1;
      digits = false;
      continue;
    }
    auto& [row, column] = values[corner];
    if (c >= '0' && c <= '9') {
      digits = true;
      row = row * 10 + static_cast<std::uint32_t>(c - '0');
    } else {
      const char upper = static_cast<char>(c & ~0x20);
      if (digits || upper < 'A' || upper > 'Z') return false;
      column = column * 26 + static_cast<std::uint32_t>(upper - 'A' + 1);
    }
    if (row > kMostRows || column > kMostColumns) return false;
  }
  for (int i = 0; i <= corner; ++i) {
    if (values[i][0] == 0 || values[i][1] == 0) return false;
  }
  const auto& last = values[corner];
  range = {std::min(values[0][0], last[0]), std::min(values[0][1], last[1]),
           std::max(values[0][0], last[0]), std::max(values[0][1], last[1])};
  return true;
}

}  // namespace sextant::formats::workbook
