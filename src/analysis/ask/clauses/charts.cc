#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/clauses/figure_words.h"
#include "analysis/ask/clauses/parser.h"
#include "analysis/ask/joins.h"

namespace sextant::ask {

namespace {

constexpr double kOneEach = 0.95;  // share of rows with a value of their own
constexpr double kFewEach = 0.5;   // below it a group has several rows

}  // namespace

// Whether a chart is asked for, or "…, and count them".
bool ClauseParser::drawn_or_counted() const {
  bool asked = chart_.any || chart_.type.has_value() || axis_ != 0 || chart_.axes;
  for (int i = 0; i < size(); ++i) {
    asked = asked || is(i, {"proportion", "trend", "visualize", "distribution", "histogram"}) ||
            (i == 0 && is(i, {"compare"})) || (is(i, {"count", "counting"}) && is(i + 1, {"them"}));
  }
  return asked;
}

// Whether nearly every row of the table has a value of its own, so that a count of rows by it is 1.
bool ClauseParser::stands_alone(int c) const {
  const auto rows = static_cast<double>(context_.tables()[column(c).table].model->rows);
  return static_cast<double>(column(c).model->distinct) >= kOneEach * rows;
}

// "each employee's salary" in a chart: names beside the figures, unless something else is.
void ClauseParser::name_owners() {
  for (const int table : owners_) {
    const bool named = !groups_.empty() || std::ranges::any_of(select_, [&](const Part& p) {
      return p.aggregate == Aggregate::none && p.column >= 0 && !is_measure(column(p.column));
    });
    const int label = label_column(context_, table);
    if (named || label < 0) continue;
    select_.insert(select_.begin(), {Aggregate::none, label, column(label).table});
    group_tables_.clear();
  }
}

// "for employees whose first names end with m, a bar chart of their average salary": one figure is
// no chart, so it stands by what the condition leaves open.
void ClauseParser::group_by_part() {
  using catalog::ChartType;
  const bool bars = chart_.any || chart_.type == ChartType::bar || chart_.type == ChartType::pie;
  if (!bars || select_.size() != 1 || !is_total(select_[0].aggregate) || !groups_.empty() ||
      !group_tables_.empty() || limit_) {
    return;
  }
  for (const Filter& filter : reading_.filters) {
    const Condition& condition = filter.any_of.front();
    const int c = context_.find_column(condition.table, condition.column);
    const bool part = condition.op == Operator::contains || condition.op == Operator::starts_with ||
                      condition.op == Operator::ends_with;
    if (!part || filter.negated || c < 0 || column(c).table != table_of(select_[0])) continue;
    groups_.push_back({Aggregate::none, c, column(c).table});
    return;
  }
}

// "a line of the counts by month for each series", "a pie of the cost by airline", where a month or
// an airline has several rows: their sum or mean, since there is one point or bar for each.
void ClauseParser::gather_points() {
  using catalog::ChartType;
  const bool line = chart_.type == ChartType::line || chart_.type == ChartType::grouped_line;
  const bool bars = chart_.type == ChartType::bar || chart_.type == ChartType::pie ||
                    chart_.type == ChartType::stacked_bar;
  // "deaths by race", where they have a day: the rows.
  if (bars && said_by_ && !groups_.empty() && select_.size() == 1 &&
      select_[0].aggregate == Aggregate::none && select_[0].column >= 0 &&
      column(select_[0].column).kind == Kind::date) {
    select_[0].aggregate = Aggregate::count;
    return;
  }
  const auto figure = [&](const Part& p) {
    return p.aggregate == Aggregate::none && p.column >= 0 && is_measure(column(p.column));
  };
  if ((!line && !(bars && said_by_)) || groups_.empty() || select_.empty() ||
      !std::ranges::all_of(select_, figure) ||
      std::ranges::any_of(groups_, [](const Part& g) { return g.column < 0; })) {
    return;
  }
  double points = 1;
  for (const Part& g : groups_) points *= static_cast<double>(column(g.column).model->distinct);
  const int table = table_of(select_.front());
  const auto rows = static_cast<double>(context_.tables()[table].model->rows);
  if (points >= (line ? kOneEach : kFewEach) * rows && (line || groups_.size() < 2)) return;
  for (Part& p : select_) {
    const auto usual = column(p.column).model->default_aggregation;
    p.aggregate = usual == catalog::Aggregation::sum ? Aggregate::sum : Aggregate::avg;
  }
}

// "for employees hired before 2002, the number of job ids": the keys that the rows spoken of hold.
void ClauseParser::count_own_keys() {
  if (!drawn_or_counted() || subject_ < 0) return;
  for (Part& part : select_) {
    if (part.aggregate != Aggregate::count || part.column < 0) continue;
    const int own = own_reference(part.column, subject_);
    if (own == part.column) continue;
    for (Part& group : groups_) {
      if (group.column == part.column) {
        group.column = own;
        group.table = subject_;
      }
    }
    part.column = own;
    part.table = subject_;
  }
}

// "the physicians who took appointments, and count them": a bar of 1 for each says nothing, so the
// appointments are counted; likewise the records that "those records from …" speaks of.
void ClauseParser::count_partners() {
  if (groups_.size() != 1 || !group_tables_.empty() || select_.size() != 1) return;
  Part& counted = select_.front();
  const Part& group = groups_.front();
  if (counted.aggregate != Aggregate::count || group.column < 0 || group.grain != Grain::none ||
      (counted.column >= 0 && counted.column != group.column) ||
      table_of(counted) != column(group.column).table) {
    return;
  }
  const std::string& own = context_.tables()[column(group.column).table].model->name;
  const auto partner = [&](const std::string& table) {
    const auto path = join_path(context_.model(), own, table);
    if (!path) return -1;
    const auto step = std::ranges::find_if(*path, &JoinStep::multiplies);
    return step == path->end() ? -1 : context_.find_table(step->to.table);
  };
  int rows = -1;
  if (scope_ >= 0) rows = partner(context_.tables()[scope_].model->name);
  if (rows < 0 && stands_alone(group.column)) {
    for (const Filter& filter : reading_.filters) {
      if (rows < 0 && !filter.negated) rows = partner(filter.any_of.front().table);
    }
    for (const int table : present_) {
      if (rows < 0 && std::ranges::find(absent_, table) == absent_.end())
        rows = partner(context_.tables()[table].model->name);
    }
  }
  if (rows < 0) return;
  counted.column = -1;
  counted.table = rows;
}

// "for each receipt date, binned by weekday": the days are the bins.
void ClauseParser::join_bins() {
  for (Part& g : groups_) {
    if (g.column >= 0 || g.grain == Grain::none) continue;
    const auto day = std::ranges::find_if(groups_, [&](const Part& p) {
      return p.column >= 0 && column(p.column).kind == Kind::date && p.grain == Grain::none;
    });
    if (day == groups_.end() || std::ranges::none_of(links_.tokens, [](const Token& token) {
          return token.stem == "bin" || token.stem == "binn";
        })) {
      continue;
    }
    g.column = day->column;
    g.table = day->table;
    groups_.erase(day);
    break;
  }
}

// A line goes along its axis, be it of years as numbers.
void ClauseParser::order_along_line() {
  const bool line =
      chart_.type == catalog::ChartType::line || chart_.type == catalog::ChartType::grouped_line;
  if (line && reading_.order.empty() && !limit_ && !reading_.dimensions.empty() &&
      !reading_.measures.empty()) {
    const Dimension& x = reading_.dimensions.front();
    const int c = context_.find_column(x.table, x.column);
    if (c >= 0 && column(c).kind == Kind::number) {
      Order along;
      along.by = OrderBy::dimension;
      along.descending = false;
      reading_.order.push_back(along);
    }
  }
}

// The column of years of a table that has no days: "open_date" with 1836; -1: none.
int ClauseParser::years_of(int table) const {
  if (table < 0) return -1;
  const TableEntry& entry = context_.tables()[table];
  for (int c = entry.first_column; c < entry.first_column + entry.columns; ++c) {
    const ColumnEntry& years = column(c);
    if (years.kind != Kind::number || years.id_like) continue;
    const bool called = std::ranges::any_of(years.words, [](const Token& w) {
      return w.stem == "year" || w.stem == "date" || w.stem == "built" || w.stem == "found";
    });
    if (!called) continue;
    const bool in_range = std::ranges::all_of(*years.sample, [](const Cell& cell) {
      const auto* number = std::get_if<double>(&cell);
      return !number || (*number >= 1000 && *number <= 2100);
    });
    if (in_range) return c;
  }
  return -1;
}

// "by the number of cities", where the rows of each city are counted, or "by the total number of
// goals" where their sum stands: the figure that is shown already.
std::optional<std::int64_t> ClauseParser::shown_figure(const Part& part) const {
  using enum Aggregate;
  if (part.column < 0 ||
      (part.aggregate != count && part.aggregate != count_distinct && part.aggregate != sum)) {
    return std::nullopt;
  }
  const std::string& name = column(part.column).model->name;
  const std::string& table = context_.tables()[column(part.column).table].model->name;
  std::optional<std::int64_t> of_column, count_shown;
  int counts = 0;
  for (std::size_t i = 0; i < reading_.measures.size(); ++i) {
    const Measure& m = reading_.measures[i];
    if (m.hidden) continue;
    if (m.column == name && m.table == table) of_column = static_cast<std::int64_t>(i);
    if (m.aggregate == count || m.aggregate == count_distinct) {
      count_shown = static_cast<std::int64_t>(i);
      ++counts;
    }
  }
  if (of_column) return of_column;
  const bool grouped = std::ranges::any_of(reading_.dimensions, [&](const Dimension& d) {
    return (d.column == name && d.table == table) ||
           own_reference(part.column, context_.find_table(d.table)) ==
               context_.find_column(d.table, d.column);
  });
  return grouped && counts == 1 ? count_shown : std::nullopt;
}

}  // namespace sextant::ask
