#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

// "which …", "who …", "in what …": something of a row is asked for, not a figure of all.
bool RowReader::asks_for_rows() const {
  const int at = is(0, {"in", "at", "on", "for", "to", "during", "the"}) ? 1 : 0;
  if (is(at, {"which", "who", "whose"})) return true;
  if (!is(at, {"what", "where", "when"})) return false;
  if (!is(at + 1, {"is", "was", "are", "were", "did", "does", "s"})) return true;
  // "what was the first album", "what is the name of the last model": an end of the table.
  int end = at + 2;
  while (is(end, {"the", "name", "names", "title", "of"})) ++end;
  return end > at + 2 && end_word(word(end)) != nullptr;
}

// A row that sums up the others is none of them.
void RowReader::leave_out_totals() {
  for (std::size_t c = 0; c < std::min<std::size_t>(context_.columns().size(), 3); ++c) {
    for (std::int64_t r = 0; r < sample_rows(); ++r) {
      const auto* text = std::get_if<std::string>(&cell(static_cast<int>(c), r));
      if (!text) continue;
      const std::string words = normalise(*text);
      if (words != "total" && words != "totals" && words != "average") continue;
      RowTest test;
      test.column = column(static_cast<int>(c)).model->name;
      test.op = RowOperator::is_not;
      test.value = *text;
      query_.rows.where.push_back({std::move(test)});
      return;
    }
  }
}

// Which rows besides: the words of the answer's column say none.
void RowReader::find_rows() {
  std::vector<bool> used = taken_;
  for (int t = 0; t < size() && answer_column_ >= 0; ++t) {
    if (links_.match[answer_column_][t] >= 0.55f) used[t] = true;
  }
  query_.rows.where = conditions(used);
  loosen(query_.rows);
}

// "which three teams", "the top 5": how many rows are asked for.
std::int64_t RowReader::rows_wanted(int cue) const {
  const int after = is(cue, {"top"}) ? cue + 1 : -1;
  for (const int t : {after, cue - 1, find({"which", "what"}) + 1}) {
    if (t <= 0 || t >= size()) continue;
    const auto said = links_.tokens[t].number ? links_.tokens[t].number : number_word(word(t));
    if (said && *said >= 2 && *said <= 100) return static_cast<std::int64_t>(*said);
  }
  return 1;
}

// The value that most rows have.
bool RowReader::most_often(int cue, bool high) {
  for (int t = cue + 1; t < std::min(size(), cue + 3); ++t) {
    if (is(t, {"often", "times", "common", "frequent", "frequently"})) taken_[t] = true;
  }
  ask_for(asked_column(-1));
  if (answer_column_ < 0) return false;
  // Only where values repeat.
  const auto& model = *column(answer_column_).model;
  if (query_.as == ReadAs::text && model.distinct >= context_.tables()[0].model->rows) return false;
  find_rows();
  leave_out_totals();
  query_.answer = high ? RowAnswer::frequent : RowAnswer::rare;
  return true;
}

