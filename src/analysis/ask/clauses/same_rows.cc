// Conditions of one row of a table that has several for each row asked about: "offered in fall
// 2009" is one section, not one in fall and another in 2009. Each becomes a condition on the key:
// among those of the rows that satisfy all of them.
#include <algorithm>
#include <map>
#include <set>

#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

namespace {

std::int64_t begins(const Filter& f) { return f.any_of.front().span->start; }

bool of_values(const Filter& f) {
  return !f.any_of.empty() && std::ranges::all_of(f.any_of, [](const Condition& c) {
    return c.of.empty() && c.span.has_value();
  });
}

// "fall 2009 or spring 2010": the first of one column stands beside the first of the other.
bool alternate(const Filter& a, const Filter& b) {
  const std::size_t n = a.any_of.size();
  if (n < 2 || b.any_of.size() != n) return false;
  for (std::size_t i = 0; i < n; ++i) {
    const auto first = std::max(a.any_of[i].span->start, b.any_of[i].span->start);
    if (i + 1 < n && std::min(a.any_of[i + 1].span->start, b.any_of[i + 1].span->start) < first) {
      return false;
    }
  }
  return true;
}

}  // namespace

// Whether only small words stand between the end of one span and the start of the other.
bool ClauseParser::side_by_side(const Span& before, const Span& after) const {
  if (after.start < before.end) return false;
  int between = 0;
  for (int i = 0; i < size(); ++i) {
    const Token& token = links_.tokens[i];
    if (token.start < before.end || token.end > after.start) continue;
    if (!is(i, {"of", "in", "the", "year", ",", "during"}) || ++between > 3) return false;
  }
  return true;
}

// The key of the main table among those of rows that satisfy all of the filters.
Condition ClauseParser::of_one_row(const JoinStep& step, std::vector<Filter> filters) const {
  Condition among{reading_.table, step.from.column, Operator::in};
  Span all = *filters.front().any_of.front().span;
  for (const Filter& f : filters) {
    for (const Condition& c : f.any_of) {
      all.start = std::min(all.start, c.span->start);
      all.end = std::max(all.end, c.span->end);
    }
  }
  among.span = all;
  Reading rows;
  rows.table = step.to.table;
  rows.matched = true;
  rows.columns.push_back({step.to.table, step.to.column, std::nullopt});
  rows.joins = reading_.joins;
  rows.filters = std::move(filters);
  among.of.push_back(std::move(rows));
  return among;
}

void ClauseParser::join_same_rows() {
  if (intersect_ || both_partners_) return;
  // Filters by the step that leads from the main table to several rows.
  std::map<std::string, std::pair<JoinStep, std::vector<Filter>>> apart;
  std::vector<Filter> kept;
  for (Filter& f : reading_.filters) {
    const std::string& table = f.any_of.front().table;
    const auto path = table == reading_.table || !of_values(f)
                          ? std::nullopt
                          : join_path(context_.model(), reading_.table, table, reading_.joins);
    if (!path || path->empty() || !path->front().multiplies ||
        std::ranges::any_of(f.any_of, [&](const Condition& c) { return c.table != table; })) {
      kept.push_back(std::move(f));
      continue;
    }
    auto& [step, filters] = apart[path->front().to.table];
    step = path->front();
    filters.push_back(std::move(f));
  }
  for (auto& [child, found] : apart) {
    auto& [step, filters] = found;
    std::ranges::sort(filters, {}, begins);
    const auto same_column = [](const Filter& a, const Filter& b) {
      return a.any_of.front().table == b.any_of.front().table &&
             a.any_of.front().column == b.any_of.front().column;
    };
    // "but not in spring 2010": what stands beside what is denied is denied with it.
    for (std::size_t i = 0; i + 1 < filters.size(); ++i) {
      Filter &a = filters[i], &b = filters[i + 1];
      if (!(a.negated || b.negated) || a.any_of.size() > 1 || b.any_of.size() > 1 ||
          same_column(a, b) || !side_by_side(*a.any_of[0].span, *b.any_of[0].span)) {
        continue;
      }
      a.negated = b.negated = false;
      kept.push_back({{of_one_row(step, {std::move(a), std::move(b)})}, true});
      filters.erase(filters.begin() + static_cast<std::ptrdiff_t>(i),
                    filters.begin() + static_cast<std::ptrdiff_t>(i) + 2);
      --i;
    }
    for (std::size_t i = 0; i + 1 < filters.size(); ++i) {
      Filter &a = filters[i], &b = filters[i + 1];
      if (a.negated || b.negated || same_column(a, b) || !alternate(a, b)) continue;
      Filter either;
      for (std::size_t k = 0; k < a.any_of.size(); ++k) {
        either.any_of.push_back(of_one_row(step, {{{a.any_of[k]}, false}, {{b.any_of[k]}, false}}));
      }
      kept.push_back(std::move(either));
      filters.erase(filters.begin() + static_cast<std::ptrdiff_t>(i),
                    filters.begin() + static_cast<std::ptrdiff_t>(i) + 2);
      --i;
    }
    std::vector<Filter> together;
    for (Filter& f : filters) (f.negated ? kept : together).push_back(std::move(f));
    bool twice = false;  // both of two values: each of its own row
    for (std::size_t i = 0; i < together.size(); ++i) {
      for (std::size_t j = i + 1; j < together.size(); ++j) {
        twice = twice || same_column(together[i], together[j]);
      }
    }
    if (together.size() < 2 || twice) {
      std::ranges::move(together, std::back_inserter(kept));
    } else {
      kept.push_back({{of_one_row(step, std::move(together))}, false});
    }
  }
  reading_.filters = std::move(kept);
}

}  // namespace sextant::ask
