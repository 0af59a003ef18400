#include <algorithm>

#include "analysis/ask/rows/row_reader.h"
#include "analysis/ask/stable_sort.h"

namespace sextant::ask {

int strength(const Option& option) {
  switch (option.evidence) {
    case Evidence::exact:
      return 3;
    case Evidence::fuzzy:
      return 2;
    case Evidence::partial:
      return 1;
    default:
      return 0;
  }
}

// Values of whole cells, longer runs first; then cells near them or that have them as a part.
void RowReader::find_entities() {
  std::vector<int> order;
  for (std::size_t i = 0; i < links_.options.size(); ++i) {
    const Option& o = links_.options[i];
    const bool value =
        strength(o) > 0 && o.op == Operator::equal && !o.values.empty() && o.values[0].is_string();
    const bool number = o.evidence == Evidence::number && o.op == Operator::equal;
    if (value || number) order.push_back(static_cast<int>(i));
  }
  stable_sort_by(order, [&](int x, int y) {
    const Option &a = links_.options[x], &b = links_.options[y];
    const int wide_a = a.last - a.first, wide_b = b.last - b.first;
    if (wide_a != wide_b) return wide_a > wide_b;
    return strength(a) > strength(b);
  });
  for (const int id : order) {
    const Option& o = links_.options[id];
    bool inside = false;
    Entity* same = nullptr;
    for (Entity& e : entities_) {
      if (e.first == o.first && e.last == o.last) {
        same = &e;
      } else {
        inside = inside || (o.first < e.last && e.first < o.last);
      }
    }
    if (same) {
      same->options.push_back(id);
      continue;
    }
    // A word of a column's name alone is no value ("year", "club"), nor is a small word.
    const bool lone = o.last - o.first == 1;
    bool header = false;
    for (std::size_t c = 0; c < links_.match.size() && lone; ++c) {
      header = header || links_.match[c][o.first] >= 0.9f;
    }
    const bool total = lone && is(o.first, {"total", "totals", "average"});
    if (inside || total || (lone && links_.info[o.first].stop) ||
        (header && strength(o) < 3 && strength(o) > 0)) {
      continue;
    }
    entities_.push_back({o.first, o.last, {id}});
  }
  std::ranges::sort(entities_, {}, &Entity::first);
}

RowTest RowReader::test_of(int option) const {
  const Option& o = links_.options[option];
  RowTest test;
  test.column = column(o.column).model->name;
  test.value = o.values[0];
  return test;
}

bool RowReader::same_column(const Entity& a, const Entity& b, int& option_a, int& option_b) const {
  double best = -1;
  for (const int x : a.options) {
    for (const int y : b.options) {
      const Option &first = links_.options[x], &second = links_.options[y];
      if (first.column != second.column || first.values == second.values) continue;
      const double score =
          std::max(1, strength(first)) + std::max(1, strength(second)) - 0.1 * first.column;
      if (score > best) {
        best = score;
        option_a = x;
        option_b = y;
      }
    }
  }
  return best >= 0;
}

}  // namespace sextant::ask
