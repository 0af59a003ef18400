#include "analysis/insight/overview.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "base/text.h"

namespace sextant::insight {

namespace {

using catalog::ModelTable;
using text::quote_identifier;

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

const ModelTable* find_table(const catalog::SemanticModel& model, const std::string& name) {
  for (const auto& t : model.tables) {
    if (t.name == name) return &t;
  }
  return nullptr;
}

std::string qualified(const std::string& table, const std::string& column) {
  return quote_identifier(table) + "." + quote_identifier(column);
}

// FROM of a table, joined with every table that its rows point to at most once.
struct Source {
  std::string from;
  std::string time;
};

std::optional<Source> timed(const catalog::SemanticModel& model, const ModelTable& table,
                            const std::string& expression) {
  Source source{quote_identifier(table.name), {}};
  std::vector<std::string> joined{table.name};
  if (table.time_column) source.time = qualified(table.name, *table.time_column);
  for (const auto& join : model.joins) {
    if (join.left.table != table.name || join.cardinality == catalog::Cardinality::many_to_many ||
        join.cardinality == catalog::Cardinality::one_to_many ||
        std::ranges::find(joined, join.right.table) != joined.end()) {
      continue;
    }
    const ModelTable* other = find_table(model, join.right.table);
    if (!other) continue;
    const bool gives_time = source.time.empty() && other->time_column;
    const bool used = expression.find(quote_identifier(other->name) + ".") != std::string::npos;
    if (!gives_time && !used) continue;
    source.from += " LEFT JOIN " + quote_identifier(other->name) + " ON " +
                   qualified(table.name, join.left.column) + " = " +
                   qualified(other->name, join.right.column);
    joined.push_back(other->name);
    if (gives_time) source.time = qualified(other->name, *other->time_column);
  }
  if (source.time.empty()) return std::nullopt;
  return source;
}

// Year, month or day, so that there are enough but not too many periods. Empty: no time in the
// data.
Result<std::string> choose_grain(const Series& series, engine::Connection& connection) {
  TRY(auto range, connection.query("SELECT min(" + series.time + ")::DATE, max(" + series.time +
                                   ")::DATE, date_diff('day', min(" + series.time +
                                   ")::DATE, max(" + series.time + ")::DATE) FROM " + series.from));
  if (range.rows() != 1 || range.is_null(0, 0)) return std::string();
  const std::int64_t days = range.int64(0, 2);
  if (days < 1) return std::string();
  return std::string(days > 365 * 6 ? "year" : days > 70 ? "month" : "day");
}

Result<boost::json::array> run_series(const Series& series, const std::string& grain,
                                      std::string& sql, engine::Connection& connection,
                                      std::vector<catalog::ResultColumn>* columns) {
  sql = "SELECT date_trunc('" + grain + "', " + series.time + ")::DATE AS " +
        quote_identifier(grain) + ", " + series.expression + " AS " +
        quote_identifier(series.column) + "\nFROM " + series.from + "\nWHERE " + series.time +
        " IS NOT NULL\nGROUP BY 1\nORDER BY 1";
  TRY(auto rows, connection.query(sql));
  if (columns) *columns = rows.column_info();
  return rows.rows_to_json(1000);
}

double value_at(const boost::json::array& rows, std::size_t row) {
  return cell_number(rows[row].as_array()[1]).value_or(0);
}
std::string label_at(const boost::json::array& rows, std::size_t row, const std::string& grain) {
  const auto& cell = rows[row].as_array()[0];
  return cell.is_string() ? format_date(cell.get_string(), grain) : json::dump(cell);
}

std::string upper_first(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 32);
  return words;
}

// A year may be a number.
bool complete(const boost::json::array& rows, std::size_t row, const std::string& grain,
              const Coverage& coverage) {
  const auto& cell = rows[row].as_array()[0];
  return is_complete(
      coverage, cell.is_string() ? std::string(cell.get_string()) : json::dump(cell) + "-01-01",
      grain);
}

}  // namespace

