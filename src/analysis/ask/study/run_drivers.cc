#include <algorithm>
#include <cmath>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/study/measured.h"
#include "analysis/ask/study/period.h"
#include "analysis/ask/study/run.h"
#include "analysis/ask/words.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

constexpr std::int64_t kMostValues = 60;  // of a column that may explain a change
constexpr std::size_t kColumns = 8;       // looked at
constexpr std::size_t kShown = 12;        // rows of the answer

// How one value of one column moved.
struct Part {
  std::string column;
  std::string value;
  double earlier = 0, later = 0;
  double change() const { return later - earlier; }
};

// One column that splits the change, and how unevenly it does: the sum of what its values moved
// beyond moving all alike, as a share of the whole change, halved.
struct Split {
  std::vector<Part> parts;
  double uneven = 0;
};

class Drivers {
 public:
  Drivers(const Context& context, const Reading& reading, engine::Connection& connection)
      : context_(context), model_(context.model()), reading_(reading), connection_(connection) {}

  Result<StudyResult> run();

 private:
  Result<double> total(const std::string& from);
  Result<Split> split(const ColumnEntry& column, double earlier, double later);
  Reading within(const std::string& from) const;
  std::vector<const ColumnEntry*> columns() const;
  void write(double earlier, double later, const std::vector<Split>& splits);

  const Context& context_;
  const catalog::SemanticModel& model_;
  const Reading& reading_;
  engine::Connection& connection_;
  StudyResult result_;
};

// The reading's measure in the period that begins there.
Reading Drivers::within(const std::string& from) const {
  Reading part = reading_;
  part.study.reset();
  const Dimension time = part.dimensions[0];
  part.dimensions.clear();
  part.order.clear();
  part.limit.reset();
  Condition condition;
  condition.table = time.table;
  condition.column = time.column;
  condition.op = Operator::between;
  condition.values = {json::Value(from), json::Value(move_period(from, time.grain, 1))};
  part.filters.push_back({{std::move(condition)}, false});
  return part;
}

Result<double> Drivers::total(const std::string& from) {
  TRY(const Sql sql, to_sql(model_, within(from)));
  TRY(auto rows, connection_.query(sql.text));
  if (result_.sql.tables.empty()) result_.sql = sql;
  return rows.rows() > 0 ? rows.number(0, 0) : 0.0;
}

// Columns of few values that the measure can be split by without counting a row twice.
std::vector<const ColumnEntry*> Drivers::columns() const {
  std::vector<const ColumnEntry*> found;
  const int main = context_.find_table(reading_.table);
  for (const ColumnEntry& column : context_.columns()) {
    if (column.id_like || column.kind == Kind::date || is_measure(column)) continue;
    if (column.model->distinct < 2 || column.model->distinct > kMostValues) continue;
    if (main < 0 || !reachable(context_, main, column.table)) continue;
    const bool filtered = std::ranges::any_of(reading_.filters, [&](const Filter& f) {
      return std::ranges::any_of(
          f.any_of, [&](const Condition& c) { return c.column == column.model->name; });
    });
    if (!filtered) found.push_back(&column);
    if (found.size() == kColumns) break;
  }
  return found;
}

Result<Split> Drivers::split(const ColumnEntry& column, double earlier, double later) {
  const std::string& table = context_.tables()[column.table].model->name;
  std::vector<Part> parts;
  const std::string periods[] = {reading_.study->earlier, reading_.study->later};
  for (const std::string& from : periods) {
    Reading reading = within(from);
    reading.dimensions.push_back({table, column.model->name, Grain::none, std::nullopt});
    TRY(const Sql sql, to_sql(model_, reading));
    if (sql.overlapping) return Split{};
    TRY(auto rows, connection_.query(sql.text));
    for (std::int64_t r = 0; r < rows.rows(); ++r) {
      const std::string value = rows.is_null(r, 0) ? "(no value)" : rows.text(r, 0);
      auto part = std::ranges::find(parts, value, &Part::value);
      if (part == parts.end()) {
        parts.push_back({column.model->name, value});
        part = parts.end() - 1;
      }
      (&from == &periods[0] ? part->earlier : part->later) = rows.number(r, 1);
    }
  }
  Split split{std::move(parts), 0};
  const double change = later - earlier;
  for (const Part& part : split.parts) {
    const double alike = earlier != 0 ? part.earlier / earlier * change
                                      : change / static_cast<double>(split.parts.size());
    split.uneven += std::abs(part.change() - alike) / std::abs(change) / 2;
  }
  std::ranges::sort(split.parts, [](const Part& a, const Part& b) {
    return std::abs(a.change()) != std::abs(b.change())
               ? std::abs(a.change()) > std::abs(b.change())
               : a.value < b.value;
  });
  return split;
}

