#include "base/time.h"

#include <fmt/format.h>

namespace sextant {
namespace {

// Reads exactly `digits` decimal digits at `pos`; -1 when they are not there.
int read_number(std::string_view s, std::size_t pos, std::size_t digits) {
  if (pos + digits > s.size()) return -1;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = s[pos + i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Timestamp now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string format_time(Timestamp t) {
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day ymd{day};
  const std::chrono::hh_mm_ss hms{t - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                     hms.hours().count(), hms.minutes().count(), hms.seconds().count(),
                     hms.subseconds().count());
}

std::optional<Timestamp> parse_time(std::string_view s) {
  using namespace std::chrono;
  const int year = read_number(s, 0, 4), month = read_number(s, 5, 2), day = read_number(s, 8, 2);
  const int hour = read_number(s, 11, 2), minute = read_number(s, 14, 2);
  const int second = read_number(s, 17, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return std::nullopt;
  if (s[4] != '-' || s[7] != '-' || (s[10] != 'T' && s[10] != 't' && s[10] != ' '))
    return std::nullopt;
  if (s[13] != ':' || s[16] != ':' || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const year_month_day ymd{std::chrono::year{year},
                           std::chrono::month(static_cast<unsigned>(month)),
                           std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  std::size_t pos = 19;
  int millis = 0;
  if (pos < s.size() && s[pos] == '.') {
    int scale = 100;
    for (++pos; pos < s.size() && s[pos] >= '0' && s[pos] <= '9'; ++pos, scale /= 10) {
      millis += (s[pos] - '0') * scale;
    }
  }
  minutes offset{0};
  if (pos >= s.size()) return std::nullopt;
  if (s[pos] == 'Z' || s[pos] == 'z') {
    ++pos;
  } else if (s[pos] == '+' || s[pos] == '-') {
    const int oh = read_number(s, pos + 1, 2), om = read_number(s, pos + 4, 2);
    if (oh < 0 || om < 0 || s[pos + 3] != ':') return std::nullopt;
    offset = minutes{oh * 60 + om} * (s[pos] == '-' ? -1 : 1);
    pos += 6;
  }
  if (pos != s.size()) return std::nullopt;
  return Timestamp{sys_days{ymd} + hours{hour} + minutes{minute} + seconds{second} +
                   milliseconds{millis} - offset};
}

}  // namespace sextant
