#include <algorithm>

#include "analysis/ask/study/measured.h"
#include "analysis/ask/study/period.h"
#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "analysis/insight/coverage.h"
#include "analysis/insight/series/forecast.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

constexpr std::int64_t kMostPeriods = 2000;

// Figures of consecutive periods; a period without rows is 0 where figures add up.
struct History {
  std::vector<std::string> dates;
  std::vector<double> figures;
  std::int64_t gaps = 0;
};

Result<History> read_history(const engine::ResultSet& rows, Grain grain, bool additive,
                             const std::string& words) {
  History history;
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    if (rows.is_null(r, 0)) continue;
    const std::string date = rows.text(r, 0).substr(0, 10);
    if (!history.dates.empty()) {
      const std::int64_t missing = periods_between(history.dates.back(), date, grain) - 1;
      if (missing > 0 && !additive) {
        return fail(ErrorCode::invalid_fields,
                    fmt::format("Between {} and {} there are periods without {}, so it can not be "
                                "continued.",
                                history.dates.back(), date, words),
                    "Ask for a coarser grain of time.");
      }
      for (std::int64_t i = 0; i < missing && i < kMostPeriods; ++i) {
        history.dates.push_back(move_period(history.dates.back(), grain, 1));
        history.figures.push_back(0);
        ++history.gaps;
      }
    }
    history.dates.push_back(date);
    history.figures.push_back(rows.number(r, 1));
  }
  return history;
}

}  // namespace

Result<StudyResult> run_forecast(const Context& context, const Reading& reading,
                                 engine::Connection& connection) {
  const auto& model = context.model();
  if (reading.dimensions.size() != 1 || reading.measures.size() != 1 ||
      reading.dimensions[0].grain == Grain::none || reading.dimensions[0].grain == Grain::weekday) {
    return fail(ErrorCode::invalid_fields, "A forecast needs one figure over time.",
                "Ask for example: forecast revenue for the next 3 months.");
  }
  const Dimension& time = reading.dimensions[0];
  const Measure& measure = reading.measures[0];
  const std::string words = measure_words(model, measure);
  const std::string grain(json::enum_name(time.grain));
  Reading base = reading;
  base.study.reset();
  base.limit.reset();
  base.order.clear();
  StudyResult result;
  TRY(result.sql, to_sql(model, base));
  TRY(auto rows, connection.query(result.sql.text));
  TRY(History history, read_history(rows, time.grain, adds_up(model, measure), words));
  std::string unfinished;
  TRY(const insight::Coverage coverage, insight::find_coverage(text::quote_identifier(time.table),
                                                               time_expression(time), connection));
  if (!history.dates.empty() && !insight::is_complete(coverage, history.dates.back(), grain)) {
    unfinished = insight::format_date(history.dates.back(), grain);
    history.dates.pop_back();
    history.figures.pop_back();
  }
  const auto steps =
      static_cast<std::size_t>(std::clamp<std::int64_t>(reading.study->steps, 1, 366));
  TRY(const insight::Forecast forecast,
      insight::forecast(history.figures, steps, season_of(time.grain)));

  const std::string name = rows.column_info()[1].name, expected = "expected_" + name;
  result.columns = {{rows.column_info()[0].name, "DATE"},
                    {name, "DOUBLE"},
                    {expected, "DOUBLE"},
                    {"low", "DOUBLE"},
                    {"high", "DOUBLE"}};
  for (std::size_t i = 0; i < history.dates.size(); ++i) {
    result.rows.push_back(boost::json::array{json::Value(history.dates[i]), history.figures[i],
                                             nullptr, nullptr, nullptr});
  }
  const bool never_below_zero =
      adds_up(model, measure) &&
      std::ranges::none_of(history.figures, [](double figure) { return figure < 0; });
  const auto floor = [&](double figure) {
    return never_below_zero ? std::max(0.0, figure) : figure;
  };
  for (std::size_t i = 0; i < forecast.points.size(); ++i) {
    const auto& point = forecast.points[i];
    result.rows.push_back(
        boost::json::array{json::Value(move_period(history.dates.back(), time.grain,
                                                   static_cast<std::int64_t>(i) + 1)),
                           nullptr, floor(point.value), floor(point.low), floor(point.high)});
  }
  const SqlColumn& meta = result.sql.columns[1];
  const auto first = static_cast<std::int64_t>(history.dates.size());
  const auto figure = [&](std::int64_t row, std::size_t column) {
    return insight::format_value(
        insight::cell_number(result.rows[static_cast<std::size_t>(row)].as_array()[column])
            .value_or(0),
        meta.unit, meta.semantic_type);
  };
  for (std::int64_t i = 0; i < std::min<std::int64_t>(static_cast<std::int64_t>(steps), 3); ++i) {
    const std::int64_t row = first + i;
    const std::string date(result.rows[static_cast<std::size_t>(row)].as_array()[0].get_string());
    result.text.text(i == 0 ? upper_first(words) + " is expected to be " : "; in ")
        .text(i == 0 ? "" : insight::format_date(date, grain) + ", ")
        .number(figure(row, 2), row, expected)
        .text(i == 0 ? " in " + insight::format_date(date, grain) + " (between " : " (between ")
        .number(figure(row, 3), row, "low")
        .text(" and ")
        .number(figure(row, 4), row, "high")
        .text(")");
  }
  result.text.text("; the true figure lies between these with a probability of ")
      .derived(insight::format_number(100 * forecast.level) + " %", "level of the interval")
      .text(" if the past goes on. The model is " + forecast.model + " over ")
      .derived(std::to_string(history.figures.size()), "periods that the model was fitted to")
      .text(" periods.");
  if (forecast.tested > 0) {
    insight::Prose& text = result.text;
    text.text(" Tried on the last ")
        .derived(std::to_string(forecast.tested), "periods held back one after the other")
        .text(" of them it was off by ")
        .derived(insight::format_value(forecast.error, meta.unit, meta.semantic_type),
                 "mean absolute error of one-step forecasts")
        .text(" on average, ")
        .text(forecast.error < forecast.naive_error ? "better than" : "no better than")
        .text(" repeating the last figure (")
        .derived(insight::format_value(forecast.naive_error, meta.unit, meta.semantic_type),
                 "mean absolute error of repeating the last figure")
        .text(").");
  }
  if (!unfinished.empty()) {
    insight::Prose left_out;
    left_out.derived(unfinished, "period in which the data ends")
        .text(" is not complete and was left out of the model.");
    result.insights.push_back(std::move(left_out));
  }
  if (history.gaps > 0) {
    insight::Prose gaps;
    gaps.text("Periods without rows count as nothing: there are ")
        .derived(std::to_string(history.gaps), "number of periods without rows")
        .text(".");
    result.insights.push_back(std::move(gaps));
  }
  result.chart = catalog::ChartType::line;
  return result;
}

}  // namespace sextant::ask
