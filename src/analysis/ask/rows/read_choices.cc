#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

// "who is older, A or B?", "did A or B win more games?"
bool RowReader::choice() {
  for (int k = 1; k + 1 < size(); ++k) {
    if (!is(k, {"or"})) continue;
    const Entity *left = nullptr, *right = nullptr;
    for (const Entity& e : entities_) {
      if (e.last <= k && k - e.last <= 1) left = &e;
      if (!right && e.first > k && e.first - k <= 2) right = &e;
    }
    int a = -1, b = -1;
    if (!left || !right || !same_column(*left, *right, a, b)) continue;
    const SizeWord *compares = nullptr, *sooner = nullptr;
    int cue = -1;
    for (int i = 0; i < size(); ++i) {
      if ((i >= left->first && i < left->last) || (i >= right->first && i < right->last)) continue;
      if (const SizeWord* s = comparing_word(word(i)); s && !compares) {
        compares = s;
        cue = i;
      }
      if (const SizeWord* s = sooner_word(word(i)); s && !sooner) {
        sooner = s;
        if (cue < 0) cue = i;
      }
    }
    for (int i = left->first; i < right->last; ++i) taken_[i] = true;
    const int subject = links_.options[a].column;
    std::vector<RowTest> any{test_of(a), test_of(b)};
    // "A, B or C"
    for (const Entity& e : entities_) {
      if (&e == left || &e == right || e.last > left->first || left->first - e.last > 1) continue;
      int c = -1, d = -1;
      if (same_column(e, *left, c, d) && links_.options[c].column == subject) {
        any.push_back(test_of(c));
        for (int i = e.first; i < e.last; ++i) taken_[i] = true;
      }
    }
    query_.rows.where = {any};
    certainty_ = Certainty::sure;
    answer_column_ = subject;
    query_.answer = RowAnswer::values;
    if (compares) {
      int y = compared_column(cue, true);
      if (y < 0 && is(cue, {"higher", "better", "best", "highest", "worse", "lower"})) {
        y = rank_column();
      }
      if (y >= 0 && y != subject) {
        query_.rows.pick = RowOrder{column(y).model->name, as_[y], high_end(*compares, y)};
      } else if (is(cue, {"more", "most"})) {
        query_.answer = RowAnswer::frequent;
      } else if (is(cue, {"less", "least", "fewer", "fewest"})) {
        query_.answer = RowAnswer::rare;
      } else {
        const int only = compared_column(cue, false);
        if (only < 0 || only == subject) return false;
        query_.rows.pick = RowOrder{column(only).model->name, as_[only], compares->high};
      }
    } else if (sooner) {
      const int time = time_like();
      query_.rows.pick = time >= 0 && time != subject
                             ? RowOrder{column(time).model->name, as_[time], sooner->high}
                             : RowOrder{"", ReadAs::number, sooner->high};
    } else {
      // "was Hees a member of A or B?": which of them the rest of the question is found with.
      query_.rows.where = conditions(taken_);
      loosen(query_.rows);
      if (query_.rows.where.empty()) return false;
      query_.rows.where.push_back(any);
      if (rows_of(query_.rows).empty()) return false;
      query_.answer = RowAnswer::frequent;
    }
    return true;
  }
  return false;
}

}  // namespace sextant::ask
