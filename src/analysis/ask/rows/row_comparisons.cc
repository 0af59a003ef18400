#include <algorithm>
#include <charconv>
#include <cmath>

#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

namespace {

struct Comparison {
  std::vector<std::string_view> words;
  RowOperator op;
};

const std::vector<Comparison>& comparisons() {
  using enum RowOperator;
  static const std::vector<Comparison> kWords = {{{"no", "more", "than"}, at_most},
                                                 {{"no", "less", "than"}, at_least},
                                                 {{"no", "fewer", "than"}, at_least},
                                                 {{"not", "more", "than"}, at_most},
                                                 {{"not", "less", "than"}, at_least},
                                                 {{"not", "over"}, at_most},
                                                 {{"not", "above"}, at_most},
                                                 {{"not", "below"}, at_least},
                                                 {{"more", "than"}, more},
                                                 {{"greater", "than"}, more},
                                                 {{"higher", "than"}, more},
                                                 {{"larger", "than"}, more},
                                                 {{"longer", "than"}, more},
                                                 {{"bigger", "than"}, more},
                                                 {{"taller", "than"}, more},
                                                 {{"less", "than"}, less},
                                                 {{"fewer", "than"}, less},
                                                 {{"lower", "than"}, less},
                                                 {{"smaller", "than"}, less},
                                                 {{"shorter", "than"}, less},
                                                 {{"faster", "than"}, less},
                                                 {{"slower", "than"}, more},
                                                 {{"heavier", "than"}, more},
                                                 {{"at", "least"}, at_least},
                                                 {{"at", "most"}, at_most},
                                                 {{"over"}, more},
                                                 {{"above"}, more},
                                                 {{"under"}, less},
                                                 {{"below"}, less},
                                                 {{"exceeding"}, more},
                                                 {{"exceeded"}, more},
                                                 {{"exceeds"}, more},
                                                 {{"after"}, more},
                                                 {{"since"}, at_least},
                                                 {{"before"}, less},
                                                 {{"until"}, at_most},
                                                 {{"prior", "to"}, less}};
  return kWords;
}

bool year_like(double value) { return value >= 1000 && value <= 2999; }

// The years of "1970s" and, when they end in 00, of the century.
std::optional<std::pair<double, double>> decade(std::string_view word) {
  double year = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), year);
  if (error != std::errc() || word.size() != 5 || end != word.data() + 4 || word.back() != 's') {
    return std::nullopt;
  }
  if (!year_like(year)) return std::nullopt;
  return std::pair(year, year + (std::fmod(year, 100) == 0 ? 99 : 9));
}

}  // namespace

// The share of the column's cells that are years or days of a year.
double RowReader::years_in(int c) const {
  std::int64_t years = 0;
  for (std::int64_t r = 0; r < sample_rows(); ++r) {
    auto v = value_as(cell(c, r), as_[c]);
    if (v && as_[c] == ReadAs::date) v = std::floor(*v / 10'000);
    years += v && year_like(*v);
  }
  return static_cast<double>(years) / static_cast<double>(sample_rows());
}

// The column that the number there bounds: named near by, of years when it is a year, else the only
// one that measures anything. -1: none.
int RowReader::bounded_column(int number, double value) const {
  int best = -1;
  double best_score = 0.3;
  const bool year = year_like(value);
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (as_[c] == ReadAs::text || as_[c] == ReadAs::duration) continue;
    double score = 0;
    for (int k = std::max(0, number - 8); k < std::min(size(), number + 6); ++k) {
      if (links_.match[c][k] >= 0.55f) {
        score = std::max(score, links_.match[c][k] / (1 + 0.05 * std::abs(k - number)));
      }
    }
    // A year is compared with years.
    const bool of_years = years_in(static_cast<int>(c)) > 0.5;
    if (year && of_years) score += 0.6;
    if (year != of_years) score -= 0.3;
    if (score > best_score) {
      best_score = score;
      best = static_cast<int>(c);
    }
  }
  if (best >= 0 || year) return best;
  const int only = compared_column(number, false);
  return only >= 0 && as_[only] == ReadAs::number ? only : -1;
}

// "between 1997 and 2000", "from 1910 to 1961", "2009-2012", "in the 1970s".
void RowReader::add_spans(std::vector<bool>& taken,
                          std::vector<std::vector<RowTest>>& where) const {
  const auto span = [&](int first, int last, double low, double high) {
    const int c = bounded_column(first, low);
    if (c < 0) return;
    RowTest from{column(c).model->name, RowOperator::at_least, low, as_[c]};
    RowTest to{column(c).model->name, RowOperator::at_most, high, as_[c]};
    if (as_[c] == ReadAs::date) {
      from.value = low * 10'000;
      to.value = high * 10'000 + 9'999;
    }
    where.push_back({std::move(from)});
    where.push_back({std::move(to)});
    for (int k = first; k <= last; ++k) taken[k] = true;
  };
  for (int i = 0; i < size(); ++i) {
    if (taken[i]) continue;
    if (const auto years = decade(word(i))) {
      span(i, i, years->first, years->second);
      continue;
    }
    const auto low = links_.tokens[i].number;
    if (!low || i + 1 >= size()) continue;
    const auto next = links_.tokens[i + 1].number;
    if (next && year_like(*low) && year_like(*next) && *low < *next) {
      span(i, i + 1, *low, *next);
    } else if (i + 2 < size() && is(i + 1, {"and", "to", "until", "through", "-", "–"})) {
      const auto high = links_.tokens[i + 2].number;
      const bool said = is(i - 1, {"between", "from"}) || is(i - 2, {"between", "from"}) ||
                        !is(i + 1, {"and", "to"});
      if (high && *low < *high && said) span(i, i + 2, *low, *high);
    }
  }
}