// "which team has the most losses?", "the tallest building"
bool RowReader::by_size(int cue, const SizeWord& size_word) {
  taken_[cue] = true;
  int y = compared_column(cue, true);
  const bool of_table = is(cue, {"top"}) && is(cue - 1, {"the", "very"}) && find({"at"}) >= 0;
  if (of_table) return by_place(cue, false);
  if (y < 0 && is(cue, {"top", "best", "worst"})) y = rank_column();
  if (y < 0 && is(cue, {"top"})) return by_place(cue, false);
  if (y < 0 && is(cue, {"most", "least", "fewest"})) return most_often(cue, size_word.high);
  if (y < 0) y = compared_column(cue, false);
  if (y < 0) return false;
  // "what is the largest population": the figure itself is asked for.
  int asks = cue - 1;
  while (is(asks, {"the", "is", "was", "were", "are", "of", "a", "s"})) --asks;
  bool itself = is(asks, {"what", "whats"}) || asks < 0;
  if (itself) {
    int name = cue + 1;
    while (is(name, {"number", "amount", "total", "overall", "of", "the"})) ++name;
    itself = name < size() && links_.match[y][name] >= 0.55f;
  }
  for (int t = 0; t < size(); ++t) {
    if (links_.match[y][t] >= 0.55f && std::abs(t - cue) <= 6) taken_[t] = true;
  }
  if (itself && column(y).kind != Kind::text) return false;  // a figure of all rows
  if (itself) {
    answer_column_ = y;
  } else {
    ask_for(asked_column(y));
  }
  if (answer_column_ < 0) return false;
  const std::int64_t wanted = rows_wanted(cue);
  find_rows();
  leave_out_totals();
  query_.rows.pick = RowOrder{column(y).model->name, as_[y], high_end(size_word, y), 1, wanted};
  query_.answer = RowAnswer::values;
  if (certainty_ != Certainty::weak) certainty_ = Certainty::sure;
  return true;
}

// "the first album": by time, else as the rows stand; "came in last": by place.
bool RowReader::by_place(int cue, bool last) {
  const bool placed =
      is(cue + 1, {"place", "position"}) ||
      is(cue - 1, {"came", "finished", "finish", "placed", "ranked", "finishing"}) ||
      (is(cue - 1, {"in"}) && is(cue - 2, {"came", "come", "finished", "coming"}));
  if (placed && !last && rank_column() >= 0) return false;  // a place as any other
  const int rank = placed ? rank_column() : -1;
  if (!placed) {
    const bool ordinal_of = is(cue + 1, {"name", "half", "round"}) ||
                            links_.tokens[std::min(cue + 1, size() - 1)].number;
    if (ordinal_of || (is(cue, {"recent"}) && !is(cue - 1, {"most"}))) return false;
    if (is(cue, {"recent"})) taken_[cue - 1] = true;
  } else if (cue + 1 < size()) {
    taken_[cue + 1] = true;
  }
  taken_[cue] = true;
  const bool as_listed = find({"listed", "list", "table", "chart", "row", "top", "bottom"}) >= 0;
  const int time = time_like();
  ask_for(asked_column(rank));
  if (answer_column_ < 0) return false;
  find_rows();
  leave_out_totals();
  if (certainty_ != Certainty::weak) {
    certainty_ = answer_column_ != time ? Certainty::sure : Certainty::likely;
  }
  query_.answer = RowAnswer::values;
  if (rank >= 0) {
    query_.rows.pick = RowOrder{column(rank).model->name, as_[rank], true};
  } else if (time >= 0 && !as_listed && !placed) {
    query_.rows.pick = RowOrder{column(time).model->name, as_[time], last};
  } else {
    query_.rows.pick = RowOrder{"", ReadAs::number, last};
  }
  return true;
}

bool RowReader::superlative() {
  if (find({"many"}) >= 0) return false;
  for (int i = 0; i < size(); ++i) {
    const SizeWord* size_word = superlative_word(word(i));
    const SizeWord* end = end_word(word(i));
    if (!size_word && !end) continue;
    const bool in_entity =
        std::ranges::any_of(entities_, [&](const Entity& e) { return i >= e.first && i < e.last; });
    if (in_entity || of_name(i) ||
        (is(i - 1, {"at"}) && is(i, {"most", "least", "first", "last"}))) {
      continue;
    }
    // "of those in the top 15, who earned the least": the top is a condition.
    bool later = false;
    for (int t = i + 1; t < size() && is(i, {"top"}); ++t) {
      later = later || superlative_word(word(t));
    }
    if (later) continue;
    certainty_ = asks_for_rows() ? Certainty::likely : Certainty::weak;
    const std::vector<bool> before = taken_;
    if (size_word) return by_size(i, *size_word);
    if (by_place(i, end->high)) return true;
    taken_ = before;
  }
  return false;
}

}  // namespace sextant::ask
