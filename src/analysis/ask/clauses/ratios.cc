#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"

namespace sextant::ask {

// "the ratio of orders above 100 to orders below 100", "… to the total number of orders": two
// counts of the rows of one table, each with its own conditions; what comes before holds for both.
bool ClauseParser::read_ratio() {
  int from = -1;
  for (int i = 0; i + 1 < size() && from < 0; ++i) {
    if (is(i, {"ratio", "proportion"}) && is(i + 1, {"of"}) && !taken_[i] && !name_at(i)) from = i;
  }
  if (from < 0) return false;
  int to = -1;
  for (int i = from + 2; i < size() && to < 0; ++i) {
    if (is(i, {"to"}) && !taken_[i] && !is(i - 1, {"equal", "up", "compared", "due"})) to = i;
  }
  if (to < 0) return false;
  const auto rows_in = [&](int first, int last) {
    for (int i = first; i < last; ++i) {
      const NameUse* use = name_at(i);
      if (use && rows_named(*use) >= 0) return rows_named(*use);
    }
    return -1;
  };
  const int table = rows_in(from + 2, to);
  const int other = rows_in(to + 1, size());
  if (table < 0 || (other >= 0 && other != table)) return false;
  const std::string& name = context_.tables()[table].model->name;
  Measure ratio;
  ratio.arithmetic = Arithmetic::ratio;
  ratio.span = span(from, from + 1);
  Measure above{Aggregate::count, name}, below{Aggregate::count, name};
  const auto at = [&](const Filter& f) {
    return f.any_of.front().span ? f.any_of.front().span->start : -1;
  };
  std::vector<Filter> both;
  for (const Filter& f : reading_.filters) {
    const bool own = f.any_of.size() == 1 && f.any_of.front().table == name;
    if (at(f) < links_.tokens[from].start) {
      both.push_back(f);
    } else if (!own && f.any_of.size() == 2 && f.any_of[0].table == name) {
      above.filters.push_back({{f.any_of[0]}, f.negated});  // a value on each side
      below.filters.push_back({{f.any_of[1]}, f.negated});
    } else if (!own) {
      return false;
    } else {
      (at(f) < links_.tokens[to].start ? above : below).filters.push_back(f);
    }
  }
  if (above.filters.empty() && below.filters.empty()) return false;
  reading_.filters = std::move(both);
  reading_.table = name;
  ratio.operands = {std::move(above), std::move(below)};
  reading_.measures.push_back(std::move(ratio));
  take(from, from + 2);
  take(to, to + 1);
  for (int i = from + 2; i < size(); ++i) {
    const NameUse* use = name_at(i);
    if (use && rows_named(*use) == table) take(use->first, use->last);
    if (is(i, {"total", "number", "overall", "database", "all"})) take(i, i + 1);
  }
  return true;
}

std::optional<ClauseReading> ClauseParser::finish_ratio() {
  ClauseReading result;
  result.explained = explained();
  result.structured = result.cued = true;
  result.reading = std::move(reading_);
  return result;
}

}  // namespace sextant::ask
