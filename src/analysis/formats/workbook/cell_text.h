#pragma once
// Cells of a workbook in the raw form that types are decided on: numbers with all their digits,
// ISO dates, true and false. Thread-safe.

#include <string>
#include <string_view>

#include "analysis/formats/workbook/cell.h"

namespace sextant::formats::workbook {

// Shortest digits that give the same double again; without exponent where that is readable.
void append_number(std::string& out, double value);
// The cell's own digits where a double has not all of them.
void append_number(std::string& out, const Cell& cell);

// What a whole column of numbers is.
enum class ColumnMode : std::uint8_t { plain, percent, duration };

enum class RawKind : std::uint8_t { empty, value, text, rejected };

struct Raw {
  RawKind kind = RawKind::empty;
  std::string_view text;    // in `scratch` or in the cell
  std::string_view reason;  // of a rejected one
};

Raw raw_of(const Cell& cell, const Reader& reader, ColumnMode mode, std::string& scratch);

}  // namespace sextant::formats::workbook
