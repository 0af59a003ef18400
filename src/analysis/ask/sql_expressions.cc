#include "analysis/ask/sql_generator.h"
#include "base/json.h"

namespace sextant::ask {

Result<std::string> Generator::measure(const Measure& m, SqlColumn& out) const {
  out.measure = true;
  if (!m.metric.empty()) {
    for (const auto& metric : model_.metrics) {
      if (metric.name != m.metric) continue;
      out.name = text::snake_case(metric.name, "metric");
      out.unit = metric.unit;
      out.semantic_type = catalog::SemanticType::amount;
      return metric.expression;
    }
    return unknown_name("the metric " + m.metric);
  }
  using enum Aggregate;
  if (m.column.empty()) {
    if (!table(m.table)) return unknown_name("the table " + m.table);
    out.name = "number_of_" + text::snake_case(m.table, "rows");
    out.semantic_type = catalog::SemanticType::quantity;
    if (multiplied_ || m.table != reading_.table) {
      const std::string key = key_of(m.table);
      if (!key.empty()) return "count(DISTINCT " + qualified(m.table, key) + ")";
    }
    return std::string("count(*)");
  }
  TRY(const auto* c, column(m.table, m.column));
  const std::string name = qualified(m.table, m.column);
  const std::string plain = text::snake_case(c->name, "value");
  if (m.aggregate != count && m.aggregate != count_distinct) {
    out.unit = c->unit;
    out.semantic_type = c->semantic_type;
  } else {
    out.semantic_type = catalog::SemanticType::quantity;
  }
  switch (m.aggregate) {
    case count:
      out.name = "number_of_" + plain;
      return "count(" + name + ")";
    case count_distinct:
      out.name = "number_of_" + plain;
      return "count(DISTINCT " + name + ")";
    case sum:
      out.name = "total_" + plain;
      return "sum(" + name + ")";
    case avg:
      out.name = "average_" + plain;
      return "avg(" + name + ")";
    case min:
      out.name = "lowest_" + plain;
      return "min(" + name + ")";
    case max:
      out.name = "highest_" + plain;
      return "max(" + name + ")";
    case median:
      out.name = "median_" + plain;
      return "median(" + name + ")";
    case percentile:
      out.name = "percentile_" + plain;
      return "quantile_cont(" + name + ", " + json::dump(json::Value(m.fraction)) + ")";
    case stddev:
      out.name = "deviation_" + plain;
      return "stddev_samp(" + name + ")";
    case none:
      break;
  }
  out.name = plain;
  return "any_value(" + name + ")";
}

Result<std::string> Generator::dimension(const Dimension& d, SqlColumn& out) const {
  TRY(const auto* c, column(d.table, d.column));
  const std::string name = qualified(d.table, d.column);
  out.semantic_type = c->semantic_type;
  if (d.grain == Grain::none) {
    out.name = c->name;
    return name;
  }
  out.grain = std::string(json::enum_name(d.grain));
  out.name = *out.grain;
  if (d.grain == Grain::year) {
    out.semantic_type = catalog::SemanticType::year;
    return "year(" + name + ")";
  }
  if (d.grain == Grain::weekday) {
    out.semantic_type = catalog::SemanticType::category;
    return "dayname(" + name + ")";
  }
  if (d.grain == Grain::month_name) {
    out.name = "month";
    out.semantic_type = catalog::SemanticType::category;
    return "monthname(" + name + ")";
  }
  if (d.grain == Grain::hour) {
    out.semantic_type = catalog::SemanticType::quantity;
    return "hour(" + name + ")";
  }
  out.semantic_type = catalog::SemanticType::date;
  if (d.grain == Grain::week && model_.calendar.week_start != catalog::WeekStart::monday) {
    // Weeks of the engine begin on Monday.
    const std::string days = model_.calendar.week_start == catalog::WeekStart::sunday ? "1" : "2";
    return "date_trunc('week', " + name + " + INTERVAL " + days + " DAY)::DATE - " + days;
  }
  return "date_trunc('" + *out.grain + "', " + name + ")::DATE";
}

std::string Generator::key_of(const std::string& name) const {
  const auto* t = table(name);
  return t && !t->keys.empty() ? t->keys.front() : std::string();
}

}  // namespace sextant::ask
