#include "analysis/ask/sentences.h"

#include <algorithm>
#include <utility>

#include "analysis/ask/pivot.h"
#include "analysis/ask/words.h"
#include "analysis/insight/overview.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

using insight::cell_number;
using insight::format_date;
using insight::format_value;
using insight::Prose;

// Writes the sentences of one answer. Numbers go through Prose, so that each has its trace.
class Sentences {
 public:
  Sentences(const catalog::SemanticModel& model, const Reading& reading, const Sql& sql,
            engine::Connection& connection, catalog::Answer& answer, catalog::Receipt& receipt)
      : model_(model),
        reading_(reading),
        sql_(sql),
        connection_(connection),
        answer_(answer),
        receipt_(receipt) {}

  Result<> write();

 private:
  void write_cell(Prose& prose, std::size_t row, std::size_t column) const;
  void write_label(Prose& prose, std::size_t row) const;
  bool has_label(std::size_t row) const;
  void one_row(Prose& prose) const;
  Result<> over_time(Prose& prose);
  void groups(Prose& prose);
  void share_of_first(std::size_t first);
  void list(Prose& prose) const;
  // Columns of the result: of a group, of the first figure.
  std::size_t group_column(std::size_t group) const { return figures_ahead(reading_) + group; }
  std::size_t figure_column() const {
    return figures_ahead(reading_) > 0 ? 0 : reading_.dimensions.size();
  }
  std::optional<double> number(std::size_t row, std::size_t column) const {
    return cell_number(answer_.rows[row].as_array()[column]);
  }

  const catalog::SemanticModel& model_;
  const Reading& reading_;
  const Sql& sql_;
  engine::Connection& connection_;
  catalog::Answer& answer_;
  catalog::Receipt& receipt_;
};

void Sentences::write_cell(Prose& prose, std::size_t row, std::size_t column) const {
  const auto& cell = answer_.rows[row].as_array()[column];
  const SqlColumn& meta = sql_.columns[column];
  if (cell.is_null()) {
    prose.text("nothing");
    return;
  }
  if (meta.grain && cell.is_string()) {
    prose.text(format_date(cell.get_string(), meta.grain));
    return;
  }
  const std::string& type = answer_.columns[column].type;
  const bool numeric = type.find("INT") != std::string::npos || type.starts_with("DECIMAL") ||
                       type == "DOUBLE" || type == "FLOAT";
  if (const auto value = cell_number(cell); value && numeric) {
    const bool label = meta.semantic_type == catalog::SemanticType::year ||
                       meta.semantic_type == catalog::SemanticType::identifier;
    prose.number(label ? fmt::format("{:.15g}", *value)
                       : format_value(*value, meta.unit, meta.semantic_type),
                 static_cast<std::int64_t>(row), meta.name);
    return;
  }
  if (cell.is_string()) {
    // A label may hold digits: they are traced like numbers.
    const std::string text(cell.get_string());
    if (text.find_first_of("0123456789") != std::string::npos) {
      prose.number(text, static_cast<std::int64_t>(row), meta.name);
    } else {
      prose.text(text);
    }
    return;
  }
  prose.text(json::dump(cell));
}

// What the row stands for. It is written as it is in the data, also where it begins a sentence.
void Sentences::write_label(Prose& prose, std::size_t row) const {
  for (std::size_t group = 0; group < reading_.dimensions.size(); ++group) {
    const std::size_t c = group_column(group);
    const auto& cell = answer_.rows[row].as_array()[c];
    if (group > 0) prose.text(", ");
    if (cell.is_number()) {  // a year, a code: traced, but no figure
      prose.number(json::dump(cell), static_cast<std::int64_t>(row), sql_.columns[c].name);
    } else if (cell.is_null()) {
      prose.text("(no value)");
    } else {
      write_cell(prose, row, c);
    }
  }
}

// Rows without a value of what is grouped by are no group that could win.
bool Sentences::has_label(std::size_t row) const {
  const auto& cells = answer_.rows[row].as_array();
  for (std::size_t group = 0; group < reading_.dimensions.size(); ++group) {
    if (cells[group_column(group)].is_null()) return false;
  }
  return true;
}

