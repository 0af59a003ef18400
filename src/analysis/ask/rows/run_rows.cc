#include "analysis/ask/rows/row_values.h"
#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using text::quote_identifier;

std::string literal(const boost::json::value& value) {
  return value.is_string() ? text::quote_literal(value.get_string()) : json::dump(value);
}

// The words of a cell as the question's are compared: lower case, single blanks, no signs.
std::string words_of(const std::string& column) {
  return "' ' || trim(regexp_replace(lower(strip_accents(CAST(" + column +
         " AS VARCHAR))), '[^a-z0-9.]+', ' ', 'g')) || ' '";
}

std::string test_sql(const RowTest& test) {
  const std::string column = quote_identifier(test.column);
  const auto compared = [&](const char* sign) {
    return sql_as(column, test.as) + sign + literal(test.value);
  };
  switch (test.op) {
    case RowOperator::is:
      return test.as != ReadAs::text ? compared(" = ") : column + " = " + literal(test.value);
    case RowOperator::is_not:
      return test.as != ReadAs::text ? compared(" IS DISTINCT FROM ")
                                     : column + " IS DISTINCT FROM " + literal(test.value);
    case RowOperator::contains:
    case RowOperator::lacks:
      return (test.op == RowOperator::lacks ? "NOT contains(" : "contains(") + words_of(column) +
             ", " +
             text::quote_literal(" " +
                                 (test.value.is_string() ? std::string(test.value.get_string())
                                                         : json::dump(test.value)) +
                                 " ") +
             ")";
    case RowOperator::missing:
      return sql_missing(column);
    case RowOperator::less:
      return compared(" < ");
    case RowOperator::at_most:
      return compared(" <= ");
    case RowOperator::more:
      return compared(" > ");
    case RowOperator::at_least:
      return compared(" >= ");
  }
  return "TRUE";
}

const char* sign_of(RowOperator op) {
  return op == RowOperator::is ? " = " : op == RowOperator::less ? " < " : " > ";
}

std::string set_sql(const RowSet& set) {
  std::string where;
  for (const auto& any : set.where) {
    std::string either;
    for (const RowTest& test : any) either += (either.empty() ? "" : " OR ") + test_sql(test);
    if (either.empty()) continue;
    where += (where.empty() ? " WHERE " : " AND ") + (any.size() > 1 ? "(" + either + ")" : either);
  }
  if (set.than) {
    const std::string by = sql_as(quote_identifier(set.than->column), set.than->as);
    const std::string base =
        " FROM \"numbered\" WHERE " + test_sql(set.than->where) + " ORDER BY \"_row\" LIMIT 1)";
    where += (where.empty() ? " WHERE " : " AND ") + by + sign_of(set.than->op) + "(SELECT " + by +
             base + " AND \"_row\" <> (SELECT \"_row\"" + base;
  }
  std::string sql = "SELECT * FROM \"numbered\"" + where;
  if (set.pick) {
    const std::string by = set.pick->column.empty()
                               ? std::string("\"_row\"")
                               : sql_as(quote_identifier(set.pick->column), set.pick->as);
    sql = "SELECT * FROM (" + sql + ") WHERE " + by + " IS NOT NULL ORDER BY " + by +
          (set.pick->descending ? " DESC" : "") + ", \"_row\" LIMIT " +
          std::to_string(set.pick->count);
    if (set.pick->rank > 1) sql += " OFFSET " + std::to_string(set.pick->rank - 1);
  }
  if (set.step != 0) {
    sql = "SELECT n.* FROM \"numbered\" AS n JOIN (" + sql + ") AS s ON n.\"_row\" = s.\"_row\" " +
          (set.step > 0 ? "+ " : "- ") + std::to_string(std::abs(set.step));
  }
  return sql;
}

// One of the two words; nothing when one side has no value.
std::string verdict_sql(const RowQuery& query, const std::string& one, const std::string& other) {
  const RowVerdict verdict = query.verdict.value_or(RowVerdict{});
  const std::string holds =
      query.other ? one + sign_of(verdict.op) + other : "(SELECT count(*) FROM \"rows\") > 0";
  return "\nSELECT CASE WHEN " + holds + " THEN " + text::quote_literal(verdict.holds) +
         " WHEN NOT (" + holds + ") THEN " + text::quote_literal(verdict.fails) +
         " END AS \"answer\"";
}

// Errors: a column that the table has not.
Result<> check_names(const catalog::SemanticModel& model, const Reading& reading,
                     const RowQuery& query) {
  std::vector<std::string> names{query.column};
  const auto collect = [&](const RowSet& set) {
    if (set.pick) names.push_back(set.pick->column);
    if (set.than) {
      names.push_back(set.than->column);
      names.push_back(set.than->where.column);
    }
    for (const auto& any : set.where) {
      for (const RowTest& test : any) names.push_back(test.column);
    }
  };
  collect(query.rows);
  if (query.other) collect(*query.other);
  for (const auto& table : model.tables) {
    if (table.name != reading.table) continue;
    for (const auto& name : names) {
      const bool known = name.empty() || std::ranges::any_of(table.columns, [&](const auto& c) {
                           return c.name == name;
                         });
      if (!known) {
        return fail(ErrorCode::invalid_fields,
                    "The reading names the column " + name + ", which " + table.name + " has not.",
                    "Ask the question again: the data may have changed.");
      }
    }
    return {};
  }
  return fail(ErrorCode::invalid_fields,
              "The reading names the table " + reading.table + ", which is not there.",
              "Ask the question again: the data may have changed.");
}

}  // namespace

