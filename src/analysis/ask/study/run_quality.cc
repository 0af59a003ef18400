// Gaps, repeats and odd values of a table, column by column.
#include <algorithm>

#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using text::quote_identifier;

struct Fault {
  std::int64_t row = 0;  // of the result
  double missing = 0, outliers = 0;
  std::string column;
  bool constant = false;
};

}  // namespace

Result<StudyResult> run_quality(const Context& context, const Reading& reading,
                                engine::Connection& connection) {
  const int t = context.find_table(reading.table);
  if (t < 0) {
    return fail(ErrorCode::invalid_fields,
                "The reading names the table " + reading.table + ", which is not there.",
                "Ask the question again: the data may have changed.");
  }
  const TableEntry& entry = context.tables()[t];
  const std::string table = quote_identifier(entry.model->name);
  StudyResult result;
  std::string sql;
  for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
    const ColumnEntry& column = context.columns()[c];
    const std::string x = quote_identifier(column.model->name);
    // Beyond 1.5 interquartile ranges of the quartiles (Tukey, 1977).
    const bool measured = column.kind == Kind::number && !column.id_like;
    const std::string outliers =
        measured ? "(SELECT count(*) FROM " + table + ", (SELECT quantile_cont(" + x +
                       ", 0.25) AS low, quantile_cont(" + x + ", 0.75) AS high FROM " + table +
                       ") AS q WHERE " + x + " < low - 1.5 * (high - low) OR " + x +
                       " > high + 1.5 * (high - low))"
                 : "0";
    sql += (sql.empty() ? "" : "\nUNION ALL ") + std::string("SELECT ") +
           text::quote_literal(spaced(column.model->name)) + " AS \"column\", count(" + x +
           ") AS \"values\", count(*) - count(" + x +
           ") AS \"missing\", 100.0 * (count(*) - count(" + x +
           ")) / nullif(count(*), 0) AS \"missing_percent\", count(DISTINCT " + x +
           ") AS \"different\", " + outliers + " AS \"outliers\" FROM " + table;
  }
  TRY(auto rows, connection.query(sql));
  TRY(auto repeated,
      connection.query("SELECT (SELECT count(*) FROM " + table +
                       "), (SELECT count(*) FROM (SELECT DISTINCT * FROM " + table + "))"));
  result.sql.text = sql;
  result.sql.tables = {entry.model->name};
  result.columns = rows.column_info();
  result.rows = rows.rows_to_json(1000);
  std::vector<Fault> faults;
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    faults.push_back({r, rows.number(r, 2), rows.number(r, 5), rows.text(r, 0),
                      rows.number(r, 4) <= 1 && rows.number(r, 1) > 1});
  }
  const double total = repeated.number(0, 0), repeats = total - repeated.number(0, 1);
  insight::Prose& text = result.text;
  text.text(upper_first(spaced(entry.model->name)) + " has ")
      .derived(insight::format_number(total), "number of rows")
      .text(" rows and ")
      .derived(std::to_string(rows.rows()), "number of columns")
      .text(" columns. ");
  if (repeats > 0) {
    text.derived(insight::format_number(repeats), "rows less different rows")
        .text(repeats == 1 ? " row repeats another." : " rows repeat others.");
  } else {
    text.text("No row repeats another.");
  }
  const auto list = [&](double Fault::* what, const char* column, const std::string& begin,
                        const std::string& none) {
    std::vector<Fault> worst;
    for (const Fault& f : faults) {
      if (f.*what > 0) worst.push_back(f);
    }
    std::ranges::sort(worst, [&](const Fault& a, const Fault& b) {
      return a.*what != b.*what ? a.*what > b.*what : a.row < b.row;
    });
    if (worst.empty()) {
      text.text(none);
      return;
    }
    text.text(begin);
    for (std::size_t i = 0; i < std::min<std::size_t>(worst.size(), 3); ++i) {
      text.text(i == 0 ? "" : ", ")
          .text(worst[i].column + " (")
          .number(insight::format_number(worst[i].*what), worst[i].row, column)
          .text(")");
    }
    if (worst.size() > 3) {
      text.text(" and ").derived(std::to_string(worst.size() - 3), "further columns").text(" more");
    }
    text.text(".");
  };
  list(&Fault::missing, "missing", " Values are missing in ", " No value is missing.");
  list(&Fault::outliers, "outliers", " Values far from the others are in ",
       " No number lies far from the others.");
  for (const Fault& f : faults) {
    if (f.constant) {
      result.insights.emplace_back().text("The column " + f.column +
                                          " has the same value in every row.");
    }
  }
  for (const auto& join : context.model().joins) {
    if (join.left.table != entry.model->name || join.orphans == 0) continue;
    result.insights.emplace_back()
        .derived(std::to_string(join.orphans), "values that the other table has not")
        .text(" values of " + spaced(join.left.column) + " are not in " + spaced(join.right.table) +
              ".");
  }
  result.chart = catalog::ChartType::table;
  return result;
}

}  // namespace sextant::ask
