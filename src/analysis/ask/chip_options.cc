#include "analysis/ask/chip_options.h"

#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/words.h"
#include "base/json.h"
#include "catalog/model_edits.h"

namespace sextant::ask {

namespace {

using catalog::Role;
using catalog::SemanticType;

constexpr std::size_t kFigures = 4;
constexpr std::size_t kLabels = 6;
constexpr std::size_t kValues = 6;

template <class Part>
catalog::ChipOption option(std::string label, const Part& part) {
  return {upper_first(std::move(label)), json::to_value(part)};
}

bool is_label(const catalog::ModelColumn& column) {
  const SemanticType s = column.semantic_type;
  return column.distinct >= 2 && (s == SemanticType::category || s == SemanticType::country ||
                                  s == SemanticType::region || s == SemanticType::city);
}

// Whether each row of the one table has at most one of the other.
bool points_to(const catalog::SemanticModel& model, const std::string& from,
               const std::string& to) {
  const auto path = join_path(model, from, to);
  return path && std::ranges::none_of(*path, &JoinStep::multiplies);
}

}  // namespace

ChipOptions measure_options(const catalog::SemanticModel& model, const Measure& measure) {
  ChipOptions options;
  if (measure.arithmetic != Arithmetic::none) return options;
  using enum Aggregate;
  const bool figure = !measure.column.empty() && measure.aggregate != none &&
                      measure.aggregate != count && measure.aggregate != count_distinct;
  if (figure) {
    for (const Aggregate a : {sum, avg, median, min, max}) {
      if (a == measure.aggregate) continue;
      Measure other = measure;
      other.aggregate = a;
      options.push_back(option(measure_words(model, other), other));
    }
  }
  const std::size_t before = options.size();
  const auto add = [&](const Measure& other) {
    if (options.size() - before < kFigures) {
      options.push_back(option(measure_words(model, other), other));
    }
  };
  Measure plain = measure;
  plain.metric.clear();
  plain.column.clear();
  for (const auto& metric : model.metrics) {
    if (metric.table != measure.table || metric.name == measure.metric) continue;
    Measure other = plain;
    other.aggregate = none;
    other.metric = metric.name;
    add(std::move(other));
  }
  const auto* table = catalog::find_table(model, measure.table);
  if (!table) return options;
  for (const auto& column : table->columns) {
    if (column.role != Role::measure || column.name == measure.column) continue;
    Measure other = plain;
    other.column = column.name;
    other.aggregate = column.default_aggregation == catalog::Aggregation::avg ? avg : sum;
    add(std::move(other));
  }
  return options;
}

ChipOptions dimension_options(const catalog::SemanticModel& model, const Reading& reading,
                              const Dimension& dimension) {
  ChipOptions options;
  if (dimension.grain != Grain::none) {
    for (const Grain g : {Grain::day, Grain::week, Grain::month, Grain::quarter, Grain::year}) {
      if (g == dimension.grain) continue;
      Dimension other = dimension;
      other.grain = g;
      options.push_back(option("by " + std::string(json::enum_name(g)), other));
    }
    return options;
  }
  for (const auto& table : model.tables) {
    if (table.name != reading.table && !points_to(model, reading.table, table.name)) continue;
    for (const auto& column : table.columns) {
      const bool used = std::ranges::any_of(reading.dimensions, [&](const Dimension& d) {
        return d.table == table.name && d.column == column.name;
      });
      if (used || !is_label(column) || options.size() >= kLabels) continue;
      Dimension other = dimension;
      other.table = table.name;
      other.column = column.name;
      options.push_back(option("by " + column_words(model, table.name, column.name), other));
    }
  }
  return options;
}

ChipOptions filter_options(const catalog::SemanticModel& model, const Filter& filter) {
  ChipOptions options;
  if (filter.any_of.size() == 1) {
    const Condition& c = filter.any_of.front();
    const auto* table = catalog::find_table(model, c.table);
    const auto* column = table ? catalog::find_column(*table, c.column) : nullptr;
    const bool text =
        c.op == Operator::equal && c.values.size() == 1 && c.values[0].is_string() && column;
    for (std::size_t i = 0; text && i < column->examples.size() && i < kValues; ++i) {
      if (column->examples[i] == std::string_view(c.values[0].get_string())) continue;
      Filter other = filter;
      other.any_of.front().values = {boost::json::value(column->examples[i])};
      options.push_back({column->examples[i], json::to_value(other)});
    }
  }
  Filter opposite = filter;
  opposite.negated = !filter.negated;
  options.push_back(option(filter.negated ? "only these" : "all but these", opposite));
  options.push_back({"Leave this filter out", nullptr});
  return options;
}

ChipOptions order_options(const Order& order) {
  Order other = order;
  other.descending = !order.descending;
  return {option(other.descending ? "largest first" : "smallest first", other)};
}

ChipOptions limit_options(const Reading& reading) {
  ChipOptions options;
  for (const std::int64_t limit : {3, 5, 10, 20, 50}) {
    if (reading.limit != limit) options.push_back(option(std::to_string(limit) + " rows", limit));
  }
  if (reading.limit) options.push_back({"All rows", nullptr});
  return options;
}

}  // namespace sextant::ask
