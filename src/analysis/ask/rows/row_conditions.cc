#include <algorithm>
#include <iterator>
#include <span>
#include <unordered_set>

#include "analysis/ask/linking/people_words.h"
#include "analysis/ask/rows/row_reader.h"

namespace sextant::ask {

namespace {

// Words of any question that say nothing about which rows are meant.
bool says_nothing(std::string_view word) {
  static const std::unordered_set<std::string_view> kWords = {
      "year",  "years",  "time",     "times",   "number", "total",  "list", "listed", "table",
      "chart", "name",   "names",    "season",  "month",  "months", "day",  "days",   "week",
      "one",   "people", "person",   "amount",  "most",   "least",  "all",  "any",    "only",
      "two",   "record", "recorded", "seasons", "many",   "same",   "game", "games",  "different"};
  return kWords.contains(word);
}

constexpr std::initializer_list<std::string_view> kNegations = {
    "not",  "never", "without", "didnt", "wasnt",  "doesnt",
    "isnt", "dont",  "werent",  "hasnt", "havent", "outside"};

// Whether a cell lists several things.
bool lists(std::string_view text) {
  return text.find_first_of(",;/&") != std::string_view::npos ||
         text.find(" and ") != std::string_view::npos;
}

}  // namespace

int RowReader::find_negation() const { return find(kNegations); }

// "not in Germany", "without gold"
bool RowReader::negated(int first) const {
  for (int i = first - 1; i >= std::max(0, first - 4); --i) {
    if (is(i, kNegations)) return true;
  }
  return false;
}

// "other than A", "besides A"
bool RowReader::excepted(int first) const {
  for (int i = first - 1; i >= std::max(0, first - 5); --i) {
    if (is(i, {"besides", "except", "excluding"}) || (is(i, {"than"}) && is(i - 1, {"other"})) ||
        (is(i, {"from"}) && is(i - 1, {"aside", "apart"}))) {
      return true;
    }
  }
  return false;
}

// A word of cells with the same stem, or one that is made of the same beginning: "Russians" and
// "Russia". Empty: none.
std::string RowReader::kindred_word(int i) const {
  const std::string& said = word(i);
  constexpr std::size_t kMostValues = 5000;
  if (context_.values().size() > kMostValues) return said;
  if (!cell_words_) {
    cell_words_.emplace();
    for (const ValueEntry& value : context_.values()) {
      for (Token& w : tokenise(value.words)) {
        if (!w.number) cell_words_->push_back(std::move(w));
      }
    }
    std::ranges::sort(*cell_words_, {}, &Token::word);
    const auto repeats = std::ranges::unique(*cell_words_, {}, &Token::word);
    cell_words_->erase(repeats.begin(), repeats.end());
  }
  const std::string& stem = links_.tokens[i].stem;
  std::string best;
  std::size_t best_shared = 0;
  for (const Token& w : *cell_words_) {
    if (w.stem == stem) return w.word;
    if (const std::size_t shared = kindred(said, w.word); shared > best_shared) {
      best = w.word;
      best_shared = shared;
    }
  }
  return best.empty() ? said : best;
}

// "did not win gold", "had no points", "without a producer": nothing, or 0, stands in the column.
void RowReader::add_missing(std::vector<bool>& taken,
                            std::vector<std::vector<RowTest>>& where) const {
  for (int n = 0; n < size(); ++n) {
    const bool no = is(n, {"no"});
    if ((!no && !negated(n + 1)) || (!no && find_negation() != n) || of_name(n)) continue;
    for (int i = n + 1; i < std::min(size(), n + 5); ++i) {
      const bool other = taken[i] || comparing_word(word(i)) ||
                         std::ranges::any_of(entities_, [&](const Entity& e) {
                           return e.first <= i && i < e.last && e.last - e.first > 1;
                         });
      if (other) break;
      int best = -1;
      float best_match = 0.79f;
      for (std::size_t c = 0; c < links_.match.size(); ++c) {
        if (links_.match[c][i] > best_match) {
          best_match = links_.match[c][i];
          best = static_cast<int>(c);
        }
      }
      if (best < 0) continue;
      RowTest test{column(best).model->name, RowOperator::missing, nullptr, ReadAs::text};
      if (rows_of(RowSet{.where = {{test}}}).empty()) break;
      where.push_back({std::move(test)});
      for (int k = n; k <= i; ++k) taken[k] = true;
      break;
    }
  }
}

// "won", "losses": rows of games whose result begins so.
void RowReader::add_results(std::vector<bool>& taken,
                            std::vector<std::vector<RowTest>>& where) const {
  struct Outcome {
    std::vector<std::string_view> said, cells;
  };
  static const std::vector<Outcome> kOutcomes = {
      {{"win", "wins", "won", "victory", "victories"}, {"w", "win", "won"}},
      {{"loss", "losses", "lost", "lose"}, {"l", "loss", "lost"}},
      {{"draw", "draws", "drew", "tie", "ties", "tied"}, {"d", "t", "draw", "tie", "drew"}}};
  for (int i = 0; i < size(); ++i) {
    const bool header =
        std::ranges::any_of(links_.match, [&](const auto& m) { return m[i] >= 0.7f; });
    if (taken[i] || header) continue;
    for (const Outcome& outcome : kOutcomes) {
      if (std::ranges::find(outcome.said, word(i)) == outcome.said.end()) continue;
      for (std::size_t c = 0; c < context_.columns().size(); ++c) {
        std::int64_t results = 0, texts = 0;
        std::string begins;
        for (std::int64_t r = 0; r < sample_rows(); ++r) {
          const auto* text = std::get_if<std::string>(&cell(static_cast<int>(c), r));
          if (!text || text->empty()) continue;
          ++texts;
          const std::string words = normalise(*text);
          const std::string head = words.substr(0, words.find(' '));
          for (const Outcome& any : kOutcomes) {
            results += std::ranges::find(any.cells, head) != any.cells.end();
          }
          if (std::ranges::find(outcome.cells, head) != outcome.cells.end()) begins = head;
        }
        if (begins.empty() || 5 * results < 4 * texts) continue;
        RowTest test{column(static_cast<int>(c)).model->name,
                     negated(i) ? RowOperator::lacks : RowOperator::contains,
                     boost::json::value(begins)};
        where.push_back({std::move(test)});
        taken[i] = true;
        break;
      }
    }
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
    std::string run = word(i);
    if (!context_.find_value_word(run)) run = kindred_word(i);
    const auto* found = context_.find_value_word(run);
    if (!found) continue;
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
    test.op = negated(i) || excepted(i) ? RowOperator::lacks : RowOperator::contains;
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
  add_places(left, where);
  add_missing(left, where);
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
    const bool negative = negated(e.first) || excepted(e.first);
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
      test.op = negative ? RowOperator::lacks : RowOperator::contains;
      test.value = words;
      where.push_back({std::move(test)});
    } else {
      RowTest test = test_of(best);
      if (negative) test.op = RowOperator::is_not;
      where.push_back({std::move(test)});
    }
    for (int i = e.first; i < e.last; ++i) left[i] = true;
  }
  // Two values that no row has both: either.
  for (std::size_t i = 0; i + 1 < where.size(); ++i) {
    for (std::size_t k = where.size(); k-- > i + 1;) {
      const RowTest &one = where[i][0], &other = where[k][0];
      const bool values = (one.op == RowOperator::is || one.op == RowOperator::contains) &&
                          (other.op == RowOperator::is || other.op == RowOperator::contains);
      if (!values || one.column != other.column ||
          !rows_of(RowSet{.where = {where[i], where[k]}}).empty()) {
        continue;
      }
      std::ranges::move(where[k], std::back_inserter(where[i]));
      where.erase(where.begin() + static_cast<std::ptrdiff_t>(k));
    }
  }
  add_results(left, where);
  add_numbers(left, where);
  add_contains(left, where);
  return where;
}

}  // namespace sextant::ask