std::vector<Series> main_series(const catalog::SemanticModel& model) {
  std::vector<Series> all;
  const auto add = [&](std::string label, std::string column, std::string expression,
                       const ModelTable& table, std::optional<std::string> unit,
                       catalog::SemanticType type, bool adds_up) {
    if (all.size() >= 4) return;
    const auto source = timed(model, table, expression);
    if (!source) return;
    all.push_back({std::move(label), std::move(column), std::move(expression), source->from,
                   source->time, table.name, std::move(unit), type, adds_up});
  };
  for (const auto& metric : model.metrics) {
    const ModelTable* table = find_table(model, metric.table);
    if (!table) continue;
    add(spaced(metric.name), text::snake_case(metric.name, "metric"), metric.expression, *table,
        metric.unit, catalog::SemanticType::amount,
        metric.expression.find('/') == std::string::npos ||
            metric.expression.find("nullif") == std::string::npos);
  }
  for (const auto& table : model.tables) {
    const bool covered =
        std::ranges::any_of(model.metrics, [&](const auto& m) { return m.table == table.name; });
    if (covered) continue;
    for (const auto& column : table.columns) {
      const bool adds = column.default_aggregation == catalog::Aggregation::sum;
      if (!adds && column.default_aggregation != catalog::Aggregation::avg) continue;
      if (column.role != catalog::Role::measure) continue;
      add((adds ? "total " : "average ") + spaced(column.name),
          (adds ? "total_" : "average_") + column.name,
          (adds ? "sum(" : "avg(") + qualified(table.name, column.name) + ")", table, column.unit,
          column.semantic_type, adds);
    }
  }
  for (const auto& table : model.tables) {
    if (!table.time_column) continue;
    add("number of " + spaced(table.name), "number_of_" + table.name, "count(*)", table,
        std::nullopt, catalog::SemanticType::quantity, true);
  }
  return all;
}

void describe_series(const Series& series, const boost::json::array& rows,
                     const std::string& column, const std::string& grain, const Coverage& coverage,
                     Prose& prose) {
  if (rows.size() < 2) return;
  const auto number = [&](std::size_t row) {
    return format_value(value_at(rows, row), series.unit, series.type);
  };
  std::size_t first = 0, last = rows.size() - 1;
  const bool ends_within = !complete(rows, last, grain, coverage);
  if (rows.size() >= 3) {  // two complete periods are needed for a comparison
    if (ends_within) --last;
    if (last - first >= 2 && !complete(rows, first, grain, coverage)) ++first;
  }
  const auto period = [&](std::size_t row) {
    const std::string label = label_at(rows, row, grain);
    if (rows[row].as_array()[0].is_string()) {
      prose.text(label);
    } else {  // a year as a number
      prose.derived(label, "period of the result");
    }
  };
  std::size_t best = first, worst = first;
  for (std::size_t i = first; i <= last; ++i) {
    if (value_at(rows, i) > value_at(rows, best)) best = i;
    if (value_at(rows, i) < value_at(rows, worst)) worst = i;
  }
  const double from = value_at(rows, first), to = value_at(rows, last);
  prose.text(upper_first(series.label));
  if (from != 0) {
    const double change = 100 * (to - from) / std::abs(from);
    if (std::abs(change) < 1) {
      prose.text(" stayed level");
    } else {
      const std::string percent = fmt::format("{:.1f} %", std::abs(change));
      prose.text(change > 0 ? " rose by " : " fell by ")
          .derived(percent, "change from " + number(first) + " to " + number(last));
    }
  } else {
    prose.text(to > from ? " rose" : to < from ? " fell" : " stayed level");
  }
  const auto figure = [&](std::size_t row) {
    prose.number(number(row), static_cast<std::int64_t>(row), column);
  };
  prose.text(" between ");
  period(first);
  prose.text(" (");
  figure(first);
  prose.text(") and ");
  period(last);
  prose.text(" (");
  figure(last);
  prose.text("); the highest " + grain + " was ");
  period(best);
  prose.text(" with ");
  figure(best);
  prose.text(", the lowest ");
  period(worst);
  prose.text(" with ");
  figure(worst);
  prose.text(".");
  if (!ends_within || coverage.ends_as_asked) return;
  const std::size_t end = rows.size() - 1;
  prose.text(" ");
  period(end);
  prose.text(" is not complete: the data ends on ")
      .derived(format_date(coverage.to, std::nullopt), "last date of the data")
      .text(", with ")
      .number(number(end), static_cast<std::int64_t>(end), column)
      .text(" until then.");
}

