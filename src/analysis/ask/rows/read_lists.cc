#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

// "more points than A", "the same year as A": rows by their likeness to another.
std::optional<RowThan> RowReader::than_another() {
  for (int t = 1; t + 1 < size(); ++t) {
    const bool same = is(t, {"as"});
    if (!same && !is(t, {"than"})) continue;
    for (const Entity& e : entities_) {
      const bool number = !links_.options[e.options.front()].values[0].is_string();
      if (e.first <= t || e.first - t > 3 || number || links_.tokens[t + 1].number) continue;
      int cue = -1;
      for (int i = t - 1; i >= std::max(0, t - 7) && cue < 0; --i) {
        if (same ? is(i, {"same"}) : comparing_word(word(i)) != nullptr) cue = i;
      }
      if (cue < 0 || is(cue - 1, {"not", "no"})) continue;
      const int entity = links_.options[e.options.front()].column;
      const int y = compared_column(cue, !same);
      int like = y;
      // What is the same may be a text.
      for (std::size_t c = 0; same && c < context_.columns().size(); ++c) {
        for (int i = cue + 1; i < t; ++i) {
          if (links_.match[c][i] >= 0.8f) like = static_cast<int>(c);
        }
      }
      if (like < 0 || like == entity || as_[like] == ReadAs::text) continue;
      for (int i = cue; i < e.last; ++i) taken_[i] = true;
      RowThan than;
      than.column = column(like).model->name;
      than.as = as_[like];
      than.op = same                                         ? RowOperator::is
                : high_end(*comparing_word(word(cue)), like) ? RowOperator::more
                                                             : RowOperator::less;
      than.where = test_of(e.options.front());
      return than;
    }
  }
  return std::nullopt;
}

// "the average attendance of …", "the total gold of A and B".
bool RowReader::figure() {
  const int cue = find({"average", "mean", "total", "combined", "sum", "altogether"});
  // Part of a column's name it asks for no figure.
  if (cue < 0 || find({"how"}) == 0 ||
      std::ranges::any_of(links_.match, [&](const auto& m) { return m[cue] >= 0.7f; })) {
    return false;
  }
  int y = -1;
  double best = 0.69;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (as_[c] != ReadAs::number) continue;
    for (int i = 0; i < size(); ++i) {
      const double near = links_.match[c][i] * (1 - 0.02 * std::abs(i - cue));
      if (i != cue && near > best) {
        best = near;
        y = static_cast<int>(c);
      }
    }
  }
  if (y < 0) return false;
  for (int i = 0; i < size(); ++i) {
    if (i == cue || links_.match[y][i] >= 0.55f) taken_[i] = true;
  }
  query_.rows.where = conditions(taken_);
  loosen(query_.rows);
  leave_out_totals();
  query_.answer = is(cue, {"average", "mean"}) ? RowAnswer::mean : RowAnswer::sum;
  query_.as = as_[y];
  answer_column_ = y;
  return true;
}

// Whatever else names a column and rows.
bool RowReader::listed() {
  if (find({"which", "what", "who", "whose", "when", "where", "name", "list", "tell"}) < 0) {
    return false;
  }
  query_.rows.than = than_another();
  ask_for(asked_column(-1));
  if (answer_column_ < 0) return false;
  find_rows();
  if (query_.rows.where.empty() && !query_.rows.than) return false;
  query_.answer = RowAnswer::values;
  certainty_ = query_.rows.than ? Certainty::sure : Certainty::weak;
  return true;
}

}  // namespace sextant::ask
