#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

// Whether the times of the rows fall from the first to the last.
bool RowReader::latest_first() const {
  const int time = time_like();
  if (time < 0) return false;
  std::int64_t falls = 0, rises = 0;
  std::optional<double> before;
  for (std::int64_t r = 0; r < sample_rows(); ++r) {
    const auto now = value_as(cell(time, r), as_[time]);
    if (!now) continue;
    falls += before && *now < *before;
    rises += before && *now > *before;
    before = now;
  }
  return falls > 0 && rises == 0;
}

// "the next highest population after A": by the figure, not by the place in the table.
bool RowReader::next_by_size(const Entity& base) {
  for (int i = 0; i < size(); ++i) {
    const SizeWord* size_word = superlative_word(word(i));
    const bool after = base.first > i && is(base.first - 1, {"after", "to", "behind", "than"});
    if (!size_word || !is(i - 1, {"next", "second"}) || !after) continue;
    const int y = compared_column(i, true);
    const int subject = links_.options[base.options.front()].column;
    if (y < 0 || y == subject) return false;
    for (int t = base.first; t < base.last; ++t) taken_[t] = true;
    const bool high = high_end(*size_word, y);
    query_.rows.than =
        RowThan{column(y).model->name, as_[y], high ? RowOperator::less : RowOperator::more,
                test_of(base.options.front())};
    query_.rows.pick = RowOrder{column(y).model->name, as_[y], high};
    query_.answer = RowAnswer::values;
    answer_column_ = subject;
    if (const int wanted = wanted_column(); wanted >= 0 && wanted != y) answer_column_ = wanted;
    certainty_ = Certainty::sure;
    return !rows_of(query_.rows).empty();
  }
  return false;
}

// "who came after A?", "what is listed above B?", "the previous one to C".
bool RowReader::neighbour() {
  if (is(0, {"how"}) && is(1, {"many", "much", "long"})) return false;
  if (std::ranges::any_of(entities_, [&](const Entity& e) { return next_by_size(e); })) return true;
  if (find({"more", "less", "fewer", "most", "least", "highest", "lowest"}) >= 0) return false;
  for (const Entity& e : entities_) {
    const Option& best = links_.options[e.options.front()];
    const bool text = best.values[0].is_string();
    int cue = -1;
    std::int64_t step = 0;
    bool strict = false;  // "next", "previous": nothing else is meant
    for (int back = 1; back <= 4 && cue < 0; ++back) {
      const int i = e.first - back;
      if (i < 0) break;
      if (is(i, {"after", "below", "following", "beneath", "follows", "followed"}) && !of_name(i)) {
        cue = i;
        step = 1;
      } else if (is(i, {"before", "above", "preceding", "preceded", "precedes", "prior",
                        "previous"}) &&
                 !of_name(i)) {
        cue = i;
        step = -1;
      } else if (!is(i, {"the", "a", "to", "season", "year", "week", "game", "of", "by", "\""}) &&
                 !(back <= 2)) {
        break;
      }
    }
    // "A was picked after who?", "A came out in 1994. What was the next one?"
    for (int i = e.last; i < size() && cue < 0; ++i) {
      const bool asked = is(i + 1, {"who", "whom", "what", "which", "it", "them", "him"});
      const bool to = is(i + 1, {"to"}) && is(i + 2, {"who", "whom", "what", "which"});
      if (is(i, {"next", "previous"}) && !to && i > e.last && !of_name(i)) {
        cue = i;
        step = is(i, {"next"}) ? 1 : -1;
      } else if (asked && is(i, {"after", "below", "following"})) {
        cue = i;
        step = -1;
      } else if ((asked && is(i, {"before", "above", "preceded", "precedes"})) ||
                 (to && is(i, {"previous", "prior"}))) {
        cue = i;
        step = is(i + 1, {"it", "them", "him"}) ? -1 : 1;
      }
    }
    if (cue < 0) continue;
    if (is(cue, {"followed"}) && !is(cue + 1, {"by"})) step = 1;
    if (is(cue, {"followed"}) && is(cue + 1, {"by"})) step = -1;  // what is followed by A
    for (int i = 0; i < size(); ++i) {
      strict = strict || is(i, {"next", "previous", "directly", "immediately", "right", "just",
                                "listed", "preceding", "followed"});
    }
    if (!text && !strict) continue;
    for (int i = std::min(cue, e.first); i < e.last; ++i) taken_[i] = true;
    taken_[cue] = true;
    for (int i = 0; i < size(); ++i) {
      if (is(i, {"next", "previous", "listed", "directly", "immediately"})) taken_[i] = true;
    }
    query_.rows.where = {{test_of(e.options.front())}};
    // What comes after in time stands above in a table whose latest row is the first.
    const bool in_table = find({"listed", "list", "table", "chart", "above", "below"}) >= 0;
    if (!in_table && latest_first()) step = -step;
    query_.rows.pick = RowOrder{"", ReadAs::number, step > 0};
    query_.rows.step = step;
    certainty_ = Certainty::sure;
    query_.answer = RowAnswer::values;
    // The same kind of thing, unless another column is named.
    answer_column_ = best.column;
    double said = named(best.column);
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      const double score = named(static_cast<int>(c));
      bool asked = false;  // "which year …"
      for (int t = 1; t < size(); ++t) {
        asked = asked || (is(t - 1, {"which", "what"}) && links_.match[c][t] >= 0.7f);
      }
      if (asked && static_cast<int>(c) != best.column && score > std::max(0.5, said + 0.2)) {
        said = score;
        answer_column_ = static_cast<int>(c);
      }
    }
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      if (twins(static_cast<int>(c), best.column) && named(static_cast<int>(c)) >= 0.9)
        return false;
    }
    if (const int year = year_of_dates(); year >= 0) ask_for(year);
    const auto rows = rows_of(query_.rows);
    if (rows.empty()) return false;
    const std::int64_t at = (step > 0 ? rows.back() : rows.front()) + step;
    return at >= 0 && at < sample_rows();
  }
  return false;
}

}  // namespace sextant::ask