Result<StudyResult> run_rows(const Context& context, const Reading& reading,
                             engine::Connection& connection) {
  if (!reading.study->rows) {
    return fail(ErrorCode::invalid_fields, "A question by rows needs its `rows`.");
  }
  const RowQuery& query = *reading.study->rows;
  TRY_VOID(check_names(context.model(), reading, query));
  const bool needs_column = query.answer != RowAnswer::count && query.answer != RowAnswer::more &&
                            query.answer != RowAnswer::verdict;
  if (needs_column && query.column.empty()) {
    return fail(ErrorCode::invalid_fields, "The reading names no column to answer with.");
  }
  const std::string column = quote_identifier(query.column);
  StudyResult result;
  std::string sql = "WITH \"numbered\" AS (SELECT *, row_number() OVER () AS \"_row\" FROM " +
                    quote_identifier(reading.table) + "),\n\"rows\" AS (" + set_sql(query.rows) +
                    ")";
  if (query.other) sql += ",\n\"others\" AS (" + set_sql(*query.other) + ")";
  const std::string value = sql_as(column, query.as);
  const auto first = [&](const char* set) {
    return "(SELECT " + (query.column.empty() ? "\"_row\"" : value) + " FROM \"" + set +
           "\" ORDER BY \"_row\" LIMIT 1)";
  };
  // A day as a number of days, so that two can be subtracted.
  const auto days = [&](const char* set) {
    return "(CAST(make_date(CAST(" + first(set) + " AS BIGINT) // 10000, CAST(" + first(set) +
           " AS BIGINT) // 100 % 100, greatest(CAST(" + first(set) +
           " AS BIGINT) % 100, 1)) - DATE '1970-01-01' AS BIGINT))";
  };
  const std::string shown = query.as == ReadAs::year ? "CAST(" + value + " AS BIGINT)" : column;
  std::string name = query.column;
  switch (query.answer) {
    case RowAnswer::values:
      sql += "\nSELECT " + shown + " AS " + column + " FROM \"rows\" WHERE " + shown +
             " IS NOT NULL ORDER BY \"_row\"";
      break;
    case RowAnswer::count:
      name = "number_of_rows";
      sql += "\nSELECT count(*) AS \"number_of_rows\" FROM \"rows\"";
      break;
    case RowAnswer::distinct:
      name = "different_" + query.column;
      sql +=
          "\nSELECT count(DISTINCT " + column + ") AS " + quote_identifier(name) + " FROM \"rows\"";
      break;
    case RowAnswer::sum:
    case RowAnswer::mean:
      name = (query.answer == RowAnswer::sum ? "total_" : "average_") + query.column;
      sql += std::string("\nSELECT ") + (query.answer == RowAnswer::sum ? "sum(" : "avg(") + value +
             ") AS " + quote_identifier(name) + " FROM \"rows\"";
      break;
    case RowAnswer::difference:
      name = (query.as == ReadAs::date ? "days_of_" : "difference_of_") + query.column;
      sql += query.as == ReadAs::date
                 ? "\nSELECT abs(" + days("rows") + " - " + days("others") + ") AS "
                 : "\nSELECT abs(" + first("rows") + " - " + first("others") + ") AS ";
      sql += quote_identifier(name);
      break;
    case RowAnswer::more:
      name = "difference_of_rows";
      sql +=
          "\nSELECT abs((SELECT count(*) FROM \"rows\") - (SELECT count(*) FROM \"others\")) AS "
          "\"difference_of_rows\"";
      break;
    case RowAnswer::frequent:
    case RowAnswer::rare:
      sql += "\nSELECT " + shown + " AS " + column + " FROM \"rows\" WHERE " + shown +
             " IS NOT NULL GROUP BY 1 ORDER BY count(*)" +
             (query.answer == RowAnswer::rare ? "" : " DESC") + ", min(\"_row\") LIMIT 1";
      break;
    case RowAnswer::verdict:
      name = "answer";
      sql += verdict_sql(query, first("rows"), first("others"));
      break;
  }
  TRY(auto rows, connection.query(sql + (query.answer == RowAnswer::values ? "\nLIMIT 1000" : "")));
  if (rows.rows() == 0 || rows.is_null(0, 0)) {
    return fail(ErrorCode::invalid_fields, "No row of " + spaced(reading.table) + " answers this.",
                "Ask with other values of the columns.");
  }
  result.sql.text = std::move(sql);
  result.sql.tables = {reading.table};
  result.columns = rows.column_info();
  result.rows = rows.rows_to_json(1000);
  insight::Prose& text = result.text;
  const auto say = [&](std::int64_t row) {
    const auto& cell = result.rows[static_cast<std::size_t>(row)].as_array()[0];
    if (const auto number = insight::cell_number(cell)) {
      const bool label = query.answer == RowAnswer::values;
      text.number(label ? (cell.is_string() ? std::string(cell.get_string()) : json::dump(cell))
                        : insight::format_number(*number),
                  row, rows.column_info()[0].name);
    } else {
      text.text(cell.is_string() ? std::string(cell.get_string()) : json::dump(cell));
    }
  };
  if (rows.rows() == 1) {
    text.text("The " + spaced(name) + " is ");
    say(0);
    text.text(".");
  } else {
    text.derived(std::to_string(rows.rows()), "number of rows of the result")
        .text(" values of " + spaced(name) + ", the first of which is ");
    say(0);
    text.text(".");
  }
  result.chart = catalog::ChartType::table;
  return result;
}

}  // namespace sextant::ask
