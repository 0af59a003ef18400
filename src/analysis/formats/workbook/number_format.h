#pragma once
// What an Excel number format says about the value: a date, a share, an amount, a code.
// Thread-safe.

#include <cstdint>
#include <string>
#include <string_view>

namespace sextant::formats::workbook {

enum class FormatClass : std::uint8_t {
  plain,
  percent,
  currency,
  date,      // a date, perhaps with a time
  time,      // a time of day
  duration,  // [h]:mm
  code,      // 00000, 000-00-0000: digits that are shown with their leading zeros
};

struct NumberFormat {
  FormatClass kind = FormatClass::plain;
  std::string currency;  // ISO code
  std::string pattern;   // of a code: '0' for each digit, else literal characters

  bool is_temporal() const {
    return kind == FormatClass::date || kind == FormatClass::time || kind == FormatClass::duration;
  }
};

NumberFormat classify_format(std::string_view code);
NumberFormat builtin_format(int id);

// The value as the code format shows it; empty when the value is not one for a code (negative, a
// fraction).
std::string shown_code(const NumberFormat& format, double value);

}  // namespace sextant::formats::workbook
