// Dates and periods in words: "in 2025", "March 2024", "last quarter", "last 6 months", "since
// May", "between 2023-01-01 and 2023-06-30", "yesterday", "Q3 2024", "this year".
#include <chrono>
#include <unordered_map>

#include "analysis/ask/linking/links.h"

namespace sextant::ask {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;

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

year_month_day date_of(int y, unsigned m, unsigned d = 1) {
  return {std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
}

unsigned month_named(const Token& token) {
  static const std::unordered_map<std::string_view, unsigned> kMonths = {
      {"january", 1},   {"jan", 1},   {"february", 2},  {"feb", 2},      {"march", 3},
      {"mar", 3},       {"april", 4}, {"apr", 4},       {"may", 5},      {"june", 6},
      {"jun", 6},       {"july", 7},  {"jul", 7},       {"august", 8},   {"aug", 8},
      {"september", 9}, {"sep", 9},   {"sept", 9},      {"october", 10}, {"oct", 10},
      {"november", 11}, {"nov", 11},  {"december", 12}, {"dec", 12}};
  const auto it = kMonths.find(token.word);
  return it == kMonths.end() ? 0 : it->second;
}

enum class Unit { none, day, week, month, quarter, year };
Unit unit_named(const std::string& stem) {
  if (stem == "day") return Unit::day;
  if (stem == "week") return Unit::week;
  if (stem == "month") return Unit::month;
  if (stem == "quarter") return Unit::quarter;
  if (stem == "year") return Unit::year;
  return Unit::none;
}

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

// The first day of the fiscal year that ends in this one.
year_month_day fiscal_year(int year, const catalog::Calendar& calendar) {
  const auto month = static_cast<unsigned>(calendar.fiscal_year_start);
  return date_of(month == 1 ? year : year - 1, month);
}

// The first day of the fiscal year or quarter that the day is in.
year_month_day fiscal_start(year_month_day d, Unit unit, const catalog::Calendar& calendar) {
  year_month_day start = fiscal_year(static_cast<int>(d.year()) + 1, calendar);
  while (start > d) start = move_by(start, Unit::year, -1);
  if (unit == Unit::quarter) {
    while (move_by(start, Unit::quarter, 1) <= d) start = move_by(start, Unit::quarter, 1);
  }
  return start;
}

class PeriodFinder {
 public:
  PeriodFinder(Links& links, year_month_day today, const catalog::Calendar& calendar)
      : links_(links), today_(today), calendar_(calendar) {}

  void find() {
    for (int i = 0; i < size();) {
      const int next = at(i);
      i = std::max(next, i + 1);
    }
  }

 private:
  int size() const { return static_cast<int>(links_.tokens.size()); }
  const std::string& word(int i) const {
    static const std::string kNone;
    return i >= 0 && i < size() ? links_.tokens[i].word : kNone;
  }
  std::optional<int> year_at(int i) const {
    if (i < 0 || i >= size() || !links_.tokens[i].number || word(i).size() != 4)
      return std::nullopt;
    const int y = static_cast<int>(*links_.tokens[i].number);
    return y >= 1900 && y <= 2100 ? std::optional(y) : std::nullopt;
  }
  std::optional<unsigned> day_at(int i) const {
    if (i < 0 || i >= size()) return std::nullopt;
    std::string w = word(i);
    for (const auto* ending : {"st", "nd", "rd", "th"}) {
      if (w.size() > 2 && w.ends_with(ending)) w.resize(w.size() - 2);
    }
    if (w.empty() || w.size() > 2 || w.find_first_not_of("0123456789") != std::string::npos)
      return std::nullopt;
    const unsigned d = static_cast<unsigned>(std::stoi(w));
    return d >= 1 && d <= 31 ? std::optional(d) : std::nullopt;
  }

  struct Range {
    year_month_day from, to;
    int last;
  };

  Unit unit_at(int i) const { return i < size() ? unit_named(links_.tokens[i].stem) : Unit::none; }
  bool fiscal_at(int i) const {
    return word(i) == "fiscal" || word(i) == "financial" || word(i) == "fy";
  }

  // "fiscal year 2026", "FY 2026", "FY26", "last fiscal year", "this financial quarter"
  std::optional<Range> fiscal(int i) const {
    const std::string& w = word(i);
    const auto whole = [&](int year, int last) {
      const auto start = fiscal_year(year, calendar_);
      return Range{start, move_by(start, Unit::year, 1), last};
    };
    if (w.size() >= 4 && w.starts_with("fy") &&
        w.find_first_not_of("0123456789", 2) == std::string::npos) {
      const int year = w.size() <= 6 ? std::stoi(w.substr(2)) : 0;
      if (w.size() == 4) return whole(2000 + year, i + 1);
      if (w.size() == 6 && year >= 1900 && year <= 2100) return whole(year, i + 1);
    }
    if (fiscal_at(i)) {
      const int at = unit_at(i + 1) == Unit::year ? i + 2 : i + 1;
      if (const auto y = year_at(at)) return whole(*y, at + 1);
    }
    const bool now = w == "this" || w == "current";
    const bool before = w == "last" || w == "previous";
    if ((!now && !before) || !fiscal_at(i + 1)) return std::nullopt;
    const bool quarter = unit_at(i + 2) == Unit::quarter;
    if (!quarter && unit_at(i + 2) != Unit::year) return std::nullopt;
    const Unit unit = quarter ? Unit::quarter : Unit::year;
    const auto start = move_by(fiscal_start(today_, unit, calendar_), unit, before ? -1 : 0);
    return Range{start, move_by(start, unit, 1), i + 3};
  }

  // A named period that begins at token i.
  std::optional<Range> named(int i) const {
    if (i >= size()) return std::nullopt;
    const std::string& w = word(i);
    if (const auto range = fiscal(i)) return range;
    // 2025-03-01 is three tokens.
    if (const auto y = year_at(i);
        y && i + 2 < size() && links_.question[links_.tokens[i].end] == '-' && day_at(i + 1) &&
        day_at(i + 2) && links_.tokens[i].end + 1 == links_.tokens[i + 1].start) {
      const auto d = date_of(*y, *day_at(i + 1), *day_at(i + 2));
      if (d.ok()) return Range{d, move_by(d, Unit::day, 1), i + 3};
    }
    // "3 May 2024", "the 3rd of May"
    if (const auto d = day_at(i); d && !links_.tokens[i].symbol) {
      int at = i + 1;
      if (word(at) == "of") ++at;
      const unsigned m = at < size() ? month_named(links_.tokens[at]) : 0;
      if (m != 0) {
        const auto y = year_at(at + 1);
        int year = y ? *y : static_cast<int>(today_.year());
        if (!y && date_of(year, m, *d) > today_) --year;
        const auto date = date_of(year, m, *d);
        if (date.ok()) return Range{date, move_by(date, Unit::day, 1), y ? at + 2 : at + 1};
      }
    }
    if (const unsigned m = month_named(links_.tokens[i])) {
      int at = i + 1;
      const auto d = day_at(at);
      if (d) ++at;
      if (word(at) == ",") ++at;
      const auto y = year_at(at);
      if (y) {
        ++at;
      } else if (d) {
        at = i + 2;
      } else {
        at = i + 1;
        if (w == "may" && word(i - 1) != "in" && word(i - 1) != "since" && word(i - 1) != "of") {
          return std::nullopt;
        }
      }
      int year = y ? *y : static_cast<int>(today_.year());
      if (!y && date_of(year, m) > today_) --year;
      if (d) {
        const auto date = date_of(year, m, *d);
        if (!date.ok()) return std::nullopt;
        return Range{date, move_by(date, Unit::day, 1), at};
      }
      return Range{date_of(year, m), move_by(date_of(year, m), Unit::month, 1), at};
    }
    if (w.size() == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4') {
      const auto y = year_at(i + 1);
      int year = y ? *y : static_cast<int>(today_.year());
      const auto start = date_of(year, static_cast<unsigned>(w[1] - '1') * 3 + 1);
      return Range{start, move_by(start, Unit::quarter, 1), y ? i + 2 : i + 1};
    }
    if (const auto y = year_at(i)) {
      return Range{date_of(*y, 1), date_of(*y + 1, 1), i + 1};
    }
    if (w == "today") return Range{today_, move_by(today_, Unit::day, 1), i + 1};
    if (w == "yesterday") return Range{move_by(today_, Unit::day, -1), today_, i + 1};
    if (w == "this" || w == "current") {
      const Unit unit = i + 1 < size() ? unit_named(links_.tokens[i + 1].stem) : Unit::none;
      if (unit != Unit::none) {
        const auto start = start_of(today_, unit, calendar_);
        return Range{start, move_by(start, unit, 1), i + 2};
      }
    }
    if (w == "last" || w == "past" || w == "previous" || w == "latest") {
      if (i + 1 >= size()) return std::nullopt;
      const Unit unit = unit_named(links_.tokens[i + 1].stem);
      if (unit != Unit::none) {
        const auto start = start_of(today_, unit, calendar_);
        return Range{move_by(start, unit, -1), start, i + 2};
      }
      auto n = links_.tokens[i + 1].number;
      if (!n) n = number_word(word(i + 1));
      const Unit many = i + 2 < size() ? unit_named(links_.tokens[i + 2].stem) : Unit::none;
      if (n && *n >= 1 && *n <= 1000 && many != Unit::none) {
        const auto end = move_by(today_, Unit::day, 1);
        return Range{move_by(end, many, -static_cast<int>(*n)), end, i + 3};
      }
    }
    return std::nullopt;
  }

  void add(std::string from, std::string to, int first, int last) {
    const auto& tokens = links_.tokens;
    std::string label(links_.question.substr(
        static_cast<std::size_t>(tokens[first].start),
        static_cast<std::size_t>(tokens[last - 1].end - tokens[first].start)));
    links_.periods.push_back({std::move(from), std::move(to), std::move(label), first, last});
  }

  int at(int i) {
    const std::string& w = word(i);
    if (w == "between" || w == "from") {
      if (const auto low = named(i + 1);
          low && (word(low->last) == "and" || word(low->last) == "to")) {
        if (const auto high = named(low->last + 1)) {
          add(iso(low->from), iso(high->to), i, high->last);
          return high->last;
        }
      }
    }
    int value = i + 1;
    if (word(value) == "the") ++value;
    if (word(value) == "year") value += word(value + 1) == "of" ? 2 : 1;
    if (w == "since" || (w == "from" && word(i - 1) == "starting")) {
      if (const auto range = named(value)) {
        add(iso(range->from), "", i, range->last);
        return range->last;
      }
    }
    if (w == "after") {
      if (const auto range = named(value)) {
        add(iso(range->to), "", i, range->last);
        return range->last;
      }
    }
    if (w == "before") {
      if (const auto range = named(value)) {
        add("", iso(range->from), i, range->last);
        return range->last;
      }
    }
    if (w == "until" || w == "till") {
      if (const auto range = named(value)) {
        add("", iso(range->to), i, range->last);
        return range->last;
      }
    }
    int first = i;
    if (w == "in" || w == "during" || w == "for" || w == "on" || w == "of" || w == "over") {
      ++i;
      if (word(i) == "the") ++i;
      if (word(i) == "year") i += word(i + 1) == "of" ? 2 : 1;
    }
    if (const auto range = named(i)) {
      add(iso(range->from), iso(range->to), first, range->last);
      return range->last;
    }
    return first + 1;
  }

  Links& links_;
  year_month_day today_;
  catalog::Calendar calendar_;
};

}  // namespace

void link_periods(const Context& context, Links& links, std::string_view today) {
  bool dated = false;
  for (const auto& column : context.columns()) dated = dated || column.kind == Kind::date;
  if (!dated) return;
  auto day = parse_iso(today);
  const auto last = parse_iso(context.last_date());
  if (last && (!day || *last < *day)) day = last;
  if (!day) return;
  PeriodFinder(links, *day, context.model().calendar).find();
  for (const Period& period : links.periods) {
    for (std::size_t c = 0; c < context.columns().size(); ++c) {
      if (context.columns()[c].kind != Kind::date) continue;
      Option option;
      option.column = static_cast<int>(c);
      option.label = period.label;
      option.first = period.first;
      option.last = period.last;
      option.evidence = Evidence::period;
      if (period.from.empty()) {
        option.op = Operator::less;
        option.values.emplace_back(period.to);
      } else if (period.to.empty()) {
        option.op = Operator::greater_or_equal;
        option.values.emplace_back(period.from);
      } else {
        option.op = Operator::between;
        option.values.emplace_back(period.from);
        option.values.emplace_back(period.to);
      }
      links.options.push_back(std::move(option));
    }
  }
}

}  // namespace sextant::ask
