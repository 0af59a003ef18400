#include "analysis/ask/study/measured.h"
#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "base/text.h"

namespace sextant::ask {

namespace {
constexpr double kMost = 80;  // percent that "most of it" means
}

Result<StudyResult> run_pareto(const Context& context, const Reading& reading,
                               engine::Connection& connection) {
  const auto& model = context.model();
  if (reading.dimensions.size() != 1 || reading.measures.size() != 1) {
    return fail(ErrorCode::invalid_fields, "A Pareto analysis needs one figure by one column.",
                "Ask for example: Pareto of revenue by customer.");
  }
  const Measure& measure = reading.measures[0];
  if (!adds_up(model, measure)) {
    return fail(ErrorCode::invalid_fields,
                upper_first(measure_words(model, measure)) +
                    " does not add up over its parts, so they have no share of it.",
                "Ask about a sum or a count.");
  }
  Reading base = reading;
  base.study.reset();
  base.limit.reset();
  base.order = {{OrderBy::measure, 0, {}, {}, true, std::nullopt}};
  StudyResult result;
  TRY(result.sql, to_sql(model, base));
  const std::string label = text::quote_identifier(result.sql.columns[0].name),
                    figure = text::quote_identifier(result.sql.columns[1].name);
  result.sql.text = "WITH parts AS (" + result.sql.text + ")\nSELECT " + label + ", " + figure +
                    ", 100.0 * " + figure + " / nullif(sum(" + figure +
                    ") OVER (), 0) AS share, 100.0 * sum(" + figure + ") OVER (ORDER BY " + figure +
                    " DESC NULLS LAST, " + label + " ROWS UNBOUNDED PRECEDING) / nullif(sum(" +
                    figure + ") OVER (), 0) AS cumulative_share\nFROM parts\nORDER BY " + figure +
                    " DESC NULLS LAST, " + label;
  for (const char* name : {"share", "cumulative_share"}) {
    SqlColumn column;
    column.name = name;
    column.measure = true;
    column.unit = "%";
    column.semantic_type = catalog::SemanticType::share;
    result.sql.columns.push_back(std::move(column));
  }
  TRY(auto rows, connection.query(result.sql.text));
  result.columns = rows.column_info();
  result.rows = rows.rows_to_json(1000);
  std::int64_t reached = -1;
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    if (rows.number(r, 1) < 0) {
      return fail(ErrorCode::invalid_fields,
                  "Some parts of " + measure_words(model, measure) +
                      " are negative, so shares of the whole say nothing.",
                  "Restrict the question to the positive part.");
    }
    if (reached < 0 && rows.number(r, 3) >= kMost - 1e-9) reached = r;
  }
  if (reached < 0 || reached >= 1000) reached = std::min<std::int64_t>(rows.rows(), 1000) - 1;
  if (reached < 0) {
    result.text.text("There is nothing to share out.");
    return result;
  }
  result.text.text("The largest ")
      .derived(std::to_string(reached + 1), "rows until the running share reaches 80 %")
      .text(" of ")
      .derived(std::to_string(rows.rows()), "rows of the result")
      .text(" " + dimension_words(model, reading.dimensions[0]) + " values make up ")
      .number(insight::format_value(rows.number(reached, 3), "%", catalog::SemanticType::share),
              reached, "cumulative_share")
      .text(" of " + measure_words(model, measure) + ".");
  result.chart = catalog::ChartType::bar;
  return result;
}

}  // namespace sextant::ask
