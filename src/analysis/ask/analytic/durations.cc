// Time that passes between two dates of a record: "average days between order date and ship date",
// "how long does shipping take", "shipped more than 7 days after ordering".
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <tuple>

#include "analysis/ask/analytic/reader.h"
#include "analysis/ask/linking/days.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

// The unit that DuckDB's date_diff calls so; "" when the word is none.
std::string_view unit_of(std::string_view word) {
  if (word == "day" || word == "days") return "day";
  if (word == "week" || word == "weeks") return "week";
  if (word == "month" || word == "months") return "month";
  if (word == "year" || word == "years") return "year";
  if (word == "hour" || word == "hours") return "hour";
  if (word == "minute" || word == "minutes") return "minute";
  if (word == "second" || word == "seconds") return "second";
  return "";
}

// Words for the end of the same thing.
bool akin(const std::string& said, const std::string& named) {
  static const std::vector<WordSet> kKin = {
      {"ship", "deliveri", "deliver", "dispatch", "fulfil", "arriv"},
      {"resolv", "resolut", "close", "complet", "finish", "end", "solv"},
      {"admit", "admiss", "enrol", "enroll"},
      {"hire", "employ"},
      {"fire", "terminat", "dismiss"}};
  return said == named || std::ranges::any_of(kKin, [&](const WordSet& kin) {
           return kin.contains(said) && kin.contains(named);
         });
}

// Of two times as the data has them, "2023-06-01 09:45:22"; nothing where a time of day is missing.
std::optional<double> hours_between(const std::string& from, const std::string& to) {
  const auto hours = [](const std::string& time) -> std::optional<double> {
    const auto day = parse_iso(time);
    int hour = 0, minute = 0, second = 0;
    if (!day || time.size() < 16 ||
        std::sscanf(time.c_str() + 11, "%2d:%2d:%2d", &hour, &minute, &second) < 2) {
      return std::nullopt;
    }
    const auto days = std::chrono::sys_days(*day).time_since_epoch().count();
    return 24. * static_cast<double>(days) + hour + minute / 60. + second / 3600.;
  };
  const auto begin = hours(from), end = hours(to);
  if (!begin || !end) return std::nullopt;
  return *end - *begin;
}

}  // namespace

// The columns of dates that a word speaks of ("shipping", "delivered", "ordering").
std::vector<int> Reader::dates_spoken_of(int token) const {
  std::vector<int> dates;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    const ColumnEntry& column = context_.columns()[c];
    const bool spoken =
        column.kind == Kind::date && std::ranges::any_of(column.words, [&](const Token& part) {
          return part.stem != "date" && part.stem != "time" && part.stem != "at" &&
                 akin(links_.tokens[token].stem, part.stem);
        });
    if (spoken) dates.push_back(static_cast<int>(c));
  }
  return dates;
}

// "session duration": from session_start to session_end of sessions.
std::optional<std::pair<int, int>> Reader::start_and_end(int token) const {
  static const WordSet kStarts = {"start", "started", "begin", "began", "open", "opened", "login"};
  static const WordSet kEnds = {"end",  "ended", "finish", "finished",
                                "stop", "close", "closed", "logout"};
  for (int back = token - 1; back >= std::max(0, token - 2); --back) {
    int start = -1, end = -1;
    for (const int c : dates_of(back)) {
      for (const Token& part : context_.columns()[c].words) {
        if (kStarts.contains(part.word)) start = c;
        if (kEnds.contains(part.word)) end = c;
      }
    }
    if (start >= 0 && end >= 0) return std::pair(start, end);
  }
  return std::nullopt;
}

// The columns of dates of the rows that the token names, or that are called by it themselves.
std::vector<int> Reader::dates_of(int token) const {
  std::vector<int> dates;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    const ColumnEntry& column = context_.columns()[c];
    if (column.kind != Kind::date) continue;
    const bool called = std::ranges::any_of(
        column.words, [&](const Token& part) { return part.stem == links_.tokens[token].stem; });
    if (called || links_.table_match[column.table][token] >= 0.9f)
      dates.push_back(static_cast<int>(c));
  }
  return dates;
}