void Drivers::write(double earlier, double later, const std::vector<Split>& splits) {
  const SqlColumn meta = result_.sql.columns.empty() ? SqlColumn{} : result_.sql.columns[0];
  const std::string grain(json::enum_name(reading_.dimensions[0].grain));
  const double change = later - earlier;
  const auto value = [&](double figure) {
    return insight::format_value(figure, meta.unit, meta.semantic_type);
  };
  const std::string before = insight::format_date(reading_.study->earlier, grain),
                    after = insight::format_date(reading_.study->later, grain);
  for (const Split& split : splits) {
    for (const Part& part : split.parts) {
      if (result_.rows.size() == kShown) break;
      result_.rows.push_back(boost::json::array{json::Value(spaced(part.column)),
                                                json::Value(part.value), part.earlier, part.later,
                                                part.change(), 100 * part.change() / change});
    }
  }
  result_.columns = {{"column", "VARCHAR"}, {"value", "VARCHAR"}, {"earlier", "DOUBLE"},
                     {"later", "DOUBLE"},   {"change", "DOUBLE"}, {"share_of_change", "DOUBLE"}};
  const std::string words = measure_words(model_, reading_.measures[0]);
  result_.text.text(upper_first(words) + (change > 0 ? " rose by " : " fell by "))
      .derived(value(std::abs(change)), "change from " + value(earlier) + " to " + value(later))
      .text(" from ")
      .derived(before, "the earlier period")
      .text(" (")
      .derived(value(earlier), "total of " + before)
      .text(") to ")
      .derived(after, "the later period")
      .text(" (")
      .derived(value(later), "total of " + after)
      .text(").");
  const Part& first = splits[0].parts[0];
  result_.text.text(" Most of it is where " + spaced(first.column) + " is " + first.value + ": ")
      .number(value(first.earlier), 0, "earlier")
      .text(" before, ")
      .number(value(first.later), 0, "later")
      .text(" then, ")
      .number(fmt::format("{:.1f} %", 100 * first.change() / change), 0, "share_of_change")
      .text(" of the change.");
  result_.insights.emplace_back().text(
      "This shows where the change happened, not its cause: causes are not in the data.");
}

Result<StudyResult> Drivers::run() {
  if (reading_.measures.size() != 1 || reading_.dimensions.size() != 1 ||
      reading_.study->later.empty() || reading_.study->earlier.empty()) {
    return fail(ErrorCode::invalid_fields, "A change needs one figure and two periods.",
                "Ask for example: why did revenue fall in March 2025?");
  }
  const std::string words = measure_words(model_, reading_.measures[0]);
  if (!adds_up(model_, reading_.measures[0])) {
    return fail(
        ErrorCode::invalid_fields,
        upper_first(words) + " does not add up over its parts, so its change has no shares.",
        "Ask about a sum or a count.");
  }
  TRY(const double earlier, total(reading_.study->earlier));
  TRY(const double later, total(reading_.study->later));
  if (earlier == later) {
    result_.text.text(upper_first(words) + " did not change: it was ")
        .derived(insight::format_number(later), "total of both periods")
        .text(" in both periods.");
    return std::move(result_);
  }
  std::vector<Split> splits;
  for (const ColumnEntry* column : columns()) {
    auto found = split(*column, earlier, later);
    if (!found) {
      if (found.error().code == ErrorCode::invalid_fields) continue;  // can not be split by it
      return fail(found.error());
    }
    if (found->parts.size() > 1) splits.push_back(std::move(*found));
  }
  std::ranges::sort(splits, [](const Split& a, const Split& b) {
    return a.uneven != b.uneven ? a.uneven > b.uneven : a.parts[0].column < b.parts[0].column;
  });
  if (splits.empty()) {
    return fail(ErrorCode::invalid_fields,
                "There is no column of few values that " + words + " could be split by.",
                "Ask how it developed over time instead.");
  }
  if (splits.size() > 3) splits.resize(3);
  write(earlier, later, splits);
  result_.chart = catalog::ChartType::table;
  return std::move(result_);
}

}  // namespace

Result<StudyResult> run_drivers(const Context& context, const Reading& reading,
                                engine::Connection& connection) {
  return Drivers(context, reading, connection).run();
}

Result<StudyResult> run_study(const Context& context, const Reading& reading,
                              engine::Connection& connection) {
  switch (reading.study->kind) {
    case StudyKind::forecast:
      return run_forecast(context, reading, connection);
    case StudyKind::drivers:
      return run_drivers(context, reading, connection);
    case StudyKind::pareto:
      return run_pareto(context, reading, connection);
    case StudyKind::rows:
      return run_rows(context, reading, connection);
    case StudyKind::distribution:
      return run_distribution(context, reading, connection);
    case StudyKind::outliers:
      return run_outliers(context, reading, connection);
    case StudyKind::relations:
      return run_relations(context, reading, connection);
    case StudyKind::comparison:
      return run_comparison(context, reading, connection);
    case StudyKind::quality:
      return run_quality(context, reading, connection);
    case StudyKind::statistics:
      break;
  }
  return run_statistics(context, reading, connection);
}

}  // namespace sextant::ask
