#pragma once
// Reads one question that goes by rows; one value per question.
//
//   read_rows.cc          the order in which they are tried
//   read_choices.cc       one of two: "who is older, A or B?"
//   read_verdicts.cc      yes or no: "did A have more points than B?"
//   read_differences.cc   "how many more points did A have than B?"
//   read_neighbours.cc    "who came after A?"
//   read_superlatives.cc  "which team has the most losses?", "the first album"
//   read_counts.cc        "how many …"
//   read_lists.cc         sums and means, likeness to another row, whatever else has conditions
//   row_columns.cc        which column is asked for, compared, counts time or places
//   row_entities.cc       runs of words that are cells
//   row_conditions.cc     which rows: values, parts of cells
//   row_comparisons.cc    which rows: numbers, places, decades, results of games
//   row_sample.cc         the rows of the sample that a set keeps

#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/ranking/features.h"
#include "analysis/ask/rows/row_values.h"
#include "analysis/ask/rows/rows.h"
#include "analysis/ask/rows/size_words.h"

namespace sextant::ask {

// A run of words that is a value of some column.
struct Entity {
  int first = 0, last = 0;   // tokens
  std::vector<int> options;  // of Links::options, exact ones first
};

class RowReader {
 public:
  RowReader(const Context& context, const Links& links, const Weights& weights);

  std::optional<RowReading> read();

 private:
  int size() const { return static_cast<int>(links_.tokens.size()); }
  const std::string& word(int i) const {
    static const std::string kNone;
    return i >= 0 && i < size() ? links_.tokens[i].word : kNone;
  }
  bool is(int i, std::initializer_list<std::string_view> words) const;
  int find(std::initializer_list<std::string_view> words, int from = 0) const;
  const ColumnEntry& column(int c) const { return context_.columns()[c]; }
  const Cell& cell(int c, std::int64_t row) const { return (*column(c).sample)[row]; }
  std::int64_t sample_rows() const { return context_.tables()[0].sample.rows; }

  // How well the free words name the column, 0 … 1.
  double named(int c) const;
  bool high_end(const SizeWord& by, int c) const;
  bool rank_like(int c) const;
  int rank_column() const;
  int wanted_column() const;
  int year_of_dates() const;
  void ask_for(int c);
  // The column that is compared: named, or meant by an adjective ("older": age).
  int compared_column(int cue, bool must_be_named) const;
  // The column asked for, best first by the learnt weights; `but` is left out.
  int asked_column(int but) const;
  int time_like() const;

  void find_entities();
  bool same_column(const Entity& a, const Entity& b, int& option_a, int& option_b) const;
  RowTest test_of(int option) const;
  std::vector<std::vector<RowTest>> conditions(const std::vector<bool>& taken) const;
  void add_contains(std::vector<bool>& taken, std::vector<std::vector<RowTest>>& where) const;
  void add_comparisons(std::vector<bool>& taken, std::vector<std::vector<RowTest>>& where) const;
  void add_spans(std::vector<bool>& taken, std::vector<std::vector<RowTest>>& where) const;
  void add_places(std::vector<bool>& taken, std::vector<std::vector<RowTest>>& where) const;
  void add_results(std::vector<bool>& taken, std::vector<std::vector<RowTest>>& where) const;
  void add_missing(std::vector<bool>& taken, std::vector<std::vector<RowTest>>& where) const;
  void add_numbers(std::vector<bool>& taken, std::vector<std::vector<RowTest>>& where) const;
  int bounded_column(int number, double value) const;
  double years_in(int c) const;
  bool negated(int first) const;
  bool excepted(int first) const;
  std::string kindred_word(int i) const;
  bool passes(const RowTest& test, std::int64_t row) const;
  std::vector<std::int64_t> rows_of(const RowSet& set) const;
  void loosen(RowSet& set) const;

  bool asks_for_rows() const;
  bool of_name(int i) const;
  bool twins(int a, int b) const;
  bool repeats_question() const;
  void leave_out_totals();

  bool choice();
  bool difference();
  bool neighbour();
  bool superlative();
  bool verdict();
  bool compares_two(int one, int other, const SizeWord& by, RowVerdict words);
  bool next_by_size(const Entity& base);
  bool latest_first() const;
  bool most_often(int cue, bool high);
  bool by_size(int cue, const SizeWord& size_word);
  bool by_place(int cue, bool last);
  void find_rows();
  std::int64_t rows_wanted(int cue) const;
  std::optional<RowThan> than_another();
  bool named_whole(int c, int token) const;
  bool is_kind(int i) const;
  int find_negation() const;
  bool count();
  bool figure();
  bool listed();

  const Context& context_;
  const Links& links_;
  const Weights& weights_;
  std::vector<Entity> entities_;
  std::vector<bool> taken_;                               // words of what was understood
  std::vector<ReadAs> as_;                                // of each column
  mutable std::optional<std::vector<Token>> cell_words_;  // of all cells, when they are needed
  RowQuery query_;
  int answer_column_ = -1;
  Certainty certainty_ = Certainty::likely;
};

// How well a value is found: 3 as it stands, 2 misspelt, 1 as a part, 0 as a number.
int strength(const Option& option);

}  // namespace sextant::ask
