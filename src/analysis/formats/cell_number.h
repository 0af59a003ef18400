#pragma once
// Numbers as people write them in cells: 1,234.56 · 1.234,56 € · (12) · 45 % · 1'000 · USD 12. What
// one cell can not tell (is 1,234 a thousand or one and a bit?) is left open for the whole column.
// Thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sextant::formats {

// The character that separates the fraction.
enum class DecimalMark : std::uint8_t { unknown, dot, comma };

// One reading of a number's digits.
struct NumberExtent {
  bool valid = false;
  int integer_digits = 0;
  int scale = 0;  // digits of the fraction
};

struct StyledNumber {
  NumberExtent as_dot;    // when the column's decimal mark is a dot
  NumberExtent as_comma;  // when it is a comma
  bool negative = false;
  bool percent = false;
  std::string_view currency;  // as written: "€", "USD"; empty: none

  // Which mark this cell proves; unknown when both readings are possible or no mark occurs.
  DecimalMark proves() const;
};

// A number with signs, separators or a unit around it; nothing when the text is none. Plain
// integers and decimals are accepted too.
std::optional<StyledNumber> parse_styled_number(std::string_view text);

// The plain form (-1234.56) of a text that parse_styled_number accepts, under this decimal mark.
void append_plain_number(std::string& out, std::string_view text, DecimalMark mark);

// ISO 4217 code of a currency sign or code as written in a cell; empty when it is none we know.
std::string_view currency_code(std::string_view written);

}  // namespace sextant::formats
