// The values of one dimension as columns: the groups are computed as ever, one row for each, and
// laid side by side:
//   SELECT "long".row, any_value("long".figure) FILTER (WHERE "long".across = value) AS "value", …
//   FROM (groups) AS "long" GROUP BY 1
#include <algorithm>

#include "analysis/ask/pivot.h"
#include "analysis/ask/sql_generator.h"
#include "base/json.h"

namespace sextant::ask {

using text::quote_identifier;

namespace {

std::string long_column(const std::string& name) { return "\"long\"." + quote_identifier(name); }

// "2025-02-01" by month is "2025-02", by quarter "2025-Q1".
std::string heading(const json::Value& value, Grain grain) {
  if (value.is_null()) return "(blank)";
  if (value.is_bool()) return value.get_bool() ? "yes" : "no";
  if (!value.is_string()) return json::dump(value);
  const std::string text(value.get_string());
  if (text.size() >= 7 && grain == Grain::month) return text.substr(0, 7);
  if (text.size() >= 7 && grain == Grain::quarter) {
    const int month = (text[5] - '0') * 10 + text[6] - '0';
    return text.substr(0, 4) + "-Q" + std::to_string((month + 2) / 3);
  }
  return text.empty() ? "(empty)" : text;
}

}  // namespace

Result<Sql> Generator::pivoted(std::size_t across) {
  const Dimension& d = reading_.dimensions[across];
  const auto refuse = [](std::string why, std::string hint) {
    return fail(ErrorCode::invalid_fields, std::move(why), std::move(hint));
  };
  if (std::ranges::count(reading_.dimensions, true, &Dimension::pivot) > 1) {
    return refuse("Only one group can become columns.", "Leave the others on the rows.");
  }
  if (!reading_.columns.empty() || std::ranges::any_of(reading_.dimensions, &Dimension::hidden)) {
    return refuse("Listed columns do not go together with columns made of values.",
                  "Group by them.");
  }
  Reading groups = reading_;
  groups.order.clear();
  groups.limit.reset();
  groups.offset.reset();
  groups.per_group = false;
  groups.figures_first = false;
  groups.dimensions[across].pivot = false;
  groups.dimensions[across].values.clear();
  Generator generator(model_, groups);
  generator.depth_ = depth_ + 1;
  generator.part_ = true;
  TRY(Sql out, generator.generate());
  const std::size_t rows = reading_.dimensions.size();
  const std::size_t figures = out.columns.size() - rows;
  if (figures == 0) return refuse("Columns made of values need a figure.", "Add a measure.");
  if (d.values.empty()) {
    return refuse(d.column + " has no values to make columns of.", "Change the conditions.");
  }
  if (d.values.size() * figures > kMostPivotColumns) {
    return refuse(std::to_string(d.values.size()) + " values of " + d.column + " would make " +
                      std::to_string(d.values.size() * figures) + " columns; " +
                      std::to_string(kMostPivotColumns) + " can be shown.",
                  "Keep fewer of its values by a condition, take a coarser period, or put it on "
                  "the rows.");
  }
  std::vector<std::string> select;
  std::vector<SqlColumn> columns;
  for (std::size_t i = 0; i < rows; ++i) {
    if (i == across) continue;
    select.push_back(long_column(out.columns[i].name));
    names_.insert(out.columns[i].name);
    columns.push_back(out.columns[i]);
  }
  const std::size_t grouped = select.size();
  const std::string key = long_column(out.columns[across].name);
  TRY(const auto* column_of, column(d.table, d.column));
  const bool truncated = d.grain == Grain::day || d.grain == Grain::week ||
                         d.grain == Grain::month || d.grain == Grain::quarter;
  for (const json::Value& value : d.values) {
    if (!value.is_null() && !value.is_string() && !value.is_number() && !value.is_bool()) {
      return refuse("A column is made of a text, a number or nothing.", "");
    }
    std::string is = key + " IS NULL";
    if (value.is_string()) {
      const bool moment = d.grain == Grain::none && column_of->type.starts_with("TIMESTAMP");
      const bool date = truncated || (d.grain == Grain::none && column_of->type == "DATE");
      is = key + " = " +
           (moment ? "TIMESTAMP "
            : date ? "DATE "
                   : "") +
           text::quote_literal(std::string(value.get_string()));
    } else if (value.is_bool()) {
      is = key + (value.get_bool() ? " = TRUE" : " = FALSE");
    } else if (value.is_number()) {
      is = key + " = " + json::dump(value);
    }
    for (std::size_t m = 0; m < figures; ++m) {
      SqlColumn cell = out.columns[rows + m];
      const std::string figure = long_column(cell.name);
      cell.name = unique(heading(value, d.grain) + (figures > 1 ? " " + cell.name : ""));
      select.push_back("any_value(" + figure + ") FILTER (WHERE " + is + ") AS " +
                       quote_identifier(cell.name));
      columns.push_back(std::move(cell));
    }
  }
  const bool per_group = reading_.per_group && reading_.limit && grouped > 1;
  TRY(const std::string order,
      per_group ? Result<std::string>(first_of_groups(out, across)) : row_order(out, across));
  out.text = "SELECT " + text::join(select, ", ") + "\nFROM (\n" + out.text + "\n) AS \"long\"";
  if (grouped > 0) {
    std::vector<std::string> places;
    for (std::size_t i = 1; i <= grouped; ++i) places.push_back(std::to_string(i));
    out.text += "\nGROUP BY " + text::join(places, ", ");
  }
  out.text += order;
  if (reading_.limit && !per_group) {
    out.text += "\nLIMIT " + std::to_string(*reading_.limit);
    if (reading_.offset && *reading_.offset > 0) {
      out.text += " OFFSET " + std::to_string(*reading_.offset);
    }
  }
  out.columns = std::move(columns);
  return out;
}

// Each figure of a whole row: the sum of its columns where it is one of rows, else the highest;
// empty for one that is not shown.
std::vector<std::string> Generator::row_figures(const Sql& rows) const {
  std::vector<std::string> shown(reading_.measures.size());
  std::size_t column = reading_.dimensions.size();
  for (std::size_t i = 0; i < reading_.measures.size(); ++i) {
    const Measure& m = reading_.measures[i];
    if (m.hidden) continue;
    const bool adds = m.metric.empty() && m.arithmetic == Arithmetic::none &&
                      m.window == Window::none &&
                      (m.aggregate == Aggregate::sum || m.aggregate == Aggregate::count);
    shown[i] = (adds ? "sum(" : "max(") + long_column(rows.columns[column].name) + ")";
    column += m.share ? 2 : 1;
  }
  return shown;
}

// The first rows within each value of the first group, by a figure of the whole row.
std::string Generator::first_of_groups(const Sql& rows, std::size_t across) const {
  const auto figures = row_figures(rows);
  std::vector<std::string> groups;
  for (std::size_t i = 0; i < reading_.dimensions.size(); ++i) {
    if (i != across) groups.push_back(long_column(rows.columns[i].name));
  }
  std::string figure = *std::ranges::find_if_not(figures, &std::string::empty);
  bool descending = true;
  for (const Order& one : reading_.order) {
    const auto index = static_cast<std::size_t>(one.index);
    if (one.by != OrderBy::measure || one.index < 0 || index >= figures.size()) continue;
    if (figures[index].empty()) continue;
    figure = figures[index];
    descending = one.descending;
    break;
  }
  const std::string partition = groups.front();
  groups.front() = figure + (descending ? " DESC NULLS LAST" : " NULLS LAST");
  const std::string order = text::join(groups, ", ");
  return "\nQUALIFY row_number() OVER (PARTITION BY " + partition + " ORDER BY " + order +
         ") <= " + std::to_string(*reading_.limit) + "\nORDER BY " + partition + ", " + order;
}

// Rows by their groups, or by a figure.
Result<std::string> Generator::row_order(const Sql& rows, std::size_t across) const {
  const std::size_t groups = reading_.dimensions.size();
  const auto shown = row_figures(rows);
  std::vector<std::string> parts;
  std::set<std::size_t> said;
  for (const Order& order : reading_.order) {
    const auto index = static_cast<std::size_t>(order.index);
    const std::string direction = order.descending ? " DESC NULLS LAST" : " NULLS LAST";
    if (order.by == OrderBy::measure && order.index >= 0 && index < shown.size() &&
        !shown[index].empty()) {
      parts.push_back(shown[index] + direction);
    } else if (order.by == OrderBy::dimension && order.index >= 0 && index < groups &&
               index != across) {
      parts.push_back(long_column(rows.columns[index].name) + direction);
      said.insert(index);
    } else {
      return unknown_name("an order of rows by what is no group or figure of them");
    }
  }
  for (std::size_t i = 0; i < groups; ++i) {
    if (i != across && !said.contains(i)) parts.push_back(long_column(rows.columns[i].name));
  }
  return parts.empty() || groups == 1 ? std::string() : "\nORDER BY " + text::join(parts, ", ");
}

}  // namespace sextant::ask
