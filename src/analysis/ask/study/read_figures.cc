#include <algorithm>
#include <regex>

#include "analysis/ask/study/statistics_reader.h"
#include "analysis/ask/study/told.h"

namespace sextant::ask {

namespace {

struct NamedFigure {
  const char* words;
  FigureKind kind;
};

// Longer wordings first.
constexpr NamedFigure kFigures[] = {
    {"population standard deviation", FigureKind::population_deviation},
    {"standard deviation", FigureKind::deviation},
    {"standard deviations", FigureKind::deviation},
    {"std dev", FigureKind::deviation},
    {"std", FigureKind::deviation},
    {"interquartile range", FigureKind::quartile_range},
    {"iqr", FigureKind::quartile_range},
    {"lower quartile", FigureKind::lower_quartile},
    {"first quartile", FigureKind::lower_quartile},
    {"upper quartile", FigureKind::upper_quartile},
    {"third quartile", FigureKind::upper_quartile},
    {"variance", FigureKind::variance},
    {"skewness", FigureKind::skewness},
    {"skewed", FigureKind::skewness},
    {"kurtosis", FigureKind::kurtosis},
    {"median", FigureKind::median},
    {"mean", FigureKind::mean},
    {"average", FigureKind::mean},
    {"mode", FigureKind::mode},
    {"minimum", FigureKind::minimum},
    {"maximum", FigureKind::maximum},
    {"min", FigureKind::minimum},
    {"max", FigureKind::maximum},
    {"range", FigureKind::range},
};

}  // namespace

std::string StatisticsReader::normality_test() const {
  return anywhere("normaltest") || told("agostino") ? "dagostino"
         : told("jarque")                           ? "jarque_bera"
         : told("kolmogorov")                       ? "kolmogorov"
                                                    : "shapiro";
}

void StatisticsReader::ask_correlation(const Sentence& s) {
  const bool asks =
      says_any(s, {"correlation", "correlated", "correlate", "correlations"}) ||
      (says(s, "relationship between") && (anywhere("pearson") || anywhere("spearman"))) ||
      (context_.tables().size() == 1 && context_.keeps_records() &&
       says_any(s, {"relationship between", "affect", "affects", "influence", "influences",
                    "impact of", "effect of", "related to", "depend on", "depends on"}));
  if (!asks) return;
  auto numbers = numbers_in(s);
  // "for each class": what groups may be what is correlated when nothing else is.
  if (numbers.size() < 2 && !last_.empty() && std::ranges::find(numbers, last_) == numbers.end()) {
    numbers.insert(numbers.begin(), last_);
  }
  if (numbers.size() < 2) return;
  statistical_ = true;
  const std::string how = anywhere("spearman") ? "spearman" : "pearson";
  const std::vector<std::string> pair{numbers[0], numbers[1]};
  add(FigureKind::correlation, pair, how);
  if (told("p value") || says(s, "significant")) add(FigureKind::correlation_p_value, pair, how);
}

void StatisticsReader::ask_normality(const Sentence& s) {
  const bool asks = says_any(s, {"normal distribution", "normally distributed", "normality",
                                 "follow a normal", "follows a normal"}) ||
                    (says(s, "distribution") && told("shapiro"));
  if (!asks) return;
  const auto column = subject(s);
  if (!column) return;
  statistical_ = true;
  add(FigureKind::normality, {*column}, normality_test(), significance_level(instructions_));
  last_ = *column;
}

void StatisticsReader::ask_outliers(const Sentence& s) {
  if (!says_any(s, {"outlier", "outliers"})) return;
  if (says_any(s, {"remove", "removing", "exclude", "without", "removal", "removed"})) return;
  const auto column = subject(s);
  if (!column) return;
  statistical_ = true;
  const std::string how = outlier_method();
  const double limit = threshold(how == "z_score" ? 3 : 1.5);
  add(FigureKind::outliers, {*column}, how, limit);
  if (says_any(s, {"list", "which"})) add(FigureKind::outlier_values, {*column}, how, limit);
  last_ = *column;
}

void StatisticsReader::ask_missing(const Sentence& s) {
  const bool asks = says_any(s, {"missing values", "missing", "null values", "nulls"}) &&
                    says_any(s, {"how many", "percentage", "number of", "count", "share"});
  if (!asks || s.columns.empty() || says_any(s, {"impute", "fill", "replace"})) return;
  statistical_ = true;
  const bool share = says_any(s, {"percentage", "share", "percent"});
  for (const SaidColumn& said : s.columns) {
    if (study_.group && name_of(said.column) == *study_.group) continue;
    used_.push_back(said.column);
    add(share ? FigureKind::missing_share : FigureKind::missing, {name_of(said.column)});
  }
}

void StatisticsReader::ask_difference(const Sentence& s) {
  const bool asks =
      says_any(s, {"significant difference", "differ significantly", "significant differences",
                   "significantly different", "t test", "mann whitney", "anova"});
  if (!asks) return;
  std::string value, groups = study_.group.value_or("");
  for (const Sentence& part : sentences_) {
    for (const SaidColumn& said : part.columns) {
      const ColumnEntry& column = context_.columns()[said.column];
      const std::string& name = column.model->name;
      const bool measured =
          column.model->distinct > 10 || (!groups.empty() && column.kind == Kind::number);
      if (computable(column) && value.empty() && measured && name != groups) {
        value = as_number(said.column);
      } else if (groups.empty() && column.model->distinct >= 2 && column.model->distinct <= 20) {
        groups = name;
        used_.push_back(said.column);
      }
    }
  }
  if (value.empty()) value = last_;
  // "1st class and 3rd class": the column that the filter names makes the groups.
  for (const Filter& filter : reading_.filters) {
    if (groups.empty() && filter.any_of.size() == 2) groups = filter.any_of[0].column;
  }
  if (value.empty() || groups.empty()) return;
  statistical_ = true;
  const std::string how = told("mann whitney") ? "mann_whitney"
                          : told("welch")      ? "welch"
                                               : "t_test";
  add(FigureKind::difference, {value, groups}, how, significance_level(instructions_));
  add(FigureKind::difference_p_value, {value, groups}, how);
  last_ = value;
}

void StatisticsReader::ask_figures(const Sentence& s) {
  if (says_any(s, {"fill", "filling", "impute", "imputing", "replace", "imputation"})) return;
  if (says(s, "z score") && says(s, "defined")) return;
  std::vector<std::pair<std::size_t, FigureKind>> asked;
  std::string words = s.words;
  for (const NamedFigure& figure : kFigures) {
    const std::string padded = " " + std::string(figure.words) + " ";
    for (std::size_t at = 0; (at = words.find(padded, at)) != std::string::npos;) {
      // "three standard deviations from the mean" and "than the average" measure nothing.
      const std::string_view before(words.data(), at + 1);
      const bool refers = before.ends_with(" from the ") || before.ends_with(" than the ") ||
                          before.ends_with(" above the ") || before.ends_with(" below the ") ||
                          before.ends_with(" one ") || before.ends_with(" with the ");
      if (!refers) asked.emplace_back(at, figure.kind);
      std::fill(words.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                words.begin() + static_cast<std::ptrdiff_t>(at + padded.size()) - 1, '#');
    }
  }
  if (asked.empty()) return;
  std::ranges::sort(asked);
  // "mean of the maximum temperature": the second word belongs to the name.
  for (std::size_t i = 1; i < asked.size();) {
    const std::string between =
        s.words.substr(asked[i - 1].first, asked[i].first + 1 - asked[i - 1].first);
    if (between.ends_with(" of the ") || between.ends_with(" of ")) {
      asked.erase(asked.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
  std::vector<std::string> columns = numbers_in(s);
  const bool of_new = says_any(s, {"new feature", "this new", "new column", "this feature"});
  if (of_new && derives(last_)) columns = {last_};
  // Derived columns leave their sources behind.
  std::vector<std::string> derived;
  for (const auto& name : columns) {
    const bool source = std::ranges::any_of(
        context_.columns(), [&](const ColumnEntry& c) { return c.model->name == name; });
    if (!source) derived.push_back(name);
  }
  if (!derived.empty()) columns = derived;
  // "the skewness for each": of what the sentence before is about.
  for (const Sentence& before : sentences_) {
    const bool refers = says_any(s, {"for each", "of each", "both", "their"});
    if (!columns.empty() || !last_.empty() || &before == &s || !refers) break;
    columns = numbers_in(before);
  }
  if (columns.empty()) {
    if (last_.empty()) return;
    columns = {last_};
  }
  if (columns.size() > 6) columns.resize(6);
  for (const auto& column : columns) {
    for (auto [at, kind] : asked) {
      if (kind == FigureKind::range && says(s, "interquartile range")) continue;
      if (kind == FigureKind::deviation &&
          (told("population standard deviation") || told("n 1 2 n"))) {
        kind = FigureKind::population_deviation;
      }
      const bool plain = told("scipy");
      if (plain && kind == FigureKind::skewness) kind = FigureKind::population_skewness;
      if (plain && kind == FigureKind::kurtosis) kind = FigureKind::population_kurtosis;
      if (kind != FigureKind::mean && kind != FigureKind::minimum && kind != FigureKind::maximum &&
          kind != FigureKind::median && kind != FigureKind::mode && kind != FigureKind::range) {
        statistical_ = true;
      }
      add(kind, {column});
    }
  }
  // What is computed as told in further lines is no question for a list or a top.
  if ((asked.size() > 1 && columns.size() == 1) || !instructions_.empty()) statistical_ = true;
  last_ = columns.back();
}

}  // namespace sextant::ask
