#include "analysis/profile/column_values.h"

#include <fmt/format.h>

#include "analysis/profile/value_shapes.h"
#include "base/text.h"

namespace sextant::profile {
namespace {

constexpr int kTop = 10;
constexpr int kPatterns = 8;
constexpr std::size_t kLongestValue = 200;      // bytes of a value shown
constexpr std::int64_t kCountedWays = 100'000;  // above, in large tables, the usual ways are
// Patterns of single letters are shown when the most frequent of them cover this share of the
// values; else runs are one sign each.
constexpr double kEnoughCovered = 0.5;

std::string shown(const std::string& value) {
  return std::string(text::truncate_utf8(value, kLongestValue));
}

// The shape of a value in SQL. Letters beyond ASCII are rare enough for regular expressions.
std::string shape_sql(const std::string& value) {
  const auto start = fmt::format("left({}, {})", value, kLongestShape);
  const auto others = [&] {
    auto sql = start;
    for (const auto& [letters, sign] :
         {std::pair{"[^\\P{Lu}A-Z]", "A"}, {"[^\\P{L}A-Za-z]", "a"}, {"[^\\P{Nd}0-9]", "9"}}) {
      sql = fmt::format("regexp_replace({}, '{}', '{}', 'g')", sql, letters, sign);
    }
    return sql;
  }();
  return fmt::format(
      "coalesce(ascii_shape({0}), translate({1}, "
      "'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '{2}{3}{4}'))",
      value, others, std::string(26, 'A'), std::string(26, 'a'), std::string(10, '9'));
}

std::string trimmed_sql(const std::string& value) {
  return "trim(" + value + ", ' ' || chr(9) || chr(10) || chr(13) || chr(160))";
}

// What the rows of the query below are.
enum Kind { kTopValue, kShape, kRuns, kTotals };

// `g`: different values v with their counts n, or (estimating) one row a value with n = 1.
std::string patterns_sql(bool exact) {
  const auto respelled =
      exact ? "(SELECT sum(n) - sum(most) FROM (SELECT sum(n) AS n, max(n) AS most FROM g GROUP BY "
              "lower(" +
                  trimmed_sql("v") + ")))"
            : std::string("0");
  return fmt::format(
      ", s AS MATERIALIZED (SELECT {0} AS p, sum(n) AS n, {1} AS e, "
      "sum(n) FILTER (is_padded(v)) AS padded FROM g GROUP BY 1)"
      ", r AS MATERIALIZED (SELECT shape_runs(p) AS p, sum(n) AS n, arg_max(e, n) AS e FROM s "
      "GROUP BY 1) "
      "SELECT * FROM ((SELECT {2} AS kind, p AS a, e AS b, n, (SELECT count(*) FROM s) AS m FROM s "
      "ORDER BY n DESC, p LIMIT {5}) UNION ALL "
      "(SELECT {3}, p, e, n, (SELECT count(*) FROM r) FROM r ORDER BY n DESC, p LIMIT {5}) "
      "UNION ALL (SELECT {4}, NULL, NULL, coalesce((SELECT sum(padded) FROM s), 0), "
      "coalesce({6}, 0))",
      shape_sql("v"), exact ? "arg_max(v, n)" : "any_value(v)", static_cast<int>(kShape),
      static_cast<int>(kRuns), static_cast<int>(kTotals), kPatterns, respelled);
}

// The most frequent ways `p` of writing the values `v`; of very many (`about`, else 0) those that
// may be it are counted.
std::string ways_sql(Kind kind, const std::string& rows, std::int64_t about) {
  const auto only = about == 0
                        ? std::string()
                        : fmt::format(" WHERE p IN (SELECT unnest(approx_top_k(p, {})) FROM {})",
                                      kPatterns, rows);
  return fmt::format(
      "(SELECT {0} AS kind, p AS a, e AS b, n, {1} AS m FROM (SELECT p, any_value(v) AS e, "
      "count(*) "
      "AS n, count(*) OVER () AS groups FROM {2}{3} GROUP BY 1) ORDER BY n DESC, p LIMIT {4})",
      static_cast<int>(kind), about == 0 ? std::string("groups") : std::to_string(about), rows,
      only, kPatterns);
}

// Of a large table, where grouping by each way of writing could take as much memory as the table.
Result<std::string> large_patterns_sql(engine::Connection& connection, const std::string& from,
                                       const std::string& name) {
  const auto shapes = fmt::format("(SELECT {} AS v, {} AS p FROM {} WHERE {} IS NOT NULL)", name,
                                  shape_sql(name), from, name);
  TRY(const auto ways, connection.query("SELECT approx_count_distinct(p), "
                                        "approx_count_distinct(shape_runs(p)) FROM " +
                                        shapes));
  if (ways.int64(0, 0) <= kCountedWays) {
    return fmt::format("WITH g AS (SELECT {0} AS v, 1 AS n FROM {1} WHERE {0} IS NOT NULL){2})",
                       name, from, patterns_sql(false));
  }
  const auto run_ways = ways.int64(0, 1);
  return fmt::format(
      "SELECT * FROM ({} UNION ALL {} UNION ALL (SELECT {}, NULL, NULL, count(*), 0 FROM {} WHERE "
      "is_padded({})))",
      ways_sql(kShape, shapes, ways.int64(0, 0)),
      ways_sql(kRuns, "(SELECT v, shape_runs(p) AS p FROM " + shapes + ")",
               run_ways <= kCountedWays ? 0 : run_ways),
      static_cast<int>(kTotals), from, name);
}

// Takes over the rows that `patterns_sql` gave.
void read_patterns(const engine::ResultSet& rows, std::int64_t values,
                   catalog::ColumnProfile& column) {
  std::vector<catalog::ValuePattern> shapes;
  std::vector<catalog::ValuePattern> runs;
  std::int64_t shape_count = 0;
  std::int64_t run_count = 0;
  std::int64_t covered = 0;
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    const auto n = rows.int64(r, 3);
    switch (rows.int64(r, 0)) {
      case kShape:
        shapes.push_back({rows.text(r, 1), n, shown(rows.text(r, 2))});
        shape_count = rows.int64(r, 4);
        covered += n;
        break;
      case kRuns:
        runs.push_back({rows.text(r, 1), n, shown(rows.text(r, 2))});
        run_count = rows.int64(r, 4);
        break;
      case kTotals:
        column.padded = n;
        column.respelled = rows.int64(r, 4);
        break;
      default:
        break;
    }
  }
  const bool single = static_cast<double>(covered) >= kEnoughCovered * static_cast<double>(values);
  column.patterns = std::move(single ? shapes : runs);
  column.pattern_count = single ? shape_count : run_count;
}

}  // namespace

