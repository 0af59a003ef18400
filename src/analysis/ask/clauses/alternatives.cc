#include <algorithm>

#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

// Whether the filter and the next one are said with "and" between them, in one clause.
bool ClauseParser::joined_by_and(std::size_t filter) const {
  const Condition& a = reading_.filters[filter].any_of.back();
  const Condition& b = reading_.filters[filter + 1].any_of.front();
  if (!a.span || !b.span) return false;
  bool joined = false;
  for (int t = 0; t < size(); ++t) {
    if (links_.tokens[t].start < a.span->end || links_.tokens[t].end > b.span->start) continue;
    if (is(t, {",", "or"})) return false;
    joined = joined || is(t, {"and"});
  }
  return joined;
}

// "not 40 or over 5" denies the 40 alone: the filter is written as one that can stand beside
// others.
void ClauseParser::deny_alone(Filter& filter) {
  if (!filter.negated || filter.any_of.size() != 1) return;
  if (filter.any_of[0].op != Operator::equal) return;
  filter.negated = false;
  filter.any_of[0].op = Operator::not_equal;
}

// "over 1500 or under 500": one filter of both; "as well as" two sets.
void ClauseParser::join_alternatives() {
  for (std::size_t i = 0; i + 1 < reading_.filters.size();) {
    Filter& a = reading_.filters[i];
    Filter& b = reading_.filters[i + 1];
    bool alternative = false, conjunction = false;
    for (int t = 0; t < size(); ++t) {
      if (!a.any_of.back().span || !b.any_of.front().span) break;
      if (links_.tokens[t].start < a.any_of.back().span->end ||
          links_.tokens[t].end > b.any_of.front().span->start) {
        continue;
      }
      alternative = alternative || is(t, {"or"});
      conjunction = conjunction || is(t, {"and", "but"});
    }
    if (alternative && !conjunction) {
      // "not Paris or London" denies both.
      if (a.any_of.back().column != b.any_of.front().column) deny_alone(a);
      deny_alone(b);
    }
    if (!alternative || conjunction || a.negated || b.negated) {
      ++i;
      continue;
    }
    // "A and B, or C" holds where A or C does and B or C does.
    for (std::size_t k = i; k-- > 0 && joined_by_and(k);) {
      Filter& before = reading_.filters[k];
      if (before.negated || before.any_of.size() != 1) break;
      for (const Condition& c : b.any_of) before.any_of.push_back(c);
    }
    for (Condition& c : b.any_of) a.any_of.push_back(std::move(c));
    reading_.filters.erase(reading_.filters.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  for (const Filter& f : reading_.filters) {
    if (f.any_of.size() != 2 || f.negated || !f.any_of[0].span || !f.any_of[1].span) continue;
    bool also = false, and_said = false, rows = false, or_said = false;
    for (int t = 0; t < size(); ++t) {
      if (links_.tokens[t].start < f.any_of[0].span->end ||
          links_.tokens[t].end > f.any_of[1].span->start) {
        continue;
      }
      or_said = or_said || is(t, {"or"});
      and_said = and_said || is(t, {"and"});
      also = also || (is(t, {"well", "also"}));
      for (const auto& match : links_.table_match) rows = rows || match[t] >= 0.9f;
    }
    if (!or_said && (also || (and_said && rows))) intersect_ = true;
    // Partners that are X and partners that are Y: of rows that have both, when one row is spoken
    // of.
    if (!or_said && and_said && !rows) both_partners_ = true;
  }
}

}  // namespace sextant::ask