// The largest unit of which the usual span between the two dates has several.
std::string_view Reader::fitting_unit(int from, int to) const {
  std::vector<double> hours;
  const auto& begins = *context_.columns()[from].sample;
  const auto& ends = *context_.columns()[to].sample;
  for (std::size_t r = 0; r < std::min(begins.size(), ends.size()); ++r) {
    const auto* begin = std::get_if<std::string>(&begins[r]);
    const auto* end = std::get_if<std::string>(&ends[r]);
    if (const auto lasted = begin && end ? hours_between(*begin, *end) : std::nullopt)
      hours.push_back(std::abs(*lasted));
  }
  if (hours.empty()) return "day";
  std::ranges::nth_element(hours, hours.begin() + static_cast<std::ptrdiff_t>(hours.size() / 2));
  const double usual = hours[hours.size() / 2];
  return usual >= 48 || usual == 0 ? "day" : usual >= 3 ? "hour" : "minute";
}

// Where a question speaks of a span of time: the dates that it runs between, and its unit.
std::optional<Reader::Duration> Reader::duration_asked() const {
  int dates = 0;
  for (const ColumnEntry& column : context_.columns()) dates += column.kind == Kind::date;
  if (dates < 2) return std::nullopt;
  Duration duration;
  bool cued = false;
  int first = size(), last = 0;
  const auto covers = [&](int from, int to) {
    first = std::min(first, from);
    last = std::max(last, to);
  };
  for (int i = 0; i < size(); ++i) {
    const std::string& w = word(i);
    if (!unit_of(w).empty() && duration.unit.empty() && !mention_of_date(i)) {
      duration.unit = unit_of(w);
      const bool spans = word(i + 1) == "between" || word(i + 1) == "from" ||
                         word(i + 1) == "after" || word(i + 1) == "to" || word(i + 1) == "before";
      if (!spans) continue;
      cued = true;
      covers(i, i + 2);
    } else if (w == "how" && word(i + 1) == "long") {
      cued = true;
      covers(i, i + 2);
    } else if (const auto both =
                   w == "duration" || w == "length" ? start_and_end(i) : std::nullopt) {
      std::tie(duration.from, duration.to) = *both;
      cued = true;
      covers(i - 1, i + 1);
    } else if (const auto whole = w == "lasted" || w == "last" || w == "lasting" || w == "lasts"
                                      ? start_and_end(i)
                                      : std::nullopt) {
      std::tie(duration.from, duration.to) = *whole;
      cued = true;
      covers(i, i + 1);
    } else if ((w == "time" || w == "times" || w == "duration") && i > 0 &&
               !dates_spoken_of(i - 1).empty() && !mention_of_date(i)) {
      cued = true;
      covers(i - 1, i + 1);
    } else if (w == "time" &&
               (word(i + 1) == "to" || word(i + 1) == "between" || word(i + 1) == "from")) {
      cued = true;
      covers(i, i + 2);
    }
  }
  if (!cued) return std::nullopt;
  struct Spoken {
    int column, first, last;
  };
  std::vector<Spoken> spoken;
  for (int i = 0; i < size() && duration.to < 0; ++i) {
    const Mention m = mention_at(context_, links_, i);
    if (m.named == Named::column && context_.columns()[m.id].kind == Kind::date) {
      spoken.push_back({m.id, i, m.last});
      i = m.last - 1;
      continue;
    }
    for (const int c : dates_spoken_of(i)) spoken.push_back({c, i, i + 1});
  }
  // The first two of one row.
  for (std::size_t a = 0; a < spoken.size() && duration.to < 0; ++a) {
    for (std::size_t b = a + 1; b < spoken.size() && duration.to < 0; ++b) {
      if (spoken[b].first == spoken[a].first || spoken[b].column == spoken[a].column ||
          context_.columns()[spoken[a].column].table !=
              context_.columns()[spoken[b].column].table) {
        continue;
      }
      duration.from = spoken[a].column;
      duration.to = spoken[b].column;
      covers(spoken[a].first, spoken[b].last);
    }
  }
  if (duration.to < 0) {  // "how long does shipping take": from when the records begin
    if (!on_a_sheet() || spoken.empty()) return std::nullopt;
    duration.to = spoken.front().column;
    covers(spoken.front().first, spoken.front().last);
    duration.from = time_column(context_, 0);
    if (duration.from < 0 || duration.from == duration.to) return std::nullopt;
  }
  // The one that comes first in the columns is the earlier, as in "days after ordering".
  if (duration.from > duration.to) std::swap(duration.from, duration.to);
  if (duration.unit.empty()) duration.unit = fitting_unit(duration.from, duration.to);
  duration.first = first;
  duration.last = last;
  return duration;
}