void Sentences::one_row(Prose& prose) const {
  const std::string filters = all_filter_words(model_, reading_);
  const std::string where = filters.empty() ? "" : " (" + filters + ")";
  if (answer_.columns.size() == 1) {
    const std::string what =
        !reading_.measures.empty() ? measure_words(model_, reading_.measures[0])
        : !reading_.columns.empty()
            ? column_words(model_, reading_.columns[0].table, reading_.columns[0].column)
            : dimension_words(model_, reading_.dimensions[0]);
    prose.text("The " + what + where + " is ");
    write_cell(prose, 0, 0);
    prose.text(".");
    return;
  }
  if (reading_.columns.empty() && reading_.dimensions.empty()) {
    for (std::size_t c = 0; c < reading_.measures.size(); ++c) {
      prose.text(c == 0 ? "The " : ", the ").text(measure_words(model_, reading_.measures[c]));
      prose.text(c == 0 ? where + " is " : " is ");
      write_cell(prose, 0, c);
    }
    prose.text(".");
    return;
  }
  for (std::size_t c = 0; c < answer_.columns.size() && c < 6; ++c) {
    prose.text(c == 0 ? "" : ", ");
    if (c > 0) prose.text(spaced(sql_.columns[c].name) + " ");
    write_cell(prose, 0, c);
  }
  prose.text(where + ".");
}

Result<> Sentences::over_time(Prose& prose) {
  insight::Series series;
  const std::size_t m = figure_column();
  series.label = measure_words(model_, reading_.measures[0]);
  series.unit = sql_.columns[m].unit;
  series.type = sql_.columns[m].semantic_type;
  json::Array pairs;
  for (const auto& row : answer_.rows) {
    pairs.push_back(json::Array{row.as_array()[group_column(0)], row.as_array()[m]});
  }
  const Dimension& time = reading_.dimensions[0];
  TRY(auto coverage, insight::find_coverage(text::quote_identifier(time.table),
                                            text::quote_identifier(time.column), connection_));
  for (const Filter& filter : reading_.filters) {
    if (filter.negated || filter.any_of.size() != 1) continue;
    const Condition& c = filter.any_of.front();
    if (c.op != Operator::between || c.table != time.table || c.column != time.column) continue;
    if (c.values.size() == 2 && c.values[0].is_string() && c.values[1].is_string()) {
      coverage = insight::within(std::move(coverage), std::string(c.values[0].get_string()),
                                 insight::day_before(std::string(c.values[1].get_string())));
    }
  }
  insight::describe_series(series, pairs, sql_.columns[m].name,
                           *sql_.columns[group_column(0)].grain, coverage, prose);
  return {};
}

void Sentences::groups(Prose& prose) {
  const std::size_t m = figure_column();
  const std::string what = measure_words(model_, reading_.measures[0]);
  const std::string filters = all_filter_words(model_, reading_);
  const std::string where = (filters.empty() ? "" : " (" + filters + ")") + std::string(".");
  const bool descending = reading_.order.empty() || reading_.order[0].by != OrderBy::measure ||
                          reading_.order[0].descending;
  const bool extreme_already = what.starts_with("highest ") || what.starts_with("lowest ") ||
                               what.starts_with("earliest ") || what.starts_with("latest ");
  const std::string extreme = extreme_already ? " has the "
                              : descending    ? " has the highest "
                                              : " has the lowest ";
  if (reading_.per_group && reading_.limit && reading_.dimensions.size() > 1) {
    prose.text("For each " + dimension_words(model_, reading_.dimensions[0]) + ", the ")
        .derived(std::to_string(*reading_.limit), "limit of the reading")
        .text(" with" + extreme.substr(std::string_view(" has").size()) + what + ", by " +
              dimension_words(model_, reading_.dimensions[1]) + where);
    return;
  }
  if (answer_.rows.size() == 1) {
    if (!reading_.limit) prose.text(upper_first(what) + " for ");
    write_label(prose, 0);
    prose.text(reading_.limit ? extreme + what + ": " : ": ");
    write_cell(prose, 0, m);
    prose.text(where);
    return;
  }
  // By value, whatever the rows are sorted by.
  std::vector<std::size_t> ranked;
  std::optional<std::size_t> without_label;
  for (std::size_t r = 0; r < answer_.rows.size(); ++r) {
    if (!number(r, m)) continue;
    if (has_label(r)) {
      ranked.push_back(r);
    } else if (!without_label) {
      without_label = r;
    }
  }
  if (ranked.empty() && without_label)
    ranked.push_back(*std::exchange(without_label, std::nullopt));
  std::ranges::sort(ranked, [&](std::size_t a, std::size_t b) {
    const double x = *number(a, m), y = *number(b, m);
    return x != y ? (descending ? x > y : x < y) : a < b;
  });
  if (ranked.empty()) {
    prose.text("No group has a value of " + what + where);
    return;
  }
  write_label(prose, ranked[0]);
  prose.text(extreme + what + " with ");
  write_cell(prose, ranked[0], m);
  const std::size_t shown = std::min<std::size_t>(ranked.size(), 3);
  for (std::size_t i = 1; i < shown; ++i) {
    prose.text(i == 1 ? ", followed by " : " and ");
    write_label(prose, ranked[i]);
    prose.text(" (");
    write_cell(prose, ranked[i], m);
    prose.text(")");
  }
  prose.text(where);
  if (without_label) {
    const bool would_lead = descending ? *number(*without_label, m) > *number(ranked[0], m)
                                       : *number(*without_label, m) < *number(ranked[0], m);
    if (would_lead) {
      prose.text(" Rows marked ");
      write_label(prose, *without_label);
      prose.text(" come to ");
      write_cell(prose, *without_label, m);
      prose.text(".");
    }
  }
  share_of_first(ranked[0]);
}