// Comparisons with numbers, also of cells that only begin with one.
void RowReader::add_comparisons(std::vector<bool>& taken,
                                std::vector<std::vector<RowTest>>& where) const {
  add_spans(taken, where);
  for (int i = 0; i < size(); ++i) {
    if (taken[i]) continue;
    auto value = links_.tokens[i].number;
    if (!value) value = number_word(word(i));
    if (!value) continue;
    std::optional<RowOperator> op;
    int first = i;
    for (const Comparison& c : comparisons()) {
      for (int skip = 0; skip <= 2 && !op; ++skip) {
        const int start = i - skip - static_cast<int>(c.words.size());
        if (start < 0) break;
        bool all = true;
        for (std::size_t k = 0; k < c.words.size(); ++k) {
          all = all && word(start + static_cast<int>(k)) == c.words[k];
        }
        for (int k = i - skip; k < i; ++k) all = all && is(k, {"the", "a", "$", "of"});
        if (!all) continue;
        op = c.op;
        first = start;
      }
    }
    // "75 games or less"
    int after = i + 1;
    if (after < size() && !is(after, {"or"})) ++after;
    if (!op && is(after, {"or"}) &&
        is(after + 1, {"more", "higher", "greater", "above", "over", "later"})) {
      op = RowOperator::at_least;
    }
    if (!op && is(after, {"or"}) &&
        is(after + 1, {"less", "lower", "fewer", "below", "under", "earlier"})) {
      op = RowOperator::at_most;
    }
    // "400 feet long at most"
    for (int k = i + 1; k <= i + 3 && !op; ++k) {
      if (is(k, {"at"}) && is(k + 1, {"most"})) op = RowOperator::at_most;
      if (is(k, {"at"}) && is(k + 1, {"least"})) op = RowOperator::at_least;
      if (k < size() && links_.tokens[k].number) break;
    }
    if (!op) continue;
    const int best = bounded_column(i, *value);
    if (best < 0) continue;
    RowTest test;
    test.column = column(best).model->name;
    test.op = *op;
    test.as = as_[best];
    double bound = *value;
    if (test.as == ReadAs::date) {  // a year bounds its days
      if (!year_like(*value)) continue;
      bound *= 10'000;
      if (*op == RowOperator::more || *op == RowOperator::at_most) bound += 9'999;
    }
    test.value = bound;
    for (int k = first; k <= i; ++k) taken[k] = true;
    where.push_back({std::move(test)});
  }
}

// "top 10", "in fourth place", "finished at least 3rd": by the column of places.
void RowReader::add_places(std::vector<bool>& taken,
                           std::vector<std::vector<RowTest>>& where) const {
  const int rank = rank_column();
  if (rank < 0) return;
  for (int i = 0; i < size(); ++i) {
    if (taken[i]) continue;
    RowTest test{column(rank).model->name, RowOperator::is, 0.0, ReadAs::number};
    const auto next = i + 1 < size() ? links_.tokens[i + 1].number : std::nullopt;
    const auto said = next ? next : number_word(word(i + 1));
    if (is(i, {"top"}) && said && *said >= 2) {
      test.op = RowOperator::at_most;
      test.value = *said;
      taken[i] = taken[i + 1] = true;
      where.push_back({std::move(test)});
      continue;
    }
    const int place = ordinal(word(i));
    if (place == 0) continue;
    const bool least = is(i - 1, {"least"}) && is(i - 2, {"at"});
    const int verb = least ? i - 3 : is(i - 1, {"in", "the"}) ? i - 2 : i - 1;
    const bool after = is(i + 1, {"place", "position"});
    if (!after && !is(verb, {"placed", "place", "finished", "finish", "ranked", "rank", "came"})) {
      continue;
    }
    if (least) test.op = RowOperator::at_most;
    test.value = static_cast<double>(place);
    for (int k = least ? i - 2 : i; k <= (after ? i + 1 : i); ++k) taken[k] = true;
    where.push_back({std::move(test)});
  }
}

// "4 total wins", "level 4", and the year of a day.
void RowReader::add_numbers(std::vector<bool>& taken,
                            std::vector<std::vector<RowTest>>& where) const {
  for (int i = 0; i < size(); ++i) {
    const auto value = links_.tokens[i].number;
    if (taken[i] || !value) continue;
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      const bool day = as_[c] == ReadAs::date && year_like(*value);
      double near = 0;
      for (const int k : {i - 1, i + 1, i + 2}) {
        if (k >= 0 && k < size()) near = std::max<double>(near, links_.match[c][k]);
      }
      if (!day && (as_[c] != ReadAs::number || near < 0.8)) continue;
      const std::vector<RowTest> any{{column(static_cast<int>(c)).model->name, RowOperator::is,
                                      *value, day ? ReadAs::year : ReadAs::number}};
      if (rows_of(RowSet{.where = {any}}).empty()) continue;
      where.push_back(any);
      taken[i] = true;
      break;
    }
  }
}

}  // namespace sextant::ask
