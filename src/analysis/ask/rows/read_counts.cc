#include <algorithm>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

// "how many …", "what is the total number of …".
bool RowReader::count() {
  int at = -1;
  if (const int how = find({"how"}); how >= 0 && is(how + 1, {"many"})) at = how + 2;
  if (at < 0) {
    const int number = find({"number"});
    if (number > 0 && is(number + 1, {"of"}) && is(number - 1, {"the", "total", "what"})) {
      at = number + 2;
    }
  }
  if (at < 0) return false;
  bool distinct = false;
  while (is(at, {"different", "distinct", "unique", "separate", "total", "of", "the"})) {
    distinct = distinct || is(at, {"different", "distinct", "unique", "separate"});
    ++at;
  }
  query_.rows.than = than_another();
  // A column of figures that is named by what is counted: its figure, not the rows.
  int figure = -1;
  double figure_score = 0.7;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (as_[c] != ReadAs::number) continue;
    double near = 0;
    for (int t = at; t < std::min(size(), at + 3); ++t) {
      near = std::max(near, static_cast<double>(links_.match[c][t]));
    }
    const double score = near * std::max(0.6, named(static_cast<int>(c)));
    bool label = false;  // "how many years": not the figure of a year
    for (const Token& w : column(static_cast<int>(c)).words) {
      label = label || w.stem == "year" || w.stem == "date" || w.stem == "no" || w.stem == "rank" ||
              w.stem == "season" || w.stem == "week" || w.stem == "round" || w.stem == "game" ||
              w.stem == "episod";
    }
    if (near >= 0.7 && score > figure_score && !label) {
      figure_score = score;
      figure = static_cast<int>(c);
    }
  }
  // "how many teams won at least two games": a figure that is compared is none that is asked for.
  std::vector<bool> read = taken_;
  std::vector<std::vector<RowTest>> compared;
  add_comparisons(read, compared);
  add_places(read, compared);
  const bool bounded = figure >= 0 && std::ranges::any_of(compared, [&](const auto& any) {
                         return any[0].column == column(figure).model->name;
                       });
  if (bounded || query_.rows.than || find_negation() >= 0) figure = -1;
  taken_[std::max(0, at - 1)] = true;
  // What is counted is no condition.
  const bool value = std::ranges::any_of(entities_, [&](const Entity& e) {
    return e.first <= at && at < e.last &&
           links_.options[e.options.front()].evidence == Evidence::exact;
  });
  if (at < size() && !value && (figure >= 0 || !is_kind(at))) taken_[at] = true;
  const bool lists_entries = find({"entries", "entry", "listed", "counts", "occurred"}) >= 0;
  if (figure >= 0 && !distinct) {
    for (int t = 0; t < size(); ++t) {
      if (links_.match[figure][t] >= 0.55f) taken_[t] = true;
    }
    query_.rows.where = conditions(taken_);
    loosen(query_.rows);
    if (query_.rows.where.empty() && find({"total", "all", "combined"}) < 0) return false;
    leave_out_totals();
    // "how many votes did A receive": the one row that is meant has the figure. "How many heights
    // are listed" and "the total number of" may count.
    const bool received = find({"did", "does", "do", "has", "have", "had"}) >= 0 ||
                          (find({"number"}) >= 0 && find({"total"}) < 0);
    if (received && !lists_entries && rows_of(query_.rows).size() == 1) {
      certainty_ = Certainty::sure;
    }
    query_.answer = RowAnswer::sum;
    query_.as = as_[figure];
    answer_column_ = figure;
    return true;
  }
  int counted = -1;
  double best = 0.5;
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    double near = 0;
    for (int t = at; t < std::min(size(), at + 3); ++t) {
      near = std::max(near, static_cast<double>(links_.match[c][t]));
    }
    if (near > best) {
      best = near;
      counted = static_cast<int>(c);
    }
  }
  std::vector<bool> used = taken_;
  for (int t = 0; t < size(); ++t) {
    if (counted >= 0 && links_.match[counted][t] >= 0.55f) used[t] = true;
  }
  query_.rows.where = conditions(used);
  loosen(query_.rows);
  const bool restricted = !query_.rows.where.empty() || query_.rows.than;
  leave_out_totals();
  // "how many countries are listed": those that the rows name, each once.
  const auto& model_rows = context_.tables()[0].model->rows;
  const bool whole = counted >= 0 && named_whole(counted, at) &&
                     column(counted).model->distinct < model_rows && as_[counted] != ReadAs::date &&
                     !restricted;
  if (counted >= 0 && (distinct || whole)) {
    query_.answer = RowAnswer::distinct;
    answer_column_ = counted;
    certainty_ = Certainty::sure;
    return true;
  }
  query_.answer = RowAnswer::count;
  answer_column_ = -1;
  if (restricted) certainty_ = Certainty::sure;
  return true;
}

// Whether what the word names is what several rows are: "forwards" where cells say Forward,
// "losses" of games.
bool RowReader::is_kind(int i) const {
  if (is(i, {"losses", "wins", "victories", "draws", "ties"})) return true;
  const std::string kind = kindred_word(i);
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (links_.match[c][i] >= 0.55f) return false;
  }
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    std::int64_t rows = 0;
    for (std::int64_t r = 0; r < sample_rows(); ++r) {
      const auto* text = std::get_if<std::string>(&cell(static_cast<int>(c), r));
      rows += text && normalise(*text) == kind;
    }
    if (rows > 1) return true;
  }
  return false;
}

// Whether the word there is all of the column's name.
bool RowReader::named_whole(int c, int token) const {
  return token < size() && column(c).words.size() == 1 && links_.match[c][token] >= 0.9f;
}

}  // namespace sextant::ask
