#include <algorithm>
#include <cmath>

#include "analysis/ask/study/frame.h"
#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "analysis/insight/statistics/normality.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using insight::TestResult;
using text::quote_identifier;

constexpr std::int64_t kMostValues = 5'000'000;  // that a test looks at
constexpr std::int64_t kMostGroups = 100;
constexpr double kSignificance = 0.05;

struct Outcome {
  json::Value cell;
  std::string said;        // in the sentence
  std::string derivation;  // of a number that is not the cell
};

class Statistics {
 public:
  Statistics(const Context& context, const Reading& reading, engine::Connection& connection)
      : context_(context), reading_(reading), study_(*reading.study), connection_(connection) {}

  Result<StudyResult> run();

 private:
  Result<std::vector<std::string>> groups(const Frame& frame);
  Result<json::Value> word_of(const Frame& frame, const Figure& figure, const std::string& where);
  Result<boost::json::array> row(const Frame& frame, const std::string& where,
                                 std::vector<catalog::ResultColumn>* types);
  Result<TestResult> test(const Frame& frame, const Figure& figure, const std::string& where);
  Result<TestResult> difference(const Frame& frame, const Figure& figure, const std::string& where);
  Result<std::vector<std::vector<double>>> values(const Frame& frame, const Figure& figure,
                                                  const std::string& where);
  void describe(const Frame& frame);
  std::string rows_of(const Figure& figure) const;

  const Context& context_;
  const Reading& reading_;
  const Study& study_;
  engine::Connection& connection_;
  // A row for each value of the group; else one row.
  bool grouped() const {
    return study_.group && std::ranges::none_of(study_.figures, [](const Figure& f) {
             return f.within.has_value();
           });
  }
  StudyResult result_;
};

json::Value verdict(const Figure& figure, bool yes) {
  if (figure.verdicts.size() == 2) return json::Value(figure.verdicts[yes ? 0 : 1]);
  return json::Value(yes);
}

Result<std::vector<std::vector<double>>> Statistics::values(const Frame& frame,
                                                            const Figure& figure,
                                                            const std::string& where) {
  std::string select, present;
  for (const auto& column : figure.columns) {
    const std::string c = quote_identifier(column);
    select += (select.empty() ? "" : ", ") + std::string("CAST(") + c + " AS DOUBLE)";
    present += (present.empty() ? "" : " AND ") + c + " IS NOT NULL";
  }
  if (!where.empty()) present += " AND " + where;
  TRY(auto rows, connection_.query(frame.query(select, figure.after, present) + "\nLIMIT " +
                                   std::to_string(kMostValues + 1)));
  if (rows.rows() > kMostValues) {
    return fail(ErrorCode::invalid_fields,
                fmt::format("A test of {} looks at no more than {} values.", figure_words(figure),
                            kMostValues),
                "Restrict the question to fewer rows.");
  }
  std::vector<std::vector<double>> columns(figure.columns.size());
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      columns[c].push_back(rows.number(r, static_cast<std::int64_t>(c)));
    }
  }
  return columns;
}

// Between the two groups that the values of the second column make.
Result<TestResult> Statistics::difference(const Frame& frame, const Figure& figure,
                                          const std::string& where) {
  if (figure.columns.size() != 2) {
    return fail(ErrorCode::invalid_fields, "A difference needs a figure and a column of groups.");
  }
  const std::string x = quote_identifier(figure.columns[0]),
                    g = quote_identifier(figure.columns[1]);
  std::string present = x + " IS NOT NULL AND " + g + " IS NOT NULL";
  if (!where.empty()) present += " AND " + where;
  TRY(auto rows,
      connection_.query(frame.query("CAST(" + x + " AS DOUBLE), CAST(" + g + " AS VARCHAR) AS g",
                                    figure.after, present) +
                        "\nORDER BY g LIMIT " + std::to_string(kMostValues)));
  std::vector<std::vector<double>> samples;
  std::string last;
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    std::string group = rows.text(r, 1);
    if (samples.empty() || group != last) {
      if (static_cast<std::int64_t>(samples.size()) == kMostGroups) break;
      samples.emplace_back();
      last = std::move(group);
    }
    samples.back().push_back(rows.number(r, 0));
  }
  if (samples.size() < 2) {
    return fail(ErrorCode::invalid_fields,
                spaced(figure.columns[1]) + " has less than two groups with values of " +
                    spaced(figure.columns[0]) + ".",
                "Compare by a column with at least two values.");
  }
  std::vector<insight::Moments> moments;
  for (const auto& sample : samples) moments.push_back(insight::moments_of(sample));
  if (samples.size() > 2) {
    return figure.how == "mann_whitney" ? insight::kruskal_wallis(samples)
                                        : insight::anova(moments);
  }
  if (figure.how == "mann_whitney") return insight::mann_whitney(samples[0], samples[1]);
  return insight::t_test(moments[0], moments[1], figure.how != "welch");
}

