#include "analysis/ask/study/period.h"

#include <charconv>
#include <chrono>

namespace sextant::ask {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day parse(std::string_view iso) {
  int year = 1970;
  unsigned month = 1, day = 1;
  const auto read = [&](std::size_t from, std::size_t length, auto& out) {
    if (iso.size() >= from + length) {
      std::from_chars(iso.data() + from, iso.data() + from + length, out);
    }
  };
  read(0, 4, year);
  read(5, 2, month);
  read(8, 2, day);
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}

std::string iso(const year_month_day& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::int64_t months_in(Grain grain) {
  return grain == Grain::quarter ? 3 : grain == Grain::year ? 12 : 1;
}

}  // namespace

std::string move_period(std::string_view date, Grain grain, std::int64_t steps) {
  const year_month_day from = parse(date);
  if (grain == Grain::day || grain == Grain::week) {
    return iso(year_month_day(sys_days(from) + days(steps * (grain == Grain::week ? 7 : 1))));
  }
  return iso(from + std::chrono::months(steps * months_in(grain)));
}

std::int64_t periods_between(std::string_view from, std::string_view to, Grain grain) {
  const year_month_day a = parse(from), b = parse(to);
  if (grain == Grain::day || grain == Grain::week) {
    return (sys_days(b) - sys_days(a)).count() / (grain == Grain::week ? 7 : 1);
  }
  const std::int64_t months = (static_cast<int>(b.year()) - static_cast<int>(a.year())) * 12 +
                              static_cast<int>(static_cast<unsigned>(b.month())) -
                              static_cast<int>(static_cast<unsigned>(a.month()));
  return months / months_in(grain);
}

std::size_t season_of(Grain grain) {
  switch (grain) {
    case Grain::month:
      return 12;
    case Grain::quarter:
      return 4;
    case Grain::week:
      return 52;
    case Grain::day:
      return 7;
    default:
      return 0;
  }
}

}  // namespace sextant::ask