bool Reader::mention_of_date(int token) const {
  const Mention m = mention_at(context_, links_, token);
  return m.named == Named::column && context_.columns()[m.id].kind == Kind::date && m.score > 0.9f;
}

void Reader::take_taking() {
  static const WordSet kTaking = {"take", "takes", "took", "does", "do", "did", "it", "needed"};
  for (int i = 0; i < size(); ++i) {
    if (kTaking.contains(word(i))) take(i, i + 1);
  }
}

void Reader::find_duration() {
  const auto duration = duration_asked();
  if (!duration) return;
  const int table = context_.columns()[duration->from].table;
  const auto name = [&](int column) { return context_.columns()[column].model->name; };
  const auto quoted = [&](int column) {
    return text::quote_identifier(table_name(table)) + "." + text::quote_identifier(name(column));
  };
  Computed computed;
  computed.table = table_name(table);
  computed.name =
      fmt::format("{}s from {} to {}", duration->unit, name(duration->from), name(duration->to));
  computed.expression = fmt::format("date_diff('{}', {}, {})", duration->unit,
                                    quoted(duration->from), quoted(duration->to));
  computed.type = "BIGINT";
  // "more than 7 days after": a condition of the records.
  for (const Option& option : links_.options) {
    if (option.evidence != Evidence::compare || unit_of(word(option.last)).empty()) continue;
    Condition condition;
    condition.table = computed.table;
    condition.column = computed.name;
    condition.op = option.op;
    condition.values = option.values;
    condition.span = span(std::max(0, option.cue_first), duration->last);
    reading_.filters.push_back({{std::move(condition)}, false});
    reading_.computed.push_back(std::move(computed));
    take(std::max(0, std::min(option.cue_first, duration->first)),
         std::max(duration->last, option.last + 1));
    take_taking();
    main_ = table;
    return;
  }
  Measure measure;
  measure.aggregate = Aggregate::avg;
  for (int i = 0; i < size(); ++i) {
    if (const auto named = aggregate_named(word(i))) {
      measure.aggregate = *named;
      take(i, i + 1);
    }
  }
  // "the longest shipping time" is one figure, "which region has the longest" a choice of groups.
  const bool chooses = (word(0) == "which" || word(0) == "what") && mention_at(context_, links_, 1);
  if (superlative_ && superlative_->last == duration->first && !chooses) {
    measure.aggregate = superlative_->high ? Aggregate::max : Aggregate::min;
    superlative_.reset();
  }
  measure.table = computed.table;
  measure.column = computed.name;
  measure.span = span(duration->first, duration->last);
  reading_.measures.push_back(std::move(measure));
  reading_.computed.push_back(std::move(computed));
  take(duration->first, duration->last);
  take_taking();
  main_ = table;
  strong_ = true;
}

}  // namespace sextant::ask
