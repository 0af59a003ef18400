// Time that passes between two dates of a record: "average days between order date and ship date",
// "how long does shipping take", "shipped more than 7 days after ordering".
#include <fmt/format.h>

#include <algorithm>

#include "analysis/ask/analytic/reader.h"
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
  return "";
}

// Words for the end of the same thing.
bool akin(const std::string& said, const std::string& named) {
  static const std::vector<WordSet> kKin = {
      {"ship", "deliveri", "deliver", "dispatch", "fulfil", "arriv"},
      {"resolv", "resolut", "close", "complet", "finish", "end", "solv"}};
  return said == named || std::ranges::any_of(kKin, [&](const WordSet& kin) {
           return kin.contains(said) && kin.contains(named);
         });
}

}  // namespace

// The column of dates that a word speaks of ("shipping", "delivered", "ordering"); -1:
// none.
int Reader::date_spoken_of(int token) const {
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    const ColumnEntry& column = context_.columns()[c];
    if (column.kind != Kind::date) continue;
    for (const Token& part : column.words) {
      if (part.stem == "date" || part.stem == "time" || part.stem == "at") continue;
      if (akin(links_.tokens[token].stem, part.stem)) return static_cast<int>(c);
    }
  }
  return -1;
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
    } else if ((w == "time" || w == "times" || w == "duration") && i > 0 &&
               date_spoken_of(i - 1) >= 0 && !mention_of_date(i)) {
      cued = true;
      covers(i - 1, i + 1);
    } else if (w == "time" &&
               (word(i + 1) == "to" || word(i + 1) == "between" || word(i + 1) == "from")) {
      cued = true;
      covers(i, i + 2);
    }
  }
  if (!cued) return std::nullopt;
  for (int i = 0; i < size(); ++i) {
    const Mention m = mention_at(context_, links_, i);
    const bool date = m.named == Named::column && context_.columns()[m.id].kind == Kind::date;
    const int column = date ? m.id : date_spoken_of(i);
    if (column < 0) continue;
    covers(i, date ? m.last : i + 1);
    (duration.from < 0 ? duration.from : duration.to) = column;
    if (duration.to >= 0) break;
    if (date) i = m.last - 1;
  }
  if (duration.from < 0 || duration.from == duration.to) return std::nullopt;
  if (duration.to < 0) {  // "how long does shipping take": from when the records begin
    duration.to = duration.from;
    duration.from = time_column(context_, 0);
    if (duration.from < 0 || duration.from == duration.to) return std::nullopt;
  }
  // The one that comes first in the columns is the earlier, as in "days after ordering".
  if (duration.from > duration.to) std::swap(duration.from, duration.to);
  if (duration.unit.empty()) duration.unit = "day";
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
  if (!on_a_sheet()) return;
  const auto duration = duration_asked();
  if (!duration) return;
  const auto name = [&](int column) { return context_.columns()[column].model->name; };
  const auto quoted = [&](int column) {
    return text::quote_identifier(table_name(0)) + "." + text::quote_identifier(name(column));
  };
  Computed computed;
  computed.table = table_name(0);
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
    take(std::max(0, std::min(option.cue_first, duration->first)), duration->last);
    take_taking();
    main_ = 0;
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
  main_ = 0;
  strong_ = true;
}

}  // namespace sextant::ask
