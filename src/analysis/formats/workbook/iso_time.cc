#include "analysis/formats/workbook/iso_time.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace sextant::formats::workbook {
namespace {

constexpr std::int64_t kDay = 86'400'000;  // milliseconds

std::chrono::sys_days epoch(bool epoch_1904) {
  using namespace std::chrono;
  return epoch_1904 ? sys_days(year(1904) / 1 / 1) : sys_days(year(1899) / 12 / 30);
}

std::optional<double> number(std::string_view& text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<double> clock(std::string_view text) {
  double parts[3] = {};
  for (int i = 0; i < 3; ++i) {
    const auto value = number(text);
    if (!value || *value < 0) return std::nullopt;
    parts[i] = *value;
    if (text.empty() || text == "Z") {
      if (i == 0) return std::nullopt;
      break;
    }
    if (text[0] != ':') return std::nullopt;
    text.remove_prefix(1);
  }
  return (parts[0] * 3600 + parts[1] * 60 + parts[2]) / 86400;
}

}  // namespace

std::optional<double> serial_of_iso(std::string_view text, bool epoch_1904) {
  using namespace std::chrono;
  if (text.size() >= 3 && text[2] == ':') return clock(text);
  int parts[3] = {};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (int i = 0; i < 3; ++i) {
    const auto [next, error] = std::from_chars(at, end, parts[i]);
    if (error != std::errc{} || parts[i] < 0) return std::nullopt;
    at = next;
    if (i < 2) {
      if (at == end || *at != '-') return std::nullopt;
      ++at;
    }
  }
  const auto date = year(parts[0]) / month(static_cast<unsigned>(parts[1])) /
                    day(static_cast<unsigned>(parts[2]));
  if (!date.ok()) return std::nullopt;
  auto days = static_cast<double>((sys_days(date) - epoch(epoch_1904)).count());
  if (!epoch_1904 && days < 61 && days > 0) days -= 1;  // Excel's 1900 has a 29 February
  if (at == end) return days;
  if (*at != 'T' && *at != ' ') return std::nullopt;
  const auto time = clock({at + 1, end});
  if (!time) return std::nullopt;
  return days + *time;
}

std::optional<double> serial_of_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (!text.starts_with('P')) return std::nullopt;
  text.remove_prefix(1);
  double seconds = 0;
  bool time = false;
  while (!text.empty()) {
    if (text[0] == 'T') {
      time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto value = number(text);
    if (!value || text.empty()) return std::nullopt;
    const char unit = text[0];
    text.remove_prefix(1);
    if (unit == 'D' && !time)
      seconds += *value * 86400;
    else if (unit == 'H' && time)
      seconds += *value * 3600;
    else if (unit == 'M' && time)
      seconds += *value * 60;
    else if (unit == 'S' && time)
      seconds += *value;
    else
      return std::nullopt;
  }
  return (negative ? -seconds : seconds) / 86400;
}

std::optional<std::string> iso_of_serial(double serial, bool epoch_1904, bool time_only) {
  using namespace std::chrono;
  if (!(serial >= 0 && serial < 2'960'000)) return std::nullopt;
  const auto milliseconds = std::llround(serial * static_cast<double>(kDay));
  auto day_number = milliseconds / kDay;
  const auto rest = milliseconds % kDay;
  std::string time =
      fmt::format("{:02}:{:02}:{:02}", rest / 3'600'000, rest / 60'000 % 60, rest / 1000 % 60);
  if (rest % 1000 != 0) time += fmt::format(".{:03}", rest % 1000);
  if (time_only && day_number == 0) return time;
  if (!epoch_1904) {
    if (day_number == 0 || day_number == 60) return std::nullopt;
    if (day_number < 60) ++day_number;
  }
  const year_month_day date(epoch(epoch_1904) + days(day_number));
  if (static_cast<int>(date.year()) > 9999) return std::nullopt;
  auto out = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (rest != 0 || time_only) out += " " + time;
  return out;
}

}  // namespace sextant::formats::workbook
