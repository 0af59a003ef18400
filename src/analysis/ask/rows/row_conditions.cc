#include <algorithm>
#include <unordered_set>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/rows/row_reader.h"
#include "analysis/ask/stable_sort.h"

namespace sextant::ask {

namespace {

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

// Words of any question that say nothing about which rows are meant.
bool says_nothing(std::string_view word) {
  static const std::unordered_set<std::string_view> kWords = {
      "year",  "years",  "time",     "times",   "number", "total",  "list", "listed", "table",
      "chart", "name",   "names",    "season",  "month",  "months", "day",  "days",   "week",
      "one",   "people", "person",   "amount",  "most",   "least",  "all",  "any",    "only",
      "two",   "record", "recorded", "seasons", "many",   "same",   "game", "games",  "different"};
  return kWords.contains(word);
}

// Whether a cell lists several things.
bool lists(std::string_view text) {
  return text.find_first_of(",;/&") != std::string_view::npos ||
         text.find(" and ") != std::string_view::npos;
}

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

}  // namespace

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
    if (inside || (lone && links_.info[o.first].stop) ||
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
  test.as = o.values[0].is_number() ? ReadAs::number : ReadAs::text;
  return test;
}

// Comparisons with numbers, also of cells that only begin with one.
void RowReader::add_comparisons(std::vector<bool>& taken,
                                std::vector<std::vector<RowTest>>& where) const {
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
    if (!op && is(i + 1, {"or"}) && is(i + 2, {"more", "higher", "greater", "above", "over"})) {
      op = RowOperator::at_least;
    }
    if (!op && is(i + 1, {"or"}) && is(i + 2, {"less", "lower", "fewer", "below", "under"})) {
      op = RowOperator::at_most;
    }
    if (!op) continue;
    int best = -1;
    double best_score = 0.3;
    const bool year = *value >= 1000 && *value <= 2999;
    for (std::size_t c = 0; c < context_.columns().size(); ++c) {
      if (as_[c] == ReadAs::text || as_[c] == ReadAs::duration) continue;
      double score = 0;
      for (int k = std::max(0, i - 8); k < std::min(size(), i + 6); ++k) {
        if (links_.match[c][k] >= 0.55f) {
          score = std::max(score, links_.match[c][k] / (1 + 0.05 * std::abs(k - i)));
        }
      }
      // A year is compared with years.
      std::int64_t years = 0;
      for (std::int64_t r = 0; r < sample_rows(); ++r) {
        auto v = value_as(cell(static_cast<int>(c), r), as_[c]);
        if (v && as_[c] == ReadAs::date) v = std::floor(*v / 10'000);
        years += v && *v >= 1000 && *v <= 2999;
      }
      const bool of_years = 2 * years > sample_rows();
      if (year && of_years) score += 0.6;
      if (year != of_years) score -= 0.3;
      if (score > best_score) {
        best_score = score;
        best = static_cast<int>(c);
      }
    }
    if (best < 0) continue;
    RowTest test;
    test.column = column(best).model->name;
    test.op = *op;
    test.as = as_[best];
    double bound = *value;
    if (test.as == ReadAs::date) {  // a year bounds its days
      if (!year) continue;
      bound *= 10'000;
      if (*op == RowOperator::more || *op == RowOperator::at_most) bound += 9'999;
    }
    test.value = bound;
    for (int k = first; k <= i; ++k) taken[k] = true;
    where.push_back({std::move(test)});
  }
}

// Words that stand within cells of one column and name nothing else.
void RowReader::add_contains(std::vector<bool>& taken,
                             std::vector<std::vector<RowTest>>& where) const {
  for (int i = 0; i < size(); ++i) {
    if (taken[i] || links_.info[i].stop || links_.tokens[i].symbol) continue;
    bool header = false;
    for (std::size_t c = 0; c < links_.match.size(); ++c) {
      header = header || links_.match[c][i] >= 0.8f;
    }
    if (header || word(i).size() < 2 || says_nothing(word(i))) continue;
    // The run as far as some cell has it.
    const auto* found = context_.find_value_word(word(i));
    if (!found) continue;
    std::string run = word(i);
    int last = i + 1;
    std::vector<int> current = *found;
    while (last < size() && !taken[last] && !links_.tokens[last].symbol) {
      const std::string longer = run + " " + word(last);
      std::vector<int> kept;
      for (const int id : current) {
        if ((" " + context_.values()[id].words + " ").find(" " + longer + " ") !=
            std::string::npos) {
          kept.push_back(id);
        }
      }
      if (kept.empty()) break;
      current = std::move(kept);
      run = longer;
      ++last;
    }
    std::vector<int> rows(context_.columns().size(), 0);
    for (const int id : current) ++rows[context_.values()[id].column];
    const auto most = std::ranges::max_element(rows);
    RowTest test;
    test.column = column(static_cast<int>(most - rows.begin())).model->name;
    test.op = RowOperator::contains;
    test.value = run;
    where.push_back({std::move(test)});
    for (int k = i; k < last; ++k) taken[k] = true;
    i = last - 1;
  }
}

std::vector<std::vector<RowTest>> RowReader::conditions(const std::vector<bool>& taken) const {
  std::vector<std::vector<RowTest>> where;
  std::vector<bool> left = taken;
  add_comparisons(left, where);
  for (const Entity& e : entities_) {
    bool free = true;
    for (int i = e.first; i < e.last; ++i) free = free && !left[i];
    if (!free) continue;
    // The column that the question names, else the first.
    int best = e.options.front();
    double best_score = -1;
    for (const int id : e.options) {
      const Option& o = links_.options[id];
      const double score = strength(o) + named(o.column) - 0.01 * (id == e.options.front() ? 0 : 1);
      if (score > best_score) {
        best_score = score;
        best = id;
      }
    }
    const Option& o = links_.options[best];
    // A number is a condition when its column is named or counts years.
    if (o.evidence == Evidence::number && named(o.column) < 0.5 && !o.year_like) continue;
    const bool lone = o.last - o.first == 1;
    if (o.evidence == Evidence::partial && lone && says_nothing(word(o.first))) continue;
    // Cells that list it beside others, besides those that are it.
    bool listed = false, other = false;
    if (o.evidence == Evidence::exact && o.values[0].is_string()) {
      const std::string own = normalise(o.values[0].get_string());
      for (std::int64_t r = 0; r < sample_rows(); ++r) {
        const auto* text = std::get_if<std::string>(&cell(o.column, r));
        if (!text) continue;
        const std::string words = normalise(*text);
        if (words == own || (" " + words + " ").find(" " + own + " ") == std::string::npos)
          continue;
        (lists(*text) ? listed : other) = true;
      }
    }
    if (o.evidence == Evidence::partial || (listed && !other)) {
      // The part is the condition.
      std::string words;
      for (int i = o.first; i < o.last; ++i) words += (words.empty() ? "" : " ") + word(i);
      RowTest test;
      test.column = column(o.column).model->name;
      test.op = RowOperator::contains;
      test.value = words;
      where.push_back({std::move(test)});
    } else {
      where.push_back({test_of(best)});
    }
    for (int i = e.first; i < e.last; ++i) left[i] = true;
  }
  add_contains(left, where);
  return where;
}

bool RowReader::passes(const RowTest& test, std::int64_t row) const {
  const int c = context_.find_column(context_.tables()[0].model->name, test.column);
  if (c < 0) return false;
  const Cell& value = cell(c, row);
  if (test.op == RowOperator::is || test.op == RowOperator::is_not) {
    bool same = false;
    if (const auto* text = std::get_if<std::string>(&value)) {
      same = test.value.is_string() && *text == std::string_view(test.value.get_string());
    } else if (const auto* number = std::get_if<double>(&value)) {
      same = test.value.is_number() && *number == test.value.to_number<double>();
    } else {
      return false;
    }
    return same == (test.op == RowOperator::is);
  }
  if (test.op == RowOperator::contains) {
    const auto* text = std::get_if<std::string>(&value);
    return text && test.value.is_string() &&
           (" " + normalise(*text) + " ").find(" " + std::string(test.value.get_string()) + " ") !=
               std::string::npos;
  }
  const auto number = value_as(value, test.as);
  if (!number || !test.value.is_number()) return false;
  const double bound = test.value.to_number<double>();
  switch (test.op) {
    case RowOperator::less:
      return *number < bound;
    case RowOperator::at_most:
      return *number <= bound;
    case RowOperator::more:
      return *number > bound;
    default:
      return *number >= bound;
  }
}

std::vector<std::int64_t> RowReader::rows_of(const RowSet& set) const {
  std::vector<std::int64_t> rows;
  for (std::int64_t r = 0; r < sample_rows(); ++r) {
    const bool kept = std::ranges::all_of(set.where, [&](const std::vector<RowTest>& any) {
      return std::ranges::any_of(any, [&](const RowTest& test) { return passes(test, r); });
    });
    if (kept) rows.push_back(r);
  }
  return rows;
}

// Without the conditions, last ones first, that leave no row.
void RowReader::loosen(RowSet& set) const {
  while (!set.where.empty() && rows_of(set).empty()) {
    // The one that passes the fewest rows by itself is the least likely.
    std::size_t worst = set.where.size() - 1, fewest = ~std::size_t{0};
    for (std::size_t i = set.where.size(); i-- > 0;) {
      RowSet alone;
      alone.where = {set.where[i]};
      const std::size_t rows = rows_of(alone).size();
      const bool part = set.where[i][0].op == RowOperator::contains;
      const std::size_t cost = rows + (part ? 0 : 1000);
      if (cost < fewest) {
        fewest = cost;
        worst = i;
      }
    }
    set.where.erase(set.where.begin() + static_cast<std::ptrdiff_t>(worst));
  }
}

}  // namespace sextant::ask
