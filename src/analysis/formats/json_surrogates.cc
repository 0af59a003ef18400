#include "analysis/formats/json_surrogates.h"

#include <charconv>
#include <cstring>

namespace sextant::formats {
namespace {

constexpr std::size_t kEscape = 6;  // bytes of \uXXXX

// The unit of the escape \uXXXX at `at`; -1: there is none.
int unit_at(std::span<const char> text, std::size_t at) {
  if (at + kEscape > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = -1;
  const char* digits = text.data() + at + 2;
  const auto [end, error] = std::from_chars(digits, digits + 4, unit, 16);
  return error == std::errc{} && end == digits + 4 ? unit : -1;
}

bool is_first_half(int unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_second_half(int unit) { return unit >= 0xdc00 && unit < 0xe000; }

}  // namespace

std::size_t replace_lone_surrogates(std::span<char> text, bool last, std::int64_t& replaced) {
  std::size_t at = 0;
  while (at < text.size()) {
    const void* found = std::memchr(text.data() + at, '\\', text.size() - at);
    if (!found) break;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    if (!last && at + 2 * kEscape > text.size()) return at;
    const int unit = unit_at(text, at);
    if (is_first_half(unit) && is_second_half(unit_at(text, at + kEscape))) {
      at += 2 * kEscape;
    } else if (is_first_half(unit) || is_second_half(unit)) {
      std::memcpy(text.data() + at + 2, "fffd", 4);
      ++replaced;
      at += kEscape;
    } else {
      at += 2;  // the backslash and what it stands before
    }
  }
  return text.size();
}

}  // namespace sextant::formats
