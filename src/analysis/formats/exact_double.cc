#include "analysis/formats/exact_double.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace sextant::formats {
namespace {

// Walks over the significant digits of a plain number: no sign, point, exponent or leading zeros;
// zeros at its end are all that next() gives from there on.
class Digits {
 public:
  explicit Digits(std::string_view number) : rest_(number.substr(0, number.find_first_of("eE"))) {
    rest_.remove_prefix(std::min(rest_.find_first_of("123456789"), rest_.size()));
  }

  bool done() const { return rest_.empty(); }
  char next() {  // '0' after the last
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c >= '0' && c <= '9') return c;
    }
    return '0';
  }

 private:
  std::string_view rest_;
};

bool same_digits(std::string_view a, std::string_view b) {
  Digits left(a);
  Digits right(b);
  while (!left.done() || !right.done()) {
    if (left.next() != right.next()) return false;
  }
  return true;
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
  return same_digits(number, {shortest, written.ptr});
}

}  // namespace sextant::formats