Result<> count_values(engine::Connection& connection, const std::string& from, Counting counting,
                      bool with_patterns, catalog::ColumnProfile& column) {
  const auto name = text::quote_identifier(column.name);
  const auto values = column.rows - column.nulls;
  const auto read_top = [&](const engine::ResultSet& rows) {
    for (std::int64_t r = 0; r < rows.rows(); ++r) {
      if (rows.int64(r, 0) != kTopValue) continue;
      column.top.push_back({shown(rows.text(r, 1)), rows.int64(r, 3)});
      if (counting == Counting::exact) column.distinct = rows.int64(r, 4);
    }
  };
  if (counting == Counting::exact) {
    const auto top = fmt::format(
        "(SELECT {} AS kind, v::VARCHAR AS a, NULL AS b, n, (SELECT count(*) FROM g) AS m FROM g "
        "ORDER BY n DESC, v LIMIT {})",
        static_cast<int>(kTopValue), kTop);
    const auto sql = fmt::format(
        "WITH g AS MATERIALIZED (SELECT {} AS v, count(*) AS n FROM {} WHERE {} IS NOT NULL GROUP "
        "BY 1){}",
        name, from, name,
        with_patterns ? patterns_sql(true) + " UNION ALL " + top + ")" : " SELECT * FROM " + top);
    TRY(const auto rows, connection.query(sql + " ORDER BY kind, n DESC, a"));
    read_top(rows);
    if (with_patterns) read_patterns(rows, values, column);
    return {};
  }
  column.distinct_is_exact = false;
  column.distinct = std::min(column.distinct, values);
  TRY(const auto top,
      connection.query(fmt::format(
          "SELECT {3}, {0}::VARCHAR, NULL, count(*) AS n FROM {1} WHERE {0} IN (SELECT "
          "unnest(approx_top_k({0}, {2})) FROM {1}) GROUP BY {0} ORDER BY n DESC, {0} LIMIT {2}",
          name, from, kTop, static_cast<int>(kTopValue))));
  read_top(top);
  if (!with_patterns) return {};
  TRY(const auto sql, large_patterns_sql(connection, from, name));
  TRY(const auto rows, connection.query(sql + " ORDER BY kind, n DESC, a"));
  read_patterns(rows, values, column);
  return {};
}

}  // namespace sextant::profile