Result<std::optional<Overview>> trends(const catalog::SemanticModel& model,
                                       engine::Connection& connection) {
  std::optional<Overview> overview;
  for (const Series& series : main_series(model)) {
    TRY(const std::string grain, choose_grain(series, connection));
    if (grain.empty()) continue;
    std::string sql;
    std::vector<catalog::ResultColumn> columns;
    TRY(auto rows, run_series(series, grain, sql, connection, &columns));
    if (rows.size() < 2) continue;
    Prose prose;
    TRY(const Coverage coverage, find_coverage(series.from, series.time, connection));
    describe_series(series, rows, series.column, grain, coverage, prose);
    if (prose.empty()) continue;
    if (!overview) {
      overview.emplace();
      overview->text = prose;
      overview->sql = std::move(sql);
      overview->columns = std::move(columns);
      overview->rows = std::move(rows);
      overview->grain = grain;
    } else {
      // Numbers of the other series come from their own query, not from the rows shown.
      for (auto& trace : prose.traces()) {
        overview->insight_numbers.push_back({trace.text, std::nullopt, std::nullopt,
                                             trace.derivation.value_or("result of: " + sql)});
      }
      overview->insights.push_back(prose.take());
    }
    overview->tables.push_back(series.table);
  }
  return overview;
}

Result<Overview> summarise(const catalog::SemanticModel& model, engine::Connection& connection) {
  Overview overview;
  std::int64_t total = 0;
  std::string sql;
  for (const auto& table : model.tables) {
    sql += (sql.empty() ? "" : "\nUNION ALL ") + std::string("SELECT ") +
           text::quote_literal(table.name) + " AS \"table\", count(*) AS \"rows\", " +
           std::to_string(table.columns.size()) + " AS \"columns\", " +
           (table.time_column ? "min(" + quote_identifier(*table.time_column) + ")::DATE"
                              : std::string("NULL::DATE")) +
           " AS \"from\", " +
           (table.time_column ? "max(" + quote_identifier(*table.time_column) + ")::DATE"
                              : std::string("NULL::DATE")) +
           " AS \"to\" FROM " + quote_identifier(table.name);
    overview.tables.push_back(table.name);
  }
  if (sql.empty()) {
    overview.text.text("There are no tables yet.");
    return overview;
  }
  TRY(auto result, connection.query(sql));
  overview.sql = sql;
  overview.columns = result.column_info();
  overview.rows = result.rows_to_json(1000);
  for (std::int64_t r = 0; r < result.rows(); ++r) total += result.int64(r, 1);
  const auto rows = static_cast<double>(total);
  overview.text.text("Your data has ")
      .derived(std::to_string(model.tables.size()), "number of tables")
      .text(model.tables.size() == 1 ? " table with " : " tables with ");
  overview.text.derived(format_number(rows), "sum of the column rows")
      .text(model.tables.size() == 1 ? " rows" : " rows in all");
  for (std::int64_t r = 0; r < result.rows(); ++r) {
    overview.text.text(r == 0 ? ": " : r + 1 == result.rows() ? " and " : ", ");
    if (r == 6) {
      overview.text.text("others");
      break;
    }
    overview.text.text(spaced(result.text(r, 0)) + " (")
        .number(format_number(result.number(r, 1)), r, "rows")
        .text(" rows");
    if (!result.is_null(r, 3)) {
      overview.text.text(", " + format_date(result.text(r, 3), std::string("month")) + " to " +
                         format_date(result.text(r, 4), std::string("month")));
    }
    overview.text.text(")");
  }
  overview.text.text(".");
  for (const Series& series : main_series(model)) {
    const std::string query = "SELECT " + series.expression + " FROM " + series.from;
    TRY(auto figure, connection.query(query));
    if (figure.rows() != 1 || figure.is_null(0, 0)) continue;
    Prose prose;
    prose.text(upper_first(series.label) + " is ")
        .derived(format_value(figure.number(0, 0), series.unit, series.type), "result of: " + query)
        .text(series.adds_up ? " in all." : " over all rows.");
    for (auto& trace : prose.traces()) overview.insight_numbers.push_back(std::move(trace));
    overview.insights.push_back(prose.take());
  }
  return overview;
}

}  // namespace sextant::insight
