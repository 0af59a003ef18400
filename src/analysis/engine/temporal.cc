#include "analysis/engine/temporal.h"

#include <fmt/format.h>

#include <chrono>
#include <limits>

namespace sextant::engine {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

void write_days(std::string& out, std::int64_t days) {
  // Howard Hinnant's days_from_civil, inverted; std::chrono::year ends at 32767, DuckDB's later.
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const bool before_christ = year <= 0;
  if (before_christ) year = 1 - year;
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}", year, month, day);
  if (before_christ) out += " (BC)";
}

}  // namespace

void write_date(std::string& out, std::int32_t days) {
  constexpr auto kInfinity = std::numeric_limits<std::int32_t>::max();
  if (days == kInfinity || days == -kInfinity) {
    out += days > 0 ? "infinity" : "-infinity";
    return;
  }
  write_days(out, days);
}

void write_time(std::string& out, std::int64_t nanos) {
  const std::int64_t seconds = nanos / kNanosPerSecond;
  const std::int64_t rest = nanos % kNanosPerSecond;
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60,
                 seconds % 60);
  if (rest == 0) return;
  std::string fraction = fmt::format(".{:09}", rest);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  out += fraction;
}

void write_time_with_zone(std::string& out, std::uint64_t bits) {
  // 40 bits of microseconds, then 24 bits that count down from UTC+15:59:59.
  constexpr std::int64_t kMaxOffset = 16 * 60 * 60 - 1;
  write_time(out, static_cast<std::int64_t>(bits >> 24) * 1000);
  const std::int64_t offset = kMaxOffset - static_cast<std::int64_t>(bits & 0xff'ffff);
  const std::int64_t size = offset < 0 ? -offset : offset;
  fmt::format_to(std::back_inserter(out), "{}{:02}:{:02}", offset < 0 ? '-' : '+', size / 3600,
                 size / 60 % 60);
  if (size % 60 != 0) fmt::format_to(std::back_inserter(out), ":{:02}", size % 60);
}

void write_timestamp(std::string& out, std::int64_t value, std::int64_t per_second, char separator,
                     bool instant) {
  constexpr auto kInfinity = std::numeric_limits<std::int64_t>::max();
  if (value == kInfinity || value == -kInfinity) {
    out += value > 0 ? "infinity" : "-infinity";
    return;
  }
  const std::int64_t per_day = 86'400 * per_second;
  std::int64_t days = value / per_day;
  std::int64_t rest = value % per_day;
  if (rest < 0) {
    rest += per_day;
    --days;
  }
  write_days(out, days);
  out.push_back(separator);
  write_time(out, rest * (kNanosPerSecond / per_second));
  if (instant) out.push_back('Z');
}

void write_interval(std::string& out, std::int32_t months, std::int32_t days, std::int64_t micros) {
  bool first = true;
  const auto part = [&](std::int64_t n, const char* unit) {
    if (n == 0) return;
    fmt::format_to(std::back_inserter(out), "{}{} {}{}", first ? "" : " ", n, unit,
                   n == 1 || n == -1 ? "" : "s");
    first = false;
  };
  part(months / 12, "year");
  part(months % 12, "month");
  part(days, "day");
  if (micros == 0 && !first) return;
  if (!first) out.push_back(' ');
  if (micros < 0) out.push_back('-');
  const auto size =
      micros < 0 ? -static_cast<std::uint64_t>(micros) : static_cast<std::uint64_t>(micros);
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", size / 3'600'000'000,
                 size / 60'000'000 % 60, size / 1'000'000 % 60);
  if (size % 1'000'000 == 0) return;
  std::string fraction = fmt::format(".{:06}", size % 1'000'000);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  out += fraction;
}

}  // namespace sextant::engine
