#pragma once
// Reads statistics in words, sentence by sentence: first what is prepared ("remove outliers", "fill
// missing values with the median", "create a new feature … by adding"), then the figures ("mean and
// standard deviation", "correlation between", "normally distributed"), then what the lines after
// the question say of how to report them. One value per question.
//
//   read_statistics.cc  sentences, subjects, groups
//   read_filters.cc     which rows
//   read_prepared.cc    preparations
//   read_figures.cc     figures and tests
//   read_report.cc      the names under which figures are reported
//   report_names.cc     which column, which value of a group a name speaks of

#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/ranking/features.h"
#include "analysis/ask/reading.h"
#include "analysis/ask/study/said.h"

namespace sextant::ask {

class StatisticsReader {
 public:
  StatisticsReader(const Context& context, const Links& links, const Links& told,
                   std::string_view instructions, const Weights& weights);

  std::optional<Reading> read();

 private:
  static bool says(const Sentence& s, std::string_view words) {
    return s.words.find(" " + std::string(words) + " ") != std::string::npos;
  }
  static bool says_any(const Sentence& s, std::initializer_list<std::string_view> words) {
    for (const auto word : words) {
      if (says(s, word)) return true;
    }
    return false;
  }
  bool anywhere(std::string_view words) const {
    const std::string padded = " " + std::string(words) + " ";
    return all_.find(padded) != std::string::npos || told_.find(padded) != std::string::npos;
  }
  bool told(std::string_view words) const {
    return told_.find(std::string(words)) != std::string::npos ||
           all_.find(std::string(words)) != std::string::npos;
  }
  const std::string& name_of(int column) const { return context_.columns()[column].model->name; }
  bool derives(const std::string& name) const;

  // The columns of a sentence that can be computed with, as names: those of groups and filters left
  // out; derived ones too.
  std::vector<std::string> numbers_in(const Sentence& s);
  std::optional<std::string> subject(const Sentence& s);
  // The column as a number: a text is read as the number it begins with, a pair of texts as 0, 1.
  std::string as_number(int column);

  void read_sentence(const Sentence& s, bool of_question);
  void find_group(const Sentence& s);
  void find_filters();
  bool find_flags(const Sentence& s);
  void find_equalities(const Sentence& s);
  void find_ordinals(const Sentence& s);
  int table_column(const std::string& name) const;
  bool derive(const Sentence& s);
  void prepare(const Sentence& s);
  void add_preparation(Preparation p);
  void drop_outliers(const Sentence& s);
  void keep(const Sentence& s);
  void ask_correlation(const Sentence& s);
  void ask_normality(const Sentence& s);
  void ask_outliers(const Sentence& s);
  void ask_missing(const Sentence& s);
  void ask_difference(const Sentence& s);
  void ask_figures(const Sentence& s);
  Figure& add(FigureKind kind, std::vector<std::string> columns, std::string how = {},
              double limit = 0);
  double threshold(double otherwise) const;
  std::string outlier_method() const;
  std::string normality_test() const;
  bool report();
  std::optional<Figure> reported(const std::string& name);
  std::vector<std::string> columns_named(const std::string& name) const;
  std::vector<std::string> columns_told_apart(const std::string& text,
                                              const std::vector<std::string>& names) const;
  std::optional<std::string> group_named(const std::string& group_column,
                                         const std::string& name) const;
  std::vector<std::string> group_values(const std::string& group) const;
  std::string told_apart_by(const std::vector<std::string>& names) const;
  void name_outliers(const std::string& name, Figure& figure);
  void take_of_outliers(const std::string& text, Figure& figure);
  bool settle();

  const Context& context_;
  const Links& links_;
  const Links& told_links_;
  const Weights& weights_;
  std::string instructions_;  // as written
  std::string told_;          // normalised, padded with blanks
  std::string all_;
  std::vector<Sentence> sentences_, told_sentences_;
  std::vector<std::string> words_of_verdict_;
  Reading reading_;
  Study study_;
  std::string last_;                 // the column spoken of last, or derived
  std::vector<std::string> spoken_;  // all that were computed with, in order
  std::vector<int> used_;            // columns of the table
  std::vector<int> filtering_;       // columns that only filter
  int table_ = -1;
  bool statistical_ = false;  // a word that only a statistician says
};

}  // namespace sextant::ask
