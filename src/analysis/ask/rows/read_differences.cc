#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

// "how many more points did A have than B?", "the difference in votes between A and B".
bool RowReader::difference() {
  int cue = find({"difference"});
  for (int i = 0; cue < 0 && i + 2 < size(); ++i) {
    const bool much = is(i, {"how"}) && is(i + 1, {"many", "much"});
    if (much && comparing_word(word(i + 2))) {
      cue = i + 2;
    }
  }
  // "how many days are between A and B"
  for (int i = 0; cue < 0 && i + 2 < size() && find({"between"}) >= 0; ++i) {
    if (is(i, {"how"}) && is(i + 1, {"many"}) && is(i + 2, {"days", "years"})) cue = i + 2;
  }
  if (cue < 0 || entities_.size() < 2) return false;
  // A column may be called so.
  if (std::ranges::any_of(links_.match, [&](const auto& m) { return m[cue] >= 0.9f; }))
    return false;
  for (std::size_t i = 0; i + 1 < entities_.size(); ++i) {
    for (std::size_t j = i + 1; j < entities_.size(); ++j) {
      const Entity &left = entities_[i], &right = entities_[j];
      bool joined = false;
      for (int t = left.last; t < right.first; ++t) {
        joined = joined || is(t, {"and", "than", "compared", "to", "from"});
      }
      // "than A did B": the second may stand before.
      joined = joined || find({"than"}) >= 0;
      int a = -1, b = -1;
      if (!joined || !same_column(left, right, a, b)) continue;
      for (int t = left.first; t < left.last; ++t) taken_[t] = true;
      for (int t = right.first; t < right.last; ++t) taken_[t] = true;
      const int subject = links_.options[a].column;
      const int y = compared_column(cue, true);
      RowSet one, two;
      std::vector<bool> used = taken_;
      for (int t = 0; t < size(); ++t) {
        if (y >= 0 && links_.match[y][t] >= 0.55f) used[t] = true;
      }
      const auto rest = conditions(used);
      one.where = two.where = rest;
      one.where.push_back({test_of(a)});
      two.where.push_back({test_of(b)});
      if (rows_of(one).empty() || rows_of(two).empty()) {
        one.where = {{test_of(a)}};
        two.where = {{test_of(b)}};
      }
      query_.rows = std::move(one);
      query_.other = std::move(two);
      if (y >= 0 && y != subject) {
        query_.answer = RowAnswer::difference;
        answer_column_ = y;
        // "how many years": of two dates the years are compared.
        query_.as = as_[y] == ReadAs::date && find({"year", "years"}) >= 0 ? ReadAs::year : as_[y];
      } else {
        query_.answer = RowAnswer::more;
        answer_column_ = -1;
      }
      certainty_ = Certainty::sure;
      return true;
    }
  }
  return false;
}

}  // namespace sextant::ask
