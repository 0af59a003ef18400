// How values are spread, and which of them stand out.
#include <algorithm>
#include <cmath>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/study/measured.h"
#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "analysis/insight/series/trend.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using text::quote_identifier;

constexpr double kFewestBins = 5, kMostBins = 40;
constexpr double kSkewed = 0.5;  // |skewness| from which a distribution is called uneven
constexpr double kFar = 3.5;     // modified z-score of an outlier (Iglewicz and Hoaglin, 1993)
constexpr std::int64_t kShown = 100;

// The reading's rows with a value of its column.
Result<Sql> column_rows(const catalog::SemanticModel& model, const Reading& reading) {
  if (reading.columns.empty()) {
    return fail(ErrorCode::invalid_fields, "The study names no column.",
                "Ask for example: distribution of price.");
  }
  Reading rows = reading;
  rows.study.reset();
  rows.intent = Intent::query;
  rows.measures.clear();
  rows.dimensions.clear();
  rows.order.clear();
  rows.limit.reset();
  return to_sql(model, rows);
}

// 1, 2 or 5 times a power of ten, not smaller.
double round_width(double width) {
  const double power = std::pow(10, std::floor(std::log10(width)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= width * (1 - 1e-9)) return step * power;
  }
  return 10 * power;
}

std::string literal(double value) { return json::dump(json::Value(value)); }

}  // namespace

Result<StudyResult> run_distribution(const Context& context, const Reading& reading,
                                     engine::Connection& connection) {
  StudyResult result;
  TRY(result.sql, column_rows(context.model(), reading));
  const SqlColumn meta = result.sql.columns[0];
  const std::string x = quote_identifier(meta.name), rows = "(" + result.sql.text + ")";
  TRY(auto facts, connection.query("SELECT count(" + x + "), count(*) - count(" + x + "), min(" +
                                   x + ")::DOUBLE, max(" + x + ")::DOUBLE, quantile_cont(" + x +
                                   ", 0.25)::DOUBLE, median(" + x + ")::DOUBLE, quantile_cont(" +
                                   x + ", 0.75)::DOUBLE, avg(" + x + ")::DOUBLE, skewness(" + x +
                                   ") FROM " + rows));
  const double n = facts.number(0, 0), low = facts.number(0, 2), high = facts.number(0, 3),
               q1 = facts.number(0, 4), middle = facts.number(0, 5), q3 = facts.number(0, 6);
  const std::string words = spaced(meta.name);
  if (n == 0) {
    return fail(ErrorCode::invalid_fields, "No row has a value of " + words + ".",
                "Ask about another column.");
  }
  // Freedman and Diaconis, "On the histogram as a density estimator", 1981: 2 IQR / n^⅓.
  double width = 2 * (q3 - q1) / std::cbrt(n);
  const double span = high - low;
  if (width <= 0 || span / width < kFewestBins) width = span / kFewestBins;
  if (span / std::max(width, 1e-300) > kMostBins) width = span / kMostBins;
  width = span > 0 ? round_width(width) : 1;
  const double start = std::floor(low / width) * width;
  result.sql.text = "SELECT " + literal(start) + " + " + literal(width) + " * floor((" + x + " - " +
                    literal(start) + ") / " + literal(width) + ") AS \"from\", " + literal(start) +
                    " + " + literal(width) + " * (floor((" + x + " - " + literal(start) + ") / " +
                    literal(width) + ") + 1) AS \"to\", count(*) AS \"rows\"\nFROM " + rows +
                    "\nWHERE " + x + " IS NOT NULL\nGROUP BY 1, 2\nORDER BY 1";
  TRY(auto bins, connection.query(result.sql.text));
  result.columns = bins.column_info();
  result.rows = bins.rows_to_json(1000);
  const auto value = [&](double figure) {
    return insight::format_value(figure, meta.unit, meta.semantic_type);
  };
  insight::Prose& text = result.text;
  text.text("Half of the values of " + words + " lie between ")
      .derived(value(q1), "lower quartile of " + words)
      .text(" and ")
      .derived(value(q3), "upper quartile of " + words)
      .text(", around a median of ")
      .derived(value(middle), "median of " + words)
      .text("; they reach from ")
      .derived(value(low), "minimum of " + words)
      .text(" to ")
      .derived(value(high), "maximum of " + words)
      .text(".");
  if (!facts.is_null(0, 8)) {
    const double skewness = facts.number(0, 8);
    text.text(std::abs(skewness) < kSkewed ? " They are spread evenly to both sides"
              : skewness > 0               ? " There is a long tail of high values"
                                           : " There is a long tail of low values");
    text.text(" (skewness ")
        .derived(insight::format_number(skewness), "skewness of " + words)
        .text(", mean ")
        .derived(value(facts.number(0, 7)), "mean of " + words)
        .text(").");
  }
  if (facts.number(0, 1) > 0) {
    result.insights.emplace_back()
        .derived(insight::format_number(facts.number(0, 1)), "rows without a value of " + words)
        .text(" rows have no value of " + words + " and are left out.");
  }
  result.sql.columns.clear();
  for (const auto& column : result.columns) {
    SqlColumn out;
    out.name = column.name;
    out.measure = column.name == "rows";
    if (!out.measure) out.unit = meta.unit;
    result.sql.columns.push_back(std::move(out));
  }
  result.chart = catalog::ChartType::bar;
  return result;
}

