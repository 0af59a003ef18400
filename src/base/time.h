#pragma once
// Wall-clock time as the contract writes it: RFC 3339, UTC, e.g. 2026-11-23T13:18:05.123Z.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sextant {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

Timestamp now();
std::string format_time(Timestamp t);                     // always with milliseconds and Z
std::optional<Timestamp> parse_time(std::string_view s);  // RFC 3339; offsets are converted to UTC

}  // namespace sextant
