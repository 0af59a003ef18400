#include "analysis/insight/coverage.h"

#include <charconv>
#include <chrono>
#include <optional>

namespace sextant::insight {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::optional<year_month_day> parse(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto number = [iso](std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(iso.data() + at, iso.data() + at + size, value);
    return value;
  };
  const year_month_day date{std::chrono::year(number(0, 4)),
                            std::chrono::month(static_cast<unsigned>(number(5, 2))),
                            std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::string iso(sys_days day) {
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

// The first day after the period.
sys_days end_of(year_month_day start, std::string_view grain) {
  if (grain == "day") return sys_days(start) + days(1);
  if (grain == "week") return sys_days(start) + days(7);
  return sys_days(start + months(grain == "year" ? 12 : grain == "quarter" ? 3 : 1));
}

}  // namespace

Result<Coverage> find_coverage(const std::string& from, const std::string& time,
                               engine::Connection& connection) {
  TRY(auto range,
      connection.query("SELECT min(" + time + ")::DATE::VARCHAR, max(" + time +
                       ")::DATE::VARCHAR, bool_and(day(" + time + ") = 1)::INT, bool_and(month(" +
                       time + ") = 1)::INT FROM " + from));
  if (range.rows() != 1 || range.is_null(0, 0)) return Coverage{};
  Coverage coverage{range.text(0, 0), range.text(0, 1), false};
  const auto last = parse(coverage.to);
  if (last && range.int64(0, 2) != 0 && coverage.from != coverage.to) {
    coverage.to = iso(end_of(*last, range.int64(0, 3) != 0 ? "year" : "month") - days(1));
  }
  return coverage;
}

Coverage within(Coverage coverage, const std::string& from, const std::string& to) {
  if (coverage.to.empty()) return coverage;
  if (!from.empty() && from > coverage.from) coverage.from = from;
  if (!to.empty() && to < coverage.to) {
    coverage.to = to;
    coverage.ends_as_asked = true;
  }
  return coverage;
}

std::string day_before(const std::string& date) {
  const auto day = parse(date);
  return day ? iso(sys_days(*day) - days(1)) : std::string();
}

bool is_complete(const Coverage& coverage, std::string_view start, std::string_view grain) {
  const auto first = parse(start), from = parse(coverage.from), to = parse(coverage.to);
  if (!first || !from || !to) return true;
  const days tolerance(grain == "day" ? 0 : 2);
  return sys_days(*from) <= sys_days(*first) + tolerance &&
         end_of(*first, grain) - days(1) <= sys_days(*to) + tolerance;
}

}  // namespace sextant::insight