Result<TestResult> Statistics::test(const Frame& frame, const Figure& figure,
                                    const std::string& where) {
  if (figure.kind == FigureKind::difference || figure.kind == FigureKind::difference_p_value) {
    const bool between_groups =
        study_.group && figure.columns.size() == 2 && figure.columns[1] == *study_.group;
    return difference(frame, figure, between_groups ? std::string() : where);
  }
  TRY(const auto columns, values(frame, figure, where));
  if (figure.kind == FigureKind::population_skewness) {
    return TestResult{insight::moments_of(columns[0]).skewness, 0, 0};
  }
  if (columns.size() == 2) {
    const double r = figure.how == "spearman" ? insight::spearman(columns[0], columns[1])
                                              : insight::pearson(columns[0], columns[1]);
    return TestResult{
        r, insight::correlation_test(r, static_cast<std::int64_t>(columns[0].size())).p_value, 0};
  }
  const insight::Moments moments = insight::moments_of(columns[0]);
  if (figure.kind == FigureKind::population_kurtosis)
    return TestResult{moments.excess_kurtosis, 0, 0};
  if (figure.how == "dagostino") return insight::dagostino_pearson(moments);
  if (figure.how == "jarque_bera") return insight::jarque_bera(moments);
  if (figure.how == "kolmogorov") {
    return insight::kolmogorov_smirnov(columns[0], moments.mean, std::sqrt(moments.variance));
  }
  return insight::shapiro_wilk(columns[0]);
}

// The word of the first rule whose bounds all hold.
Result<json::Value> Statistics::word_of(const Frame& frame, const Figure& figure,
                                        const std::string& where) {
  TRY(const TestResult tested, test(frame, figure, where));
  insight::Moments moments;
  if (figure.columns.size() == 1) {
    TRY(const auto columns, values(frame, figure, where));
    moments = insight::moments_of(columns[0]);
  }
  if (std::isnan(tested.p_value) && std::isnan(tested.statistic)) return json::Value();
  const auto holds = [&](const Bound& bound) {
    double value = bound.of == BoundOf::statistic  ? tested.statistic
                   : bound.of == BoundOf::p_value  ? tested.p_value
                   : bound.of == BoundOf::skewness ? moments.skewness
                                                   : moments.excess_kurtosis;
    if (bound.absolute) value = std::abs(value);
    if (bound.inclusive && value == bound.value) return true;
    return bound.above ? value > bound.value : value < bound.value;
  };
  for (const Rule& rule : figure.rules) {
    if (std::ranges::all_of(rule.all, holds)) return json::Value(rule.word);
  }
  return json::Value();
}

// The condition of the rows that only this figure is taken of; empty: none.
std::string Statistics::rows_of(const Figure& figure) const {
  std::vector<Within> all = figure.also;
  if (figure.within && study_.group) all.push_back({*study_.group, *figure.within});
  std::string where;
  for (const Within& within : all) {
    where += (where.empty() ? "CAST(" : " AND CAST(") + quote_identifier(within.column) +
             " AS VARCHAR) = " + text::quote_literal(within.value);
  }
  return where;
}

