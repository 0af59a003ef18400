#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

// Compares the rows of two entities; without a column their places in the table.
bool RowReader::compares_two(int one, int other, const SizeWord& by, RowVerdict words) {
  int a = -1, b = -1;
  if (!same_column(entities_[one], entities_[other], a, b)) return false;
  for (const Entity* e : {&entities_[one], &entities_[other]}) {
    for (int i = e->first; i < e->last; ++i) taken_[i] = true;
  }
  int cue = 0;
  while (cue < size() && word(cue) != by.word) ++cue;
  const bool by_place = by.word == "above" || by.word == "below";
  int y = by_place ? -1 : compared_column(cue, true);
  if (y < 0 && !by_place) y = rank_column();
  if (y < 0 && !by_place) y = compared_column(cue, false);
  if (y < 0 && !by_place) return false;
  if (y >= 0) {
    query_.column = column(y).model->name;
    answer_column_ = y;
    query_.as = as_[y];
  }
  const bool high = y >= 0 ? high_end(by, y) : by.high;
  words.op = words.op == RowOperator::is ? words.op : high ? RowOperator::more : RowOperator::less;
  query_.answer = RowAnswer::verdict;
  query_.verdict = std::move(words);
  query_.rows.where = {{test_of(a)}};
  query_.other = RowSet{.where = {{test_of(b)}}};
  certainty_ = Certainty::sure;
  return true;
}

// "did A have more or less points than B?", "is A older than B?", "did A win before 1950?"
bool RowReader::verdict() {
  static constexpr std::initializer_list<std::string_view> kAsks = {
      "is", "are", "was", "were", "did", "do", "does", "has", "have", "had"};
  if (find({"which", "what", "who", "whose", "how", "when", "where", "why"}) >= 0) return false;
  const int asks = find(kAsks);
  if (asks < 0 || (asks > 0 && !is(0, {"in", "on", "at", "during", "from"}))) return false;

  // One of two contraries.
  for (int k = asks + 2; k + 1 < size(); ++k) {
    const bool between = is(k, {"or", "/"});
    const int second = between ? k + 1 : k;
    if (!contrary(word(k - 1), word(second))) continue;
    static constexpr SizeWord kAbove = {"above", false}, kBelow = {"below", true};
    const SizeWord* size_word = is(k - 1, {"above"})   ? &kAbove
                                : is(k - 1, {"below"}) ? &kBelow
                                                       : comparing_word(word(k - 1));
    if (!size_word || entities_.size() < 2) return false;
    for (std::size_t i = 0; i + 1 < entities_.size(); ++i) {
      RowVerdict words{.holds = word(k - 1), .fails = word(second)};
      if (compares_two(static_cast<int>(i), static_cast<int>(i) + 1, *size_word, words)) {
        return true;
      }
    }
    return false;
  }
  if (find({"or"}) >= 0) return false;

  const int than = find({"than"});
  if (than > 0) {
    for (std::size_t j = 1; j < entities_.size(); ++j) {
      if (entities_[j].first < than || entities_[j - 1].first > than) continue;
      for (int i = than - 1; i > asks; --i) {
        const SizeWord* size_word = comparing_word(word(i));
        if (!size_word) continue;
        return compares_two(static_cast<int>(j) - 1, static_cast<int>(j), *size_word, {});
      }
    }
  }

  // Whether there are such rows: two conditions at least, which are all there.
  query_.rows.where = conditions(taken_);
  query_.answer = RowAnswer::verdict;
  query_.verdict = RowVerdict{};
  const bool each = std::ranges::all_of(query_.rows.where, [&](const std::vector<RowTest>& any) {
    return any[0].op == RowOperator::less || any[0].op == RowOperator::more ||
           any[0].op == RowOperator::at_least || any[0].op == RowOperator::at_most ||
           !rows_of(RowSet{.where = {any}}).empty();
  });
  certainty_ = Certainty::weak;
  return each && query_.rows.where.size() >= 2;
}

}  // namespace sextant::ask
