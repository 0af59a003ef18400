#include "analysis/formats/exact_double.h"

#include <charconv>
#include <string>

namespace sextant::formats {
namespace {

// The significant digits of a plain number: no sign, point, exponent, leading or trailing zeros.
std::string significant_digits(std::string_view number) {
  std::string out;
  for (const char c : number) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9' || (c == '0' && out.empty())) continue;
    out.push_back(c);
  }
  out.erase(out.find_last_not_of('0') + 1);
  return out;
}

}  // namespace

bool double_keeps(std::string_view number) {
  if (number.starts_with('+')) number.remove_prefix(1);
  double value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc() || read.ptr != number.data() + number.size()) return false;
  char shortest[32];
  const auto written =
      std::to_chars(shortest, shortest + sizeof shortest, value, std::chars_format::scientific);
  return significant_digits(number) == significant_digits({shortest, written.ptr});
}

}  // namespace sextant::formats