Result<boost::json::array> Statistics::row(const Frame& frame, const std::string& group_where,
                                           std::vector<catalog::ResultColumn>* types) {
  boost::json::array cells;
  for (const Figure& figure : study_.figures) {
    const std::string own = rows_of(figure);
    const std::string where = own.empty() ? group_where : own;
    if (const std::string expression = figure_sql(figure); !expression.empty()) {
      const std::string sql = frame.query(expression, figure.after, where);
      TRY(auto rows, connection_.query(sql + "\nLIMIT 1"));
      cells.push_back(rows.rows() > 0 ? rows.to_json(0, 0) : json::Value());
      if (types) types->push_back({figure_column(figure), rows.column_info()[0].type});
      continue;
    }
    if (figure.kind == FigureKind::verdict) {
      TRY(auto word, word_of(frame, figure, where));
      cells.push_back(std::move(word));
      if (types) types->push_back({figure_column(figure), "VARCHAR"});
      continue;
    }
    TRY(const TestResult tested, test(frame, figure, where));
    const double level = figure.limit > 0 ? figure.limit : kSignificance;
    switch (figure.kind) {
      case FigureKind::normality:
        cells.push_back(std::isnan(tested.p_value) ? json::Value()
                                                   : verdict(figure, tested.p_value > level));
        if (types)
          types->push_back(
              {figure_column(figure), figure.verdicts.empty() ? "BOOLEAN" : "VARCHAR"});
        break;
      case FigureKind::difference:
        cells.push_back(std::isnan(tested.p_value) ? json::Value()
                                                   : verdict(figure, tested.p_value < level));
        if (types)
          types->push_back(
              {figure_column(figure), figure.verdicts.empty() ? "BOOLEAN" : "VARCHAR"});
        break;
      case FigureKind::population_skewness:
      case FigureKind::correlation:
        cells.push_back(std::isnan(tested.statistic) ? json::Value()
                                                     : json::Value(tested.statistic));
        if (types) types->push_back({figure_column(figure), "DOUBLE"});
        break;
      default:
        cells.push_back(std::isnan(tested.p_value) ? json::Value() : json::Value(tested.p_value));
        if (types) types->push_back({figure_column(figure), "DOUBLE"});
    }
  }
  return cells;
}

Result<std::vector<std::string>> Statistics::groups(const Frame& frame) {
  const std::string column = quote_identifier(*study_.group);
  TRY(auto rows,
      connection_.query(frame.query("DISTINCT " + column + " AS g", -1) +
                        "\nORDER BY 1 NULLS LAST LIMIT " + std::to_string(kMostGroups + 1)));
  if (rows.rows() > kMostGroups) {
    return fail(
        ErrorCode::invalid_fields,
        fmt::format("{} has more than {} different values.", spaced(*study_.group), kMostGroups),
        "Group by a column with fewer values.");
  }
  std::vector<std::string> conditions;
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    conditions.push_back(rows.is_null(r, 0) ? column + " IS NULL"
                                            : "CAST(" + column + " AS VARCHAR) = " +
                                                  text::quote_literal(rows.text(r, 0)));
    result_.rows.push_back(boost::json::array{rows.to_json(r, 0)});
  }
  result_.columns.push_back({*study_.group, rows.column_info()[0].type});
  return conditions;
}

std::string said(const json::Value& cell) {
  if (cell.is_null()) return "not defined";
  if (const auto number = insight::cell_number(cell)) return insight::format_number(*number);
  return cell.is_string() ? std::string(cell.get_string()) : json::dump(cell);
}

