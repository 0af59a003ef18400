// Dates and periods in words: "in 2025", "March 2024", "last quarter", "last 6 months", "since
// May", "between 2023-01-01 and 2023-06-30", "yesterday", "Q3 2024", "the second half of this
// year".
#include <algorithm>
#include <chrono>

#include "analysis/ask/linking/days.h"
#include "analysis/ask/linking/links.h"

namespace sextant::ask {

namespace {

using std::chrono::year_month_day;

// 1 … 4 of "first", "2nd" …; 0: no such word.
int ordinal_of(std::string_view word) {
  static constexpr std::string_view kWords[] = {"first", "second", "third", "fourth"};
  static constexpr std::string_view kNumbers[] = {"1st", "2nd", "3rd", "4th"};
  for (int i = 0; i < 4; ++i) {
    if (word == kWords[i] || word == kNumbers[i]) return i + 1;
  }
  return 0;
}

// After these "may" is a month.
bool leads_to_month(std::string_view word) {
  static constexpr std::string_view kWords[] = {"in",    "since",  "of",    "between", "from",
                                                "to",    "until",  "till",  "during",  "through",
                                                "after", "before", "every", "each",    "last"};
  return std::ranges::find(kWords, word) != std::end(kWords);
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
    bool guessed_year = false;  // it is not said
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

  // The year that is named at the token, else spoken of as this or the last one.
  std::optional<Range> year_named(int i) const {
    int at = i;
    while (word(at) == "of" || word(at) == "in" || word(at) == "the" || word(at) == "year" ||
           word(at) == ",") {
      ++at;
    }
    if (const auto y = year_at(at)) return Range{date_of(*y, 1), date_of(*y + 1, 1), at + 1};
    const bool now = word(at) == "this" || word(at) == "current";
    const bool before = word(at) == "last" || word(at) == "previous";
    if ((!now && !before) || unit_at(at + 1) != Unit::year) return std::nullopt;
    const auto start =
        move_by(start_of(today_, Unit::year, calendar_), Unit::year, before ? -1 : 0);
    return Range{start, move_by(start, Unit::year, 1), at + 2};
  }

  // "Q3 2024", "H1 of last year", "2024 Q3", "the first quarter of 2024", "second half of the year
  // 2024", "the last 2 months of 2023"
  std::optional<Range> part_of_year(int i) const {
    const auto part = [&](int months, int nth, const std::optional<Range>& year, int last) {
      const auto whole = year ? year->from : date_of(static_cast<int>(today_.year()), 1);
      const auto start = move_by(whole, Unit::month, months * (nth - 1));
      return Range{start, move_by(start, Unit::month, months), last, !year};
    };
    const auto short_name = [&](int at) -> std::pair<int, int> {  // months, which
      const std::string& w = word(at);
      if (w.size() != 2 || w[1] < '1') return {0, 0};
      if (w[0] == 'q' && w[1] <= '4') return {3, w[1] - '0'};
      if (w[0] == 'h' && w[1] <= '2') return {6, w[1] - '0'};
      return {0, 0};
    };
    if (const auto [months, nth] = short_name(i); months != 0) {
      const auto year = year_named(i + 1);
      if (months == 6 && !year) return std::nullopt;  // "h1" alone says little
      return part(months, nth, year, year ? year->last : i + 1);
    }
    if (const auto y = year_at(i)) {
      const auto [months, nth] = short_name(i + 1);
      if (months != 0) return part(months, nth, year_named(i), i + 2);
    }
    const bool last = word(i) == "last" || word(i) == "final";
    const int nth = ordinal_of(word(i));
    if (nth == 0 && !last) return std::nullopt;
    int months = 0, at = i + 2, count = 1;
    if (unit_at(i + 1) == Unit::quarter) {
      months = 3;
    } else if (word(i + 1) == "half") {
      months = 6;
    } else if (unit_at(i + 1) == Unit::month && (nth == 1 || last)) {
      months = 1;
    } else if (nth == 1 || last) {  // "the first three months of"
      const auto n = i + 1 < size() && links_.tokens[i + 1].number ? links_.tokens[i + 1].number
                                                                   : number_word(word(i + 1));
      const Unit unit = unit_at(i + 2);
      if (!n || *n < 1 || *n > 11 || (unit != Unit::month && unit != Unit::quarter))
        return std::nullopt;
      count = static_cast<int>(*n) * (unit == Unit::quarter ? 3 : 1);
      if (count > 11) return std::nullopt;
      months = 1;
      at = i + 3;
    }
    const auto year = months == 0 ? std::nullopt : year_named(at);
    if (!year || nth * months > 12) return std::nullopt;
    if (last) return Range{move_by(year->to, Unit::month, -months * count), year->to, year->last};
    const auto start = move_by(year->from, Unit::month, months * (nth - 1));
    return Range{start, move_by(start, Unit::month, months * count), year->last};
  }

  // A named period that begins at token i.
  std::optional<Range> named(int i) const {
    if (i >= size()) return std::nullopt;
    const std::string& w = word(i);
    if (const auto range = fiscal(i)) return range;
    if (const auto range = part_of_year(i)) return range;
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
      const unsigned m = at < size() ? month_named(word(at)) : 0;
      if (m != 0) {
        const auto y = year_at(at + 1);
        int year = y ? *y : static_cast<int>(today_.year());
        if (!y && date_of(year, m, *d) > today_) --year;
        const auto date = date_of(year, m, *d);
        if (date.ok()) return Range{date, move_by(date, Unit::day, 1), y ? at + 2 : at + 1};
      }
    }
    if (const unsigned m = month_named(w)) {
      int at = i + 1;
      const auto d = day_at(at);
      if (d) ++at;
      if (word(at) == "," || (word(at) == "of" && year_at(at + 1))) ++at;
      const auto y = year_at(at);
      if (y) {
        ++at;
      } else if (d) {
        at = i + 2;
      } else {
        at = i + 1;
        if (w == "may" && !leads_to_month(word(i - 1))) return std::nullopt;
      }
      int year = y ? *y : static_cast<int>(today_.year());
      if (!y && date_of(year, m) > today_) --year;
      if (d) {
        const auto date = date_of(year, m, *d);
        if (!date.ok()) return std::nullopt;
        return Range{date, move_by(date, Unit::day, 1), at, !y};
      }
      return Range{date_of(year, m), move_by(date_of(year, m), Unit::month, 1), at, !y};
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

  // Words after a bound: "2023-06-01 inclusive".
  int after_bound(int i, bool* exclusive) const {
    const int at = word(i) == "(" ? i + 1 : i;
    *exclusive = word(at) == "exclusive" || word(at) == "excluded" || word(at) == "exclusively";
    if (!*exclusive && word(at) != "inclusive" && word(at) != "included") return i;
    return at > i ? at + 2 : at + 1;
  }

  // "between May and August 2023", "from 2023-06-01 inclusive to 2023-06-08 exclusive": both ends.
  // A month without a year is of the year of the other end.
  int range_at(int first, int from) {
    auto low = named(word(from) == "the" ? from + 1 : from);
    if (!low) return 0;
    bool excludes_low = false, excludes_high = false;
    int at = after_bound(low->last, &excludes_low);
    const bool joined = word(at) == "and" || word(at) == "to" || word(at) == "till" ||
                        word(at) == "until" || word(at) == "through" || word(at) == "thru" ||
                        (word(at) == "-" && word(first) == "from");
    if (!joined) return 0;
    ++at;
    const auto high = named(word(at) == "the" ? at + 1 : at);
    if (!high) return 0;
    if (low->guessed_year && !high->guessed_year) {
      const auto moved = [&](year_month_day d) {
        return move_by(d, Unit::year,
                       static_cast<int>(high->from.year()) - static_cast<int>(low->from.year()));
      };
      *low = {moved(low->from), moved(low->to), low->last};
      if (low->from > high->from)
        *low = {move_by(low->from, Unit::year, -1), move_by(low->to, Unit::year, -1), low->last};
    }
    const int last = after_bound(high->last, &excludes_high);
    add(iso(excludes_low ? low->to : low->from), iso(excludes_high ? high->from : high->to), first,
        last);
    return last;
  }

  enum class Side { none, from, after, before, until };

  // The words that say on which side of a day: "since", "prior to", "on or after".
  Side side_at(int i, int* value) const {
    const std::string& w = word(i);
    *value = i + 1;
    if (w == "on" && word(i + 1) == "or") {
      *value = i + 3;
      if (word(i + 2) == "after") return Side::from;
      if (word(i + 2) == "before") return Side::until;
    }
    *value = i + 2;
    if ((w == "starting" || w == "beginning") && (word(i + 1) == "in" || word(i + 1) == "from"))
      return Side::from;
    if ((w == "prior" && word(i + 1) == "to") || (w == "earlier" && word(i + 1) == "than"))
      return Side::before;
    if (w == "later" && word(i + 1) == "than") return Side::after;
    if (w == "up" && word(i + 1) == "to") return Side::until;
    *value = i + 1;
    if (w == "since") return Side::from;
    if (w == "after") return Side::after;
    if (w == "before") return Side::before;
    if (w == "until" || w == "till" || w == "through") return Side::until;
    return Side::none;
  }

  int at(int i) {
    const std::string& w = word(i);
    if (w == "between" || w == "from") {
      if (const int last = range_at(i, i + 1)) return last;
    }
    int value = i + 1;
    if (const Side side = side_at(i, &value); side != Side::none) {
      if (word(value) == "the") ++value;
      if (const auto range = named(value)) {
        const bool lower = side == Side::from || side == Side::after;
        const auto bound = side == Side::from || side == Side::before ? range->from : range->to;
        add(lower ? iso(bound) : "", lower ? "" : iso(bound), i, range->last);
        return range->last;
      }
    }
    int first = i;
    if (w == "in" || w == "during" || w == "for" || w == "on" || w == "of" || w == "over") {
      ++i;
      if (word(i) == "the") ++i;
      if (word(i) == "year") ++i;
    }
    if (month_named(word(i)) != 0 || year_at(i)) {  // "June to August 2023"
      if (const int last = range_at(first, i)) return last;
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
