#pragma once
// Which numbers a double holds without a loss. Thread-safe.

#include <string_view>

namespace sextant::formats {

// Whether the nearest double, written in its shortest form, has all significant digits of the text
// again. `number` is plain: sign, digits, point, exponent. Zeros at either end do not count.
bool double_keeps(std::string_view number);

}  // namespace sextant::formats
