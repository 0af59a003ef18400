#include "analysis/ask/chart_questions.h"

#include <algorithm>
#include <initializer_list>

#include "analysis/ask/analytic/chart_request.h"
#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/clauses.h"

namespace sextant::ask {

namespace {

constexpr double kMostly = 0.65;  // share of content words from which clauses are believed

bool one_of(std::initializer_list<std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool says(const Links& links, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(links.tokens,
                             [&](const Token& token) { return one_of(words, token.word); });
}

}  // namespace

bool bars_of_groups(const Context& context, const Links& links, const Weights& weights) {
  if (!says(links, {"histogram"}) ||
      !says(links, {"average", "mean", "avg", "total", "sum", "maximum", "minimum", "highest",
                    "lowest", "max", "min"})) {
    return false;
  }
  const auto bars = read_clauses(context, links, weights);
  if (!bars || bars->explained < kMostly || bars->reading.dimensions.empty() ||
      bars->reading.measures.empty()) {
    return false;
  }
  const Dimension& x = bars->reading.dimensions.front();
  const int c = context.find_column(x.table, x.column);
  return c >= 0 && context.columns()[c].kind == Kind::text &&
         std::ranges::none_of(bars->reading.measures, [](const Measure& m) {
           return m.aggregate == Aggregate::count || m.aggregate == Aggregate::count_distinct;
         });
}

void part_compared(const Context& context, const Links& links, Reading& reading) {
  using catalog::ChartType;
  const ChartRequest chart = chart_request(links);
  bool over_time = chart.type == ChartType::line || chart.type == ChartType::grouped_line;
  for (std::size_t i = 0; i + 1 < links.tokens.size(); ++i) {
    over_time = over_time || (links.tokens[i].word == "over" && links.tokens[i + 1].word == "time");
  }
  if (!over_time || reading.intent != Intent::query || reading.combine != Combine::none ||
      reading.dimensions.size() + reading.columns.size() == 0 || reading.dimensions.size() > 1 ||
      reading.limit) {
    return;
  }
  for (const Filter& filter : reading.filters) {
    const Condition& first = filter.any_of.front();
    const Condition& last = filter.any_of.back();
    const bool alike =
        filter.any_of.size() > 1 && !filter.negated &&
        std::ranges::all_of(filter.any_of, [&](const Condition& c) {
          return c.op == Operator::equal && c.column == first.column && c.table == first.table;
        });
    if (!alike || !first.span || !last.span) continue;
    const auto [start, end] = std::minmax(first.span->start, last.span->start);
    const bool both = std::ranges::any_of(links.tokens, [&](const Token& token) {
      return token.word == "and" && token.start > start && token.start < end;
    });
    const bool shown =
        std::ranges::any_of(reading.dimensions,
                            [&](const Dimension& d) { return d.column == first.column; }) ||
        std::ranges::any_of(reading.columns,
                            [&](const Projection& p) { return p.column == first.column; });
    if (!both || shown || context.find_column(first.table, first.column) < 0) continue;
    if (!reading.measures.empty()) {
      reading.dimensions.push_back({first.table, first.column, Grain::none, first.span, false});
    } else if (!reading.columns.empty()) {
      Projection part{first.table, first.column, std::nullopt};
      part.span = first.span;
      reading.columns.insert(reading.columns.begin() + 1, std::move(part));
    }
    return;
  }
}

bool shows_time(const Context& context, const Reading& reading) {
  const auto of_time = [&](const std::string& table, const std::string& name) {
    const int c = context.find_column(table, name);
    if (c < 0) return false;
    const ColumnEntry& column = context.columns()[c];
    return column.kind == Kind::date || std::ranges::any_of(column.words, [](const Token& w) {
             return one_of({"year", "years", "date", "time", "day", "month", "quarter", "week",
                            "season", "period", "decade"},
                           w.word);
           });
  };
  return std::ranges::any_of(reading.dimensions,
                             [&](const Dimension& d) {
                               return d.grain != Grain::none || of_time(d.table, d.column);
                             }) ||
         std::ranges::any_of(reading.columns,
                             [&](const Projection& p) { return of_time(p.table, p.column); });
}

bool lists_repeated(const Context& context, const Reading& reading) {
  if (!reading.measures.empty() || reading.columns.size() < 2 || !reading.filters.empty()) {
    return false;
  }
  bool repeated = false;
  for (const Projection& p : reading.columns) {
    const int c = context.find_column(p.table, p.column);
    if (c < 0 || is_measure(context.columns()[c])) continue;
    const ColumnEntry& label = context.columns()[c];
    if (2 * label.model->distinct > context.tables()[label.table].model->rows) return false;
    repeated = true;
  }
  return repeated;
}

}  // namespace sextant::ask
