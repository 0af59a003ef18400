// Figures of two parts of the data side by side.
#include <cmath>

#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

Result<StudyResult> run_comparison(const Context& context, const Reading& reading,
                                   engine::Connection& connection) {
  const auto& model = context.model();
  if (reading.others.size() != 2 || reading.measures.empty()) {
    return fail(ErrorCode::invalid_fields, "A comparison needs a figure and two sides.",
                "Ask for example: compare revenue of Germany and Italy.");
  }
  StudyResult result;
  result.columns = {{"figure", "VARCHAR"}};
  std::vector<std::string> sides;
  for (const Reading& side : reading.others) {
    sides.push_back(all_filter_words(model, side));
    result.columns.push_back({text::snake_case(sides.back(), "side"), "DOUBLE"});
  }
  if (result.columns[1].name == result.columns[2].name) result.columns[2].name += "_2";
  result.columns.push_back({"difference", "DOUBLE"});
  result.columns.push_back({"change_percent", "DOUBLE"});
  std::string all_sql;
  std::int64_t row = 0;
  for (const Measure& measure : reading.measures) {
    std::vector<double> figures;
    SqlColumn meta;
    for (const Reading& side : reading.others) {
      Reading one = reading;
      one.study.reset();
      one.intent = Intent::query;
      one.others.clear();
      one.measures = {measure};
      for (const Filter& filter : side.filters) one.filters.push_back(filter);
      TRY(const Sql sql, to_sql(model, one));
      TRY(auto rows, connection.query(sql.text));
      if (all_sql.empty()) result.sql = sql;
      all_sql += (all_sql.empty() ? "" : ";\n") + sql.text;
      meta = sql.columns[0];
      if (rows.rows() == 0 || rows.is_null(0, 0)) break;
      figures.push_back(rows.number(0, 0));
    }
    if (figures.size() != 2) continue;
    const double difference = figures[1] - figures[0];
    result.rows.push_back(boost::json::array{
        json::Value(measure_words(model, measure)), figures[0], figures[1], difference,
        figures[0] != 0 ? json::Value(100 * difference / std::abs(figures[0])) : json::Value()});
    const auto value = [&](double figure) {
      return insight::format_value(figure, meta.unit, meta.semantic_type);
    };
    insight::Prose& text = result.text;
    text.text(row == 0 ? "" : " ")
        .text(upper_first(measure_words(model, measure)) + " is ")
        .number(value(figures[0]), row, result.columns[1].name)
        .text(" (")
        .derived(sides[0], "one side")
        .text(") against ")
        .number(value(figures[1]), row, result.columns[2].name)
        .text(" (")
        .derived(sides[1], "other side")
        .text(")");
    if (difference == 0) {
      text.text(": the same.");
    } else {
      text.text(": ")
          .derived(value(std::abs(difference)), "difference of the two")
          .text(difference > 0 ? " more" : " less");
      if (figures[0] != 0) {
        text.text(" (")
            .derived(fmt::format("{:+.1f} %", 100 * difference / std::abs(figures[0])),
                     "difference / " + insight::format_number(figures[0]))
            .text(")");
      }
      text.text(".");
    }
    ++row;
  }
  if (result.rows.empty()) {
    return fail(ErrorCode::invalid_fields, "One of the two sides has no rows.",
                "Compare two sides that the data has.");
  }
  result.sql.text = all_sql;
  result.sql.columns.clear();
  result.chart = catalog::ChartType::bar;
  return result;
}

}  // namespace sextant::ask
