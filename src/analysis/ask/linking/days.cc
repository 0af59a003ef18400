#include "analysis/ask/linking/days.h"

#include <fmt/format.h>

#include <cstdio>
#include <unordered_map>

namespace sextant::ask {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;

namespace {

// The day on which a week begins, Sunday 0 … Saturday 6.
unsigned first_weekday(const catalog::Calendar& calendar) {
  switch (calendar.week_start) {
    case catalog::WeekStart::monday:
      return 1;
    case catalog::WeekStart::saturday:
      return 6;
    case catalog::WeekStart::sunday:
      break;
  }
  return 0;
}

}  // namespace

std::string iso(year_month_day d) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()),
                     static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
}

std::optional<year_month_day> parse_iso(std::string_view s) {
  int y = 0;
  unsigned m = 0, d = 0;
  if (s.size() < 10 ||
      std::sscanf(std::string(s.substr(0, 10)).c_str(), "%4d-%2u-%2u", &y, &m, &d) != 3) {
    return std::nullopt;
  }
  const year_month_day date{std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
  return date.ok() ? std::optional(date) : std::nullopt;
}

year_month_day date_of(int y, unsigned m, unsigned d) {
  return {std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
}

unsigned month_named(std::string_view word) {
  static const std::unordered_map<std::string_view, unsigned> kMonths = {
      {"january", 1},   {"jan", 1},   {"february", 2},  {"feb", 2},      {"march", 3},
      {"mar", 3},       {"april", 4}, {"apr", 4},       {"may", 5},      {"june", 6},
      {"jun", 6},       {"july", 7},  {"jul", 7},       {"august", 8},   {"aug", 8},
      {"september", 9}, {"sep", 9},   {"sept", 9},      {"october", 10}, {"oct", 10},
      {"november", 11}, {"nov", 11},  {"december", 12}, {"dec", 12}};
  const auto it = kMonths.find(word);
  return it == kMonths.end() ? 0 : it->second;
}

Unit unit_named(const std::string& stem) {
  if (stem == "day") return Unit::day;
  if (stem == "week") return Unit::week;
  if (stem == "month") return Unit::month;
  if (stem == "quarter") return Unit::quarter;
  if (stem == "year") return Unit::year;
  return Unit::none;
}

year_month_day start_of(year_month_day d, Unit unit, const catalog::Calendar& calendar) {
  switch (unit) {
    case Unit::week: {
      const unsigned weekday = std::chrono::weekday{sys_days(d)}.c_encoding();
      return year_month_day(sys_days(d) - days((weekday + 7 - first_weekday(calendar)) % 7));
    }
    case Unit::month:
      return d.year() / d.month() / std::chrono::day(1);
    case Unit::quarter:
      return date_of(static_cast<int>(d.year()),
                     (static_cast<unsigned>(d.month()) - 1) / 3 * 3 + 1);
    case Unit::year:
      return date_of(static_cast<int>(d.year()), 1);
    default:
      return d;
  }
}

year_month_day move_by(year_month_day d, Unit unit, int n) {
  switch (unit) {
    case Unit::day:
      return year_month_day(sys_days(d) + days(n));
    case Unit::week:
      return year_month_day(sys_days(d) + days(7 * n));
    default:
      break;
  }
  const int count = unit == Unit::month ? n : unit == Unit::quarter ? 3 * n : 12 * n;
  year_month_day moved = d + months(count);
  if (!moved.ok()) moved = year_month_day(moved.year() / moved.month() / std::chrono::last);
  return moved;
}

year_month_day fiscal_year(int year, const catalog::Calendar& calendar) {
  const auto month = static_cast<unsigned>(calendar.fiscal_year_start);
  return date_of(month == 1 ? year : year - 1, month);
}

year_month_day fiscal_start(year_month_day d, Unit unit, const catalog::Calendar& calendar) {
  year_month_day start = fiscal_year(static_cast<int>(d.year()) + 1, calendar);
  while (start > d) start = move_by(start, Unit::year, -1);
  if (unit == Unit::quarter) {
    while (move_by(start, Unit::quarter, 1) <= d) start = move_by(start, Unit::quarter, 1);
  }
  return start;
}

}  // namespace sextant::ask
