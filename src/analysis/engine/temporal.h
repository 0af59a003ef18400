#pragma once
// DuckDB's dates, times and intervals as ISO text. Thread-safe.

#include <cstdint>
#include <string>

namespace sextant::engine {

// Days since 1970-01-01: "2025-01-31"; "0044-03-15 (BC)", "infinity", "-infinity".
void write_date(std::string& out, std::int32_t days);
// Nanoseconds since midnight: "10:00:00", "10:00:00.25".
void write_time(std::string& out, std::int64_t nanos);
// DuckDB's packed TIMETZ: "10:00:00+02:00".
void write_time_with_zone(std::string& out, std::uint64_t bits);
// `value` counts 1 / per_second since 1970-01-01 00:00 UTC; "…Z" when it is an instant.
void write_timestamp(std::string& out, std::int64_t value, std::int64_t per_second, char separator,
                     bool instant);
// "1 year 2 months 3 days 04:05:06".
void write_interval(std::string& out, std::int32_t months, std::int32_t days, std::int64_t micros);

}  // namespace sextant::engine
