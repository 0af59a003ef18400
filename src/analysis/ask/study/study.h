#pragma once
// A statistical study as part of a reading: what is prepared, which figures are taken of it, or
// which analysis is made of a figure over time. A plain value with JSON both ways (reading.h).
//
//   statistics  rows of the reading's table and filters → preparations, in order → figures
//   forecast    the reading's measure by its time dimension, continued by `steps` periods
//   drivers     which values of which columns make the reading's measure differ between two periods
//   pareto      the reading's measure by its dimension, largest first, with the running share
//   rows          what the rows of a table say as they stand (rows/row_query.h)
//   distribution  how the values of the reading's column are spread, in bins of equal width
//   outliers      the rows whose value of the reading's column stands out, most extreme first
//   relations     which columns of numbers go with the reading's column, or with one another
//   comparison    the reading's measures for each of its `others`, side by side
//   quality       gaps, repeats and odd values of the reading's table, column by column

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/rows/row_query.h"

namespace sextant::ask {

enum class StudyKind {
  statistics,
  forecast,
  drivers,
  pareto,
  rows,
  distribution,
  outliers,
  relations,
  comparison,
  quality
};
BOOST_DESCRIBE_ENUM(StudyKind, statistics, forecast, drivers, pareto, rows, distribution, outliers,
                    relations, comparison, quality)

enum class PreparationKind {
  drop_missing,     // rows without a value in `column`
  fill_missing,     // by `how`: mean, median, mode, value
  drop_duplicates,  // rows that repeat another in every column
  drop_outliers,    // rows whose `column` is an outlier by `how`: z_score, quartiles
  derive,           // a new column `name` from `columns` by `how`
};
BOOST_DESCRIBE_ENUM(PreparationKind, drop_missing, fill_missing, drop_duplicates, drop_outliers,
                    derive)

// `how` of a derived column: ratio, difference, sum, product and mean of columns; change (percent
// against the row before); log, log10, square_root, min_max and z_score of one column; length (of a
// text); number (that a text begins with); code (1 for `value`, else 0).
struct Preparation {
  PreparationKind kind = PreparationKind::drop_missing;
  std::vector<std::string> columns;
  std::string how;
  std::string name;  // of what is derived; the column itself when it is replaced
  std::optional<boost::json::value> value;
  double limit = 0;  // deviations (z_score) or interquartile ranges (quartiles)
};
BOOST_DESCRIBE_STRUCT(Preparation, (), (kind, columns, how, name, value, limit))

enum class FigureKind {
  rows,
  values,
  missing,
  missing_share,
  distinct,
  mean,
  median,
  mode,
  deviation,
  population_deviation,
  variance,
  population_variance,
  minimum,
  maximum,
  range,
  sum,
  lower_quartile,
  upper_quartile,
  quartile_range,
  percentile,
  skewness,             // adjusted for the sample's size
  population_skewness,  // not adjusted
  kurtosis,             // excess, adjusted
  population_kurtosis,  // excess, not adjusted
  outliers,             // how many
  outlier_values,
  correlation,  // of two columns by `how`: pearson, spearman
  correlation_p_value,
  normality,  // verdict of a test by `how`: shapiro, dagostino, jarque_bera, kolmogorov
  normality_p_value,
  difference,  // verdict of a test between two groups by `how`: t_test, welch, mann_whitney
  difference_p_value,
  inside,   // values within `limit` deviations of the mean
  verdict,  // the word of the first rule that holds of the figure's test by `how`
};
BOOST_DESCRIBE_ENUM(FigureKind, rows, values, missing, missing_share, distinct, mean, median, mode,
                    deviation, population_deviation, variance, population_variance, minimum,
                    maximum, range, sum, lower_quartile, upper_quartile, quartile_range, percentile,
                    skewness, population_skewness, kurtosis, population_kurtosis, outliers,
                    outlier_values, correlation, correlation_p_value, normality, normality_p_value,
                    difference, difference_p_value, inside, verdict)

// What a rule's bound is on: of the correlation (statistic), of its test, of the values.
enum class BoundOf { statistic, p_value, skewness, kurtosis };
BOOST_DESCRIBE_ENUM(BoundOf, statistic, p_value, skewness, kurtosis)

struct Bound {
  BoundOf of = BoundOf::p_value;
  bool absolute = false;
  bool above = false;
  double value = 0;
  bool inclusive = false;
};
BOOST_DESCRIBE_STRUCT(Bound, (), (of, absolute, above, value, inclusive))

// A word that holds when all bounds do; without bounds always.
struct Rule {
  std::string word;
  std::vector<Bound> all;
};
BOOST_DESCRIBE_STRUCT(Rule, (), (word, all))

// Rows whose column is this.
struct Within {
  std::string column;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(Within, (), (column, value))

// With `how` a mean, median, extreme, sum or deviation is of the outliers by that rule alone;
// outlier values are of the last of `columns` where there are two.
struct Figure {
  FigureKind kind = FigureKind::mean;
  std::vector<std::string> columns;
  std::string how;
  double limit = 0;                   // of outliers; the percentile; the level of significance
  std::int64_t after = -1;            // preparations that come before it; -1: all
  std::vector<std::string> verdicts;  // words for yes and no; empty: true and false
  std::vector<Rule> rules;            // of a verdict
  std::optional<std::string> within;  // only rows whose Study::group is this
  std::vector<Within> also;           // and of these
  std::string name;                   // of the result column; empty: made of the figure
};
BOOST_DESCRIBE_STRUCT(Figure, (),
                      (kind, columns, how, limit, after, verdicts, rules, within, also, name))

struct Study {
  StudyKind kind = StudyKind::statistics;
  std::vector<Preparation> preparations;
  std::vector<Figure> figures;
  std::optional<std::string> group;  // figures for each value of this column, a row each; one row
                                     // when every figure says within which value it is taken
  std::int64_t steps = 0;            // of a forecast
  std::string later;                 // drivers: the period whose figure is explained, ISO date
  std::string earlier;               // and the one it is compared with
  std::optional<RowQuery> rows;
};
BOOST_DESCRIBE_STRUCT(Study, (), (kind, preparations, figures, group, steps, later, earlier, rows))

}  // namespace sextant::ask
