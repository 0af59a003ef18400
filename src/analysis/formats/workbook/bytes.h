#pragma once
// Little-endian numbers in a run of bytes; 0 beyond its end.

#include <bit>
#include <cstdint>
#include <string_view>

namespace sextant::formats::workbook {

inline std::uint8_t u8(std::string_view s, std::size_t at) {
  return at < s.size() ? static_cast<std::uint8_t>(s[at]) : std::uint8_t{0};
}
inline std::uint16_t u16(std::string_view s, std::size_t at) {
  return static_cast<std::uint16_t>(u8(s, at) | (u8(s, at + 1) << 8));
}
inline std::uint32_t u32(std::string_view s, std::size_t at) {
  return u16(s, at) | (static_cast<std::uint32_t>(u16(s, at + 2)) << 16);
}
inline double f64(std::string_view s, std::size_t at) {
  return std::bit_cast<double>(u32(s, at) | (static_cast<std::uint64_t>(u32(s, at + 4)) << 32));
}

}  // namespace sextant::formats::workbook
