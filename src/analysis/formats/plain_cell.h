#pragma once
// Cells in their plainest form: what both the evidence of a column and its rewriting look at.
// Thread-safe.

#include <optional>
#include <string_view>

namespace sextant::formats {

struct PlainNumber {
  int integer_digits = 0;
  int scale = 0;
  bool sign = false;
  bool plus = false;
  bool point = false;
  bool exponent = false;
  bool padded = false;
};

// [+-]digits[.digits][e[+-]digits]; nothing for an empty text.
std::optional<PlainNumber> parse_plain(std::string_view s);

// A long number with a plus sign is a telephone number, not a quantity.
bool is_dialled(const PlainNumber& n);

// true, True, TRUE and the same for false.
std::optional<bool> parse_boolean(std::string_view s);

}  // namespace sextant::formats
