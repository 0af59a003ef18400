// Figures made of two: so much of one thing for each of another, a part in percent of the whole.
#include <algorithm>

#include "analysis/ask/analytic/reader.h"
#include "analysis/ask/joins.h"
#include "analysis/ask/linking/records.h"

namespace sextant::ask {

// What is divided by: the different partners, or values, of the thing named.
std::optional<Measure> Reader::number_of(const Mention& thing) const {
  Measure m;
  m.aggregate = Aggregate::count_distinct;
  if (thing.named == Named::column) {
    const ColumnEntry& column = context_.columns()[thing.id];
    if (is_measure(column)) return std::nullopt;
    m.table = table_name(column.table);
    m.column = context_.columns()[identifying_column(context_, thing.id)].model->name;
    return m;
  }
  if (thing.named != Named::table || thing.id == main_) return std::nullopt;
  const auto path = join_path(context_.model(), table_name(main_), table_name(thing.id));
  if (!path || path->empty()) return std::nullopt;
  for (const JoinStep& step : *path) {
    if (step.multiplies) return std::nullopt;
  }
  m.table = path->back().from.table;
  m.column = path->back().from.column;
  return m;
}

// "the average number of orders per customer", "average revenue per order". An average of a
// column's values per something is a grouping.
void Reader::find_average_per() {
  for (int i = 0; i < size(); ++i) {
    if (aggregate_named(word(i)) != Aggregate::avg || taken_[i]) continue;
    int at = skip_fillers(i + 1);
    if (word(at) == "count" || word(at) == "amount") at = skip_fillers(at + 1);
    Mention upper = mention_at(context_, links_, at);
    if (upper.named != Named::table && upper.named != Named::metric) continue;
    for (int k = i + 1; k < at; ++k) {
      if (word(k) == "number" || word(k) == "count") upper = rows_of_metric(upper);
    }
    int per = upper.last;
    while (word(per) == "made" || word(per) == "placed" || word(per) == "for" ||
           word(per) == "by" || word(per) == "in") {
      ++per;
    }
    if (word(per) != "per" && word(per) != "each" && word(per) != "every") continue;
    const Mention lower = mention_at(context_, links_, skip_fillers(per + 1));
    if (!lower || lower.named == Named::grain || table_of(lower) < 0) continue;
    // "average revenue for each segment" is one of each segment, not of all by their number.
    if (lower.named == Named::column &&
        !context_.columns()[identifying_column(context_, lower.id)].id_like) {
      continue;
    }
    main_ = table_of(upper);
    const auto divisor = number_of(lower);
    if (!divisor || !reachable(context_, main_, context_.find_table(divisor->table))) {
      main_ = -1;
      continue;
    }
    add_measure(upper, std::nullopt);
    Measure m;
    m.arithmetic = Arithmetic::ratio;
    m.table = table_name(main_);
    m.operands = {reading_.measures.back(), *divisor};
    m.span = span(i, lower.last);
    reading_.measures.back() = std::move(m);
    take(i, lower.last);
    strong_ = true;
    return;
  }
}

// "cost per click", "revenue per unit" on a sheet: one total divided by another.
void Reader::find_figure_per_figure() {
  if (!on_a_sheet()) return;
  const auto figure = [&](const Mention& m) {
    return m.named == Named::metric ||
           (m.named == Named::column && is_measure(context_.columns()[m.id]) && m.score >= 0.75f);
  };
  for (int i = 1; i + 1 < size(); ++i) {
    if (word(i) != "per" || taken_[i]) continue;
    const Mention lower = mention_at(context_, links_, skip_fillers(i + 1));
    if (!figure(lower)) continue;
    Mention upper;
    for (int back = i - 1; back >= std::max(0, i - 3) && !upper; --back) {
      const Mention m = mention_at(context_, links_, back);
      if (m.last == i && figure(m)) upper = m;
    }
    if (!upper) continue;
    add_measure(upper, upper.named == Named::column ? std::optional(Aggregate::sum) : std::nullopt);
    Measure ratio;
    ratio.arithmetic = Arithmetic::ratio;
    ratio.operands.push_back(reading_.measures.back());
    reading_.measures.pop_back();
    add_measure(lower, lower.named == Named::column ? std::optional(Aggregate::sum) : std::nullopt);
    ratio.operands.push_back(reading_.measures.back());
    ratio.table = ratio.operands[0].table;
    ratio.span = span(upper.first, lower.last);
    reading_.measures.back() = std::move(ratio);
    const int before = upper.first - 1;
    if (aggregate_named(word(before))) take(before, before + 1);
    take(upper.first, lower.last);
    strong_ = true;
    return;
  }
}

// "share", "percentage" before "of"; -1: none.
int Reader::share_cue() const {
  static const WordSet kShares = {"share", "percentage", "percent", "proportion", "fraction"};
  for (int i = 0; i < size(); ++i) {
    if (kShares.contains(word(i)) && word(i + 1) == "of" && !links_.info[i].in_value) return i;
  }
  return -1;
}

// "the percentage of orders …" counts orders.
void Reader::find_shared() {
  const int cue = share_cue();
  if (cue < 0) return;
  const int at = skip_fillers(cue + 1);
  const Mention m = mention_at(context_, links_, at);
  if (m.named == Named::table && !taken_[m.first]) {
    add_measure(m, std::nullopt);
  } else if (on_a_sheet() && value_at(at)) {
    // "the percentage of women" is of all records.
    add_measure({Named::table, 0, Grain::none, cue, at, 1.f}, std::nullopt);
  }
}

// "what share of revenue comes from Germany", "percentage of orders returned by country": the part
// for which the condition holds, of the same figure without it. A share by groups alone is of all
// groups (mark_shares).
void Reader::part_of_whole() {
  const int cue = share_cue();
  if (cue < 0 || reading_.measures.size() != 1 || !reading_.having.empty() || reading_.limit)
    return;
  const Measure& whole = reading_.measures[0];
  if (whole.arithmetic != Arithmetic::none || !whole.span) return;
  std::vector<Filter> part, others;
  for (Filter& filter : reading_.filters) {
    const Condition& condition = filter.any_of.front();
    const bool after =
        condition.label.empty() && condition.span && condition.span->start >= whole.span->end;
    // "the share of revenue by category in Germany" is of all that is Germany's.
    const bool grouped_before = std::ranges::any_of(reading_.dimensions, [&](const Dimension& d) {
      return after && d.span && d.span->start < condition.span->start;
    });
    (after && !grouped_before ? part : others).push_back(std::move(filter));
  }
  reading_.filters = std::move(others);
  if (part.empty()) return;
  Measure share;
  share.arithmetic = Arithmetic::percentage;
  share.table = whole.table;
  share.span = whole.span;
  share.operands = {whole, whole};
  share.operands[0].filters = std::move(part);
  reading_.measures[0] = std::move(share);
  take(cue, cue + 1);
  for (int i = cue; i < size(); ++i) {
    if (word(i) == "comes" || word(i) == "come" || word(i) == "came") take(i, i + 1);
  }
}

}  // namespace sextant::ask