void Statistics::describe(const Frame& frame) {
  const std::size_t labels = grouped() ? 1 : 0;
  for (std::size_t f = 0; f < study_.figures.size() && f < 6; ++f) {
    const Figure& figure = study_.figures[f];
    const std::string& column = result_.columns[f + labels].name;
    if (labels > 0) {
      // Over groups: where the figure is largest.
      std::int64_t best = -1;
      double largest = 0;
      for (std::size_t r = 0; r < result_.rows.size(); ++r) {
        const auto number = insight::cell_number(result_.rows[r].as_array()[f + 1]);
        if (number && (best < 0 || *number > largest)) {
          best = static_cast<std::int64_t>(r);
          largest = *number;
        }
      }
      if (best < 0) continue;
      result_.text.text(result_.text.empty() ? "" : " ")
          .text("The " + figure_words(figure) + " is largest where " + spaced(*study_.group) +
                " is ");
      const auto& label = result_.rows[static_cast<std::size_t>(best)].as_array()[0];
      if (label.is_number()) {
        result_.text.number(json::dump(label), best, result_.columns[0].name);
      } else {
        result_.text.text(said(label));
      }
      result_.text.text(": ").number(insight::format_number(largest), best, column).text(".");
      continue;
    }
    const auto& cell = result_.rows[0].as_array()[f];
    result_.text.text(result_.text.empty() ? "" : " ");
    if (figure.kind == FigureKind::normality && !cell.is_null()) {
      const bool yes = cell == verdict(figure, true);
      result_.text.text(upper_first(spaced(figure.columns[0])) +
                        (yes ? " can come from a normal distribution."
                             : " does not follow a normal distribution."));
    } else if (figure.kind == FigureKind::difference && !cell.is_null()) {
      const bool yes = cell == verdict(figure, true);
      result_.text.text("The groups differ " +
                        std::string(yes ? "significantly" : "not significantly") + " in " +
                        spaced(figure.columns[0]) + ".");
    } else {
      result_.text.text("The " + figure_words(figure) + " is ");
      if (insight::cell_number(cell)) {
        result_.text.number(said(cell), 0, column);
      } else {
        result_.text.text(said(cell));
      }
      result_.text.text(".");
    }
  }
  for (std::int64_t i = 0; i < frame.steps(); ++i) {
    const Preparation& p = study_.preparations[static_cast<std::size_t>(i)];
    if (p.kind == PreparationKind::drop_outliers) {
      result_.insights.emplace_back().text("Outliers of " + spaced(p.columns[0]) +
                                           " were left out.");
    } else if (p.kind == PreparationKind::fill_missing) {
      result_.insights.emplace_back().text("Missing values of " + spaced(p.columns[0]) +
                                           " were filled for this answer; the data is unchanged.");
    }
  }
}

Result<StudyResult> Statistics::run() {
  if (study_.figures.empty()) {
    return fail(ErrorCode::invalid_fields, "The study asks for no figure.");
  }
  TRY(const Frame frame, Frame::create(context_.model(), reading_));
  result_.sql = frame.base();
  std::vector<std::string> conditions{std::string()};
  if (grouped()) {
    TRY(conditions, groups(frame));
  }
  std::vector<catalog::ResultColumn> types;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    TRY(auto cells, row(frame, conditions[i], i == 0 ? &types : nullptr));
    if (!grouped()) {
      result_.rows.push_back(std::move(cells));
      continue;
    }
    auto& out = result_.rows[i].as_array();
    for (auto& cell : cells) out.push_back(std::move(cell));
  }
  for (auto& type : types) result_.columns.push_back(std::move(type));
  std::string select;
  for (const Figure& figure : study_.figures) {
    std::string expression = figure_sql(figure);
    if (expression.empty() || (grouped() && expression.starts_with("(SELECT"))) continue;
    if (const std::string own = rows_of(figure); !own.empty()) {
      const bool one_call = expression.find(')') + 1 == expression.size();
      if (!one_call) continue;
      expression += " FILTER (WHERE " + own + ")";
    }
    select += (select.empty() ? "" : ", ") + expression + " AS " +
              quote_identifier(figure_column(figure));
  }
  std::string columns;
  for (const auto& p : reading_.columns) {
    columns += (columns.empty() ? "" : ", ") + quote_identifier(p.column);
  }
  const std::string shown = select.empty() ? (columns.empty() ? "*" : columns)
                            : grouped()    ? quote_identifier(*study_.group) + ", " + select
                                           : select;
  result_.sql.text = frame.query(shown, -1);
  if (!select.empty() && grouped()) {
    result_.sql.text += "\nGROUP BY 1\nORDER BY 1";
  } else if (select.find("(SELECT") != std::string::npos) {
    result_.sql.text += "\nLIMIT 1";  // one row of figures, not one for each row
  }
  describe(frame);
  result_.chart = result_.rows.size() == 1 && types.size() == 1 ? catalog::ChartType::metric
                                                                : catalog::ChartType::table;
  return std::move(result_);
}

}  // namespace

Result<StudyResult> run_statistics(const Context& context, const Reading& reading,
                                   engine::Connection& connection) {
  return Statistics(context, reading, connection).run();
}

}  // namespace sextant::ask