namespace {

// Periods whose figure stands out from its neighbours.
Result<StudyResult> odd_periods(const Context& context, const Reading& reading,
                                engine::Connection& connection) {
  const auto& model = context.model();
  Reading base = reading;
  base.study.reset();
  base.intent = Intent::query;
  base.order.clear();
  base.limit.reset();
  StudyResult result;
  TRY(result.sql, to_sql(model, base));
  TRY(auto rows, connection.query(result.sql.text));
  std::vector<double> series;
  for (std::int64_t r = 0; r < rows.rows(); ++r) series.push_back(rows.number(r, 1));
  result.columns = rows.column_info();
  result.columns.push_back({"stands_out", "BOOLEAN"});
  result.rows = rows.rows_to_json(1000);
  const auto odd = insight::local_outliers(series);
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    result.rows[r].as_array().push_back(std::ranges::find(odd, r) != odd.end());
  }
  const std::string grain(json::enum_name(reading.dimensions[0].grain));
  const std::string words = measure_words(model, reading.measures[0]);
  const SqlColumn& meta = result.sql.columns[1];
  insight::Prose& text = result.text;
  if (odd.empty()) {
    text.text("No " + grain + " of " + words + " stands out from its neighbours; there are ")
        .derived(std::to_string(series.size()), "number of periods")
        .text(" of them.");
  } else {
    text.text(upper_first(words) + " stands out in ");
    for (std::size_t i = 0; i < std::min<std::size_t>(odd.size(), 5); ++i) {
      const std::size_t r = odd[i];
      const auto& cell = result.rows[r].as_array()[0];
      text.text(i == 0 ? "" : ", ")
          .text(cell.is_string() ? insight::format_date(cell.get_string(), grain)
                                 : json::dump(cell))
          .text(" (")
          .number(insight::format_value(series[r], meta.unit, meta.semantic_type),
                  static_cast<std::int64_t>(r), meta.name)
          .text(")");
    }
    text.text(": far from the " + grain + "s around.");
  }
  result.chart = catalog::ChartType::line;
  return result;
}

}  // namespace

Result<StudyResult> run_outliers(const Context& context, const Reading& reading,
                                 engine::Connection& connection) {
  if (!reading.measures.empty() && !reading.dimensions.empty()) {
    return odd_periods(context, reading, connection);
  }
  const auto& model = context.model();
  StudyResult result;
  TRY(result.sql, column_rows(model, reading));
  const SqlColumn meta = result.sql.columns[0];
  const std::string x = quote_identifier(meta.name), words = spaced(meta.name);
  // 0.6745 (x - median) / MAD, and the mean deviation where MAD is 0 (Iglewicz and Hoaglin).
  const std::string rows = "WITH \"rows\" AS (" + result.sql.text +
                           "),\n\"middle\" AS (SELECT median(" + x + ") AS m FROM \"rows\"),\n" +
                           "\"spread\" AS (SELECT m, median(abs(" + x + " - m)) AS mad, avg(abs(" +
                           x + " - m)) AS mean_deviation FROM \"rows\", \"middle\" GROUP BY m),\n" +
                           "\"scored\" AS (SELECT \"rows\".*, CASE WHEN mad > 0 THEN 0.6745 * (" +
                           x + " - m) / mad WHEN mean_deviation > 0 THEN (" + x +
                           " - m) / (1.253314 * mean_deviation) ELSE 0 END AS \"score\" FROM "
                           "\"rows\", \"spread\" WHERE " +
                           x + " IS NOT NULL)";
  TRY(auto facts,
      connection.query(rows + "\nSELECT count(*), count(*) FILTER (abs(score) > " + literal(kFar) +
                       "), min(" + x + ") FILTER (abs(score) <= " + literal(kFar) +
                       ")::DOUBLE, max(" + x + ") FILTER (abs(score) <= " + literal(kFar) +
                       ")::DOUBLE FROM \"scored\""));
  result.sql.text = rows + "\nSELECT * FROM \"scored\" WHERE abs(score) > " + literal(kFar) +
                    "\nORDER BY abs(score) DESC, " + x;
  TRY(auto found, connection.query(result.sql.text + "\nLIMIT " + std::to_string(kShown)));
  result.columns = found.column_info();
  result.rows = found.rows_to_json(kShown);
  SqlColumn score;
  score.name = "score";
  score.measure = true;
  result.sql.columns.push_back(std::move(score));
  const auto value = [&](double figure) {
    return insight::format_value(figure, meta.unit, meta.semantic_type);
  };
  insight::Prose& text = result.text;
  if (found.rows() == 0) {
    text.text("No value of " + words + " stands out: all ")
        .derived(insight::format_number(facts.number(0, 0)), "number of values")
        .text(" lie between ")
        .derived(value(facts.number(0, 2)), "smallest value")
        .text(" and ")
        .derived(value(facts.number(0, 3)), "largest value")
        .text(".");
    result.rows.clear();
  } else {
    text.derived(insight::format_number(facts.number(0, 1)), "values with a score beyond the limit")
        .text(" of ")
        .derived(insight::format_number(facts.number(0, 0)), "number of values")
        .text(" values of " + words + " stand out; the others lie between ")
        .derived(value(facts.number(0, 2)), "smallest of the others")
        .text(" and ")
        .derived(value(facts.number(0, 3)), "largest of the others")
        .text(". The most extreme is ")
        .number(value(found.number(0, 0)), 0, result.columns[0].name)
        .text(".");
    result.insights.emplace_back()
        .text("A value stands out when it is more than ")
        .derived(literal(kFar), "limit of the modified z-score")
        .text(" robust deviations from the median, which the outliers themselves do not move.");
  }
  result.chart = catalog::ChartType::table;
  return result;
}

}  // namespace sextant::ask
