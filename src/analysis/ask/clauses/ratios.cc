#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

// Where "to" or "out of" parts the two figures of "the ratio of … to …"; `from` is "ratio".
int ClauseParser::ratio_parted(int from) const {
  for (int i = from + 2; i < size(); ++i) {
    if (taken_[i]) continue;
    if (is(i, {"to"}) && !is(i - 1, {"equal", "up", "compared", "due"})) return i;
    if (is(i, {"out"}) && is(i + 1, {"of"})) return i;
  }
  return -1;
}

// A figure of a ratio within the tokens: the rows of a table, or the sum of a column of numbers.
std::optional<Part> ClauseParser::ratio_figure(int first, int last) const {
  for (int i = first; i < last; ++i) {
    const NameUse* use = name_at(i);
    if (!use) continue;
    if (const int rows = rows_named(*use); rows >= 0) {
      return Part{Aggregate::count, -1, rows, use->first, use->last};
    }
    if (!use->table && is_measure(column(use->id))) {
      return Part{Aggregate::sum, use->id, column(use->id).table, use->first, use->last};
    }
  }
  return std::nullopt;
}

// The conditions of each figure of a ratio; what comes before, and what only the second side says
// beside what both do, holds for both. False where they can not be told apart.
bool ClauseParser::split_ratio_filters(int from, int to, Measure& above, Measure& below) {
  const std::string name = above.table;
  const auto at = [](const Filter& f) {
    return f.any_of.front().span ? f.any_of.front().span->start : -1;
  };
  std::vector<Filter> both;
  for (Filter f : reading_.filters) {
    // "in New York" is of the rows that are counted, where they have such a column.
    for (Condition& c : f.any_of) {
      if (c.table != name && context_.find_column(name, c.column) >= 0) c.table = name;
    }
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
  bool all = false;
  for (int i = to; i < size(); ++i) all = all || is(i, {"all", "total", "overall"});
  const bool several = below.filters.size() > 1;
  std::erase_if(below.filters, [&](const Filter& f) {
    const bool shared = std::ranges::any_of(above.filters, [&](const Filter& other) {
      return other.any_of[0].column == f.any_of[0].column;
    });
    if (shared || above.filters.empty() || !(several || all)) return false;
    both.push_back(f);
    return true;
  });
  reading_.filters = std::move(both);
  // "vegan ones to those in Rome" compares nothing.
  return above.filters.empty() || below.filters.empty() ||
         std::ranges::any_of(below.filters, [&](const Filter& f) {
           return std::ranges::any_of(above.filters, [&](const Filter& other) {
             return other.any_of[0].column == f.any_of[0].column;
           });
         });
}

// Whether each row of the table has at most one partner in the other.
bool ClauseParser::reached_once(int table, int other) const {
  if (other == table) return true;
  const auto path = join_path(context_.model(), context_.tables()[table].model->name,
                              context_.tables()[other].model->name);
  return path && std::ranges::none_of(*path, &JoinStep::multiplies);
}

// "… for each course": what a ratio is grouped by, from whose rows the figures are reached without
// repeating any.
bool ClauseParser::group_ratio(int table) {
  find_groups();
  const auto add = [&](int c, bool hidden) {
    reading_.dimensions.push_back({context_.tables()[column(c).table].model->name,
                                   column(c).model->name, Grain::none, std::nullopt, hidden});
  };
  for (const Part& group : groups_) {
    if (group.column < 0 || group.grain != Grain::none ||
        !reached_once(table, column(group.column).table))
      return false;
    add(group.column, false);
  }
  for (const int group : group_tables_) {
    if (!reached_once(table, group)) return false;
    const int label = label_column(context_, group), key = key_column(group);
    add(label, false);
    if (key >= 0 && key != label) add(key, true);
  }
  return true;
}

// "the ratio of orders above 100 to orders below 100", "… to the total number of orders": two
// counts of the rows of one table, each with its own conditions; "the ratio of A to B for each C":
// of two figures.
bool ClauseParser::read_ratio() {
  int from = -1;
  for (int i = 0; i + 1 < size() && from < 0; ++i) {
    if (is(i, {"ratio", "proportion"}) && is(i + 1, {"of"}) && !taken_[i] && !name_at(i)) from = i;
  }
  if (from < 0) return false;
  const int to = ratio_parted(from);
  if (to < 0) return false;
  // "open businesses to closed ones", "Italian restaurants": what is counted is named on one side.
  const auto before = ratio_figure(from + 2, to), after = ratio_figure(to + 1, size());
  if (!before && !after) return false;
  const Part first = before ? *before : *after, second = after ? *after : *before;
  const bool same = first.table == second.table && first.column == second.column;
  if (!same && !reading_.filters.empty()) return false;
  const int main = finest_table({first.table, second.table});
  if (!reached_once(main, first.table) || !reached_once(main, second.table)) return false;
  Measure above = to_measure(first), below = to_measure(second);
  above.span = below.span = std::nullopt;
  const auto filters = reading_.filters;
  if (!split_ratio_filters(from, to, above, below) ||
      (same && above.filters.empty() && below.filters.empty())) {
    reading_.filters = filters;
    return false;
  }
  const auto free = taken_;
  take(from, from + 2);
  take(to, to + (is(to, {"out"}) ? 2 : 1));
  take(first.first, first.last);
  take(second.first, second.last);
  const bool grouped = group_ratio(main);
  if (!grouped || (!same && reading_.dimensions.empty())) {
    reading_.filters = filters;
    reading_.dimensions.clear();
    groups_.clear();
    group_tables_.clear();
    taken_ = free;
    return false;
  }
  reading_.table = context_.tables()[main].model->name;
  Measure ratio;
  ratio.arithmetic = Arithmetic::ratio;
  ratio.span = span(from, from + 1);
  ratio.operands = {std::move(above), std::move(below)};
  reading_.measures.push_back(std::move(ratio));
  for (int i = from + 2; i < size(); ++i) {
    const NameUse* use = name_at(i);
    if (use && rows_named(*use) == first.table) take(use->first, use->last);
    if (is(i, {"total", "number", "overall", "database", "all"})) take(i, i + 1);
  }
  return true;
}

std::optional<ClauseReading> ClauseParser::finish_ratio() {
  ClauseReading result;
  result.explained = explained();
  result.unexplained = unexplained();
  result.structured = result.cued = true;
  result.reading = std::move(reading_);
  return result;
}

}  // namespace sextant::ask
