#pragma once
// Reads one question that goes by rows; one value per question.
//
//   read_rows.cc        choices, differences, neighbours, superlatives, counts
//   row_conditions.cc   which rows: values, parts of cells, comparisons; checked on the sample

#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/ranking/features.h"
#include "analysis/ask/rows/row_values.h"
#include "analysis/ask/rows/rows.h"

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
  bool count();

  const Context& context_;
  const Links& links_;
  const Weights& weights_;
  std::vector<Entity> entities_;
  std::vector<bool> taken_;  // words of what was understood
  std::vector<ReadAs> as_;   // of each column
  RowQuery query_;
  int answer_column_ = -1;
  bool sure_ = false;
};

}  // namespace sextant::ask
