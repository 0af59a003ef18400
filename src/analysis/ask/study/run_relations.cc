// Which columns of numbers go together.
#include <algorithm>
#include <cmath>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "analysis/insight/statistics/hypothesis.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using text::quote_identifier;

constexpr std::size_t kMostColumns = 12;
constexpr double kLevel = 0.05;

struct Pair {
  std::string a, b;
  double r = 0;
  std::int64_t rows = 0;
  double p = 1;  // after Holm's correction for the number of pairs
};

const char* strength(double r) {
  const double size = std::abs(r);
  return size >= 0.7 ? "strongly" : size >= 0.4 ? "moderately" : "weakly";
}

}  // namespace

Result<StudyResult> run_relations(const Context& context, const Reading& reading,
                                  engine::Connection& connection) {
  const int table = context.find_table(reading.table);
  if (table < 0) {
    return fail(ErrorCode::invalid_fields,
                "The reading names the table " + reading.table + ", which is not there.",
                "Ask the question again: the data may have changed.");
  }
  const std::string target = reading.columns.empty() ? std::string() : reading.columns[0].column;
  std::vector<std::string> columns;
  Reading rows = reading;
  rows.study.reset();
  rows.intent = Intent::query;
  rows.columns.clear();
  const TableEntry& entry = context.tables()[table];
  for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
    const ColumnEntry& column = context.columns()[c];
    const bool wanted = column.model->name == target;
    if (column.kind != Kind::number || (column.id_like && !wanted) || column.model->distinct < 3) {
      continue;
    }
    if (columns.size() == kMostColumns && !wanted) continue;
    columns.push_back(column.model->name);
    rows.columns.push_back({reading.table, column.model->name, std::nullopt});
  }
  const bool known = target.empty() || std::ranges::find(columns, target) != columns.end();
  if (columns.size() < 2 || !known) {
    return fail(ErrorCode::invalid_fields,
                known ? spaced(reading.table) + " has no two columns of numbers to compare."
                      : spaced(target) + " is not a column of numbers.",
                "Ask about a table with at least two columns of numbers.");
  }
  StudyResult result;
  TRY(const Sql base, to_sql(context.model(), rows));
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = i + 1; j < columns.size(); ++j) {
      if (target.empty() || columns[i] == target || columns[j] == target) {
        const bool first = columns[j] == target;
        pairs.push_back({columns[first ? j : i], columns[first ? i : j]});
      }
    }
  }
  std::string select;
  for (const Pair& pair : pairs) {
    const std::string a = quote_identifier(pair.a), b = quote_identifier(pair.b);
    select += (select.empty() ? "" : ", ") + std::string("corr(") + a + ", " + b +
              "), regr_count(" + a + ", " + b + ")";
  }
  result.sql = base;
  result.sql.text = "SELECT " + select + "\nFROM (" + base.text + ")";
  TRY(auto figures, connection.query(result.sql.text));
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto c = static_cast<std::int64_t>(2 * i);
    pairs[i].r = figures.is_null(0, c) ? std::nan("") : figures.number(0, c);
    pairs[i].rows = figures.int64(0, c + 1);
    pairs[i].p = insight::correlation_test(pairs[i].r, pairs[i].rows).p_value;
  }
  std::erase_if(pairs, [](const Pair& p) { return std::isnan(p.r) || std::isnan(p.p); });
  // Holm, "A simple sequentially rejective multiple test procedure", 1979.
  std::ranges::sort(pairs, [](const Pair& x, const Pair& y) {
    return x.p != y.p ? x.p < y.p : x.a + x.b < y.a + y.b;
  });
  double reached = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    reached = std::max(reached, pairs[i].p * static_cast<double>(pairs.size() - i));
    pairs[i].p = std::min(1.0, reached);
  }
  std::ranges::sort(pairs, [](const Pair& x, const Pair& y) {
    return std::abs(x.r) != std::abs(y.r) ? std::abs(x.r) > std::abs(y.r) : x.a + x.b < y.a + y.b;
  });
  if (pairs.empty()) {
    return fail(ErrorCode::invalid_fields, "The columns of numbers do not vary together or at all.",
                "Ask for their distributions instead.");
  }
  result.columns = {{"column", "VARCHAR"},
                    {"other_column", "VARCHAR"},
                    {"correlation", "DOUBLE"},
                    {"p_value", "DOUBLE"},
                    {"rows", "BIGINT"}};
  std::int64_t sure = 0;
  for (const Pair& p : pairs) {
    result.rows.push_back(
        boost::json::array{json::Value(spaced(p.a)), json::Value(spaced(p.b)), p.r, p.p, p.rows});
    sure += p.p < kLevel;
  }
  insight::Prose& text = result.text;
  for (std::size_t i = 0; i < std::min<std::size_t>(pairs.size(), 3); ++i) {
    const Pair& p = pairs[i];
    if (i > 0 && p.p >= kLevel) break;
    const auto row = static_cast<std::int64_t>(i);
    text.text(i == 0 ? "" : " ")
        .text(p.p >= kLevel ? "No pair of columns goes together beyond chance; the closest are " +
                                  spaced(p.a) + " and " + spaced(p.b)
                            : upper_first(spaced(p.a)) + " and " + spaced(p.b) + " go " +
                                  strength(p.r) + (p.r > 0 ? " together" : " against each other"))
        .text(" (correlation ")
        .number(fmt::format("{:.2f}", p.r), row, "correlation")
        .text(" over ")
        .number(insight::format_number(static_cast<double>(p.rows)), row, "rows")
        .text(" rows).");
  }
  result.insights.emplace_back()
      .derived(std::to_string(sure), "pairs with a corrected p-value below 0.05")
      .text(" of ")
      .derived(std::to_string(pairs.size()), "number of pairs")
      .text(" pairs are significant after correction for trying them all.");
  result.insights.emplace_back().text(
      "That two columns go together does not say that one moves the other.");
  result.chart = catalog::ChartType::table;
  return result;
}

}  // namespace sextant::ask