// How much of all groups the first one has.
void Sentences::share_of_first(std::size_t first) {
  const std::size_t m = figure_column();
  const std::string what = measure_words(model_, reading_.measures[0]);
  // Shares make sense for totals and counts over all groups.
  const Measure& measure = reading_.measures[0];
  const bool adds = measure.aggregate == Aggregate::sum || measure.aggregate == Aggregate::count ||
                    measure.metric == "revenue" || measure.metric == "units_sold";
  if (!adds || sql_.overlapping || reading_.limit || !reading_.having.empty() ||
      answer_.rows.size() < 3 || reading_.dimensions.size() != 1)
    return;
  double total = 0;
  for (std::size_t r = 0; r < answer_.rows.size(); ++r) {
    const auto value = number(r, m);
    if (value && *value < 0) return;
    total += value.value_or(0);
  }
  if (total <= 0) return;
  const double top = number(first, m).value_or(0);
  Prose share;
  write_label(share, first);
  share.text(" has ")
      .derived(
          fmt::format("{:.1f} %", 100 * top / total),
          "share of total: " + insight::format_number(top) + " / " + insight::format_number(total))
      .text(" of the " + what + " of all ")
      .derived(std::to_string(answer_.rows.size()), "number of rows of the result")
      .text(" groups.");
  for (auto& trace : share.traces()) receipt_.numbers.push_back(std::move(trace));
  answer_.insights.push_back(share.take());
}

void Sentences::list(Prose& prose) const {
  const auto n = answer_.total_rows;
  const std::string filters = all_filter_words(model_, reading_);
  const std::string where = filters.empty() ? "" : " (" + filters + ")";
  const bool whole = reading_.columns.size() > 4 || answer_.columns.size() > 2;
  const std::string what =
      whole ? rows_called(model_, reading_.table) : spaced(sql_.columns[0].name);
  if (n <= 5 && answer_.columns.size() <= 2) {
    prose.text(n == 1 ? "The " + what + where + " is " : upper_first(what) + where + ": ");
    for (std::size_t r = 0; r < answer_.rows.size(); ++r) {
      prose.text(r == 0 ? "" : r + 1 == answer_.rows.size() ? " and " : ", ");
      write_cell(prose, r, 0);
      if (answer_.columns.size() == 2) {
        prose.text(" (");
        write_cell(prose, r, 1);
        prose.text(")");
      }
    }
    prose.text(".");
    return;
  }
  prose.derived(insight::format_number(static_cast<double>(n)), "number of rows of the result")
      .text(whole && n != 1 && what != "rows" ? " "
            : n == 1                          ? " row of "
                                              : " rows of ")
      .text(what + where + ".");
}

Result<> Sentences::write() {
  Prose prose;
  if (answer_.rows.empty()) {
    const std::string filters = all_filter_words(model_, reading_);
    prose.text(filters.empty() ? "There are no such rows."
                               : "There are no " + rows_called(model_, reading_.table) +
                                     " with this: " + filters + ".");
  } else if (!reading_.dimensions.empty() && !reading_.measures.empty()) {
    const bool time = sql_.columns[group_column(0)].grain && !goes_round(reading_.dimensions[0]) &&
                      reading_.dimensions.size() == 1 && !reading_.limit &&
                      answer_.rows.size() >= 2;
    if (time) {
      TRY_VOID(over_time(prose));
    } else {
      groups(prose);
    }
  } else if (answer_.rows.size() == 1) {
    one_row(prose);
  } else {
    list(prose);
  }
  for (auto& trace : prose.traces()) receipt_.numbers.push_back(std::move(trace));
  answer_.response = prose.take();
  return {};
}

}  // namespace

Result<> write_sentences(const catalog::SemanticModel& model, const Reading& reading,
                         const Sql& sql, engine::Connection& connection, catalog::Answer& answer,
                         catalog::Receipt& receipt) {
  return Sentences(model, reading, sql, connection, answer, receipt).write();
}

}  // namespace sextant::ask
