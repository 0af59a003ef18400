#include "analysis/ask/deeds.h"

namespace sextant::ask {

namespace {

// "2024-05-31", alone or with a time.
bool is_day(std::string_view value) {
  if (value.size() < 10 || value[4] != '-' || value[7] != '-') return false;
  for (const int digit : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (value[static_cast<std::size_t>(digit)] < '0' ||
        value[static_cast<std::size_t>(digit)] > '9')
      return false;
  }
  return true;
}

class Collector {
 public:
  explicit Collector(const Context& context) : context_(context) {}

  Deeds of(const Reading& reading) {
    add(reading);
    return std::move(deeds_);
  }

 private:
  void add(const Reading& reading) {
    name_table(reading.table);
    for (const Projection& column : reading.columns) {
      name_column(column.table, column.column);
      show(column.table, column.column);
    }
    for (const Measure& measure : reading.measures) add(measure);
    for (const Dimension& dimension : reading.dimensions) {
      name_column(dimension.table, dimension.column);
      show(dimension.table, dimension.column);
      deeds_.grains.insert(dimension.grain);
    }
    for (const Filter& filter : reading.filters) add(filter);
    for (const Absence& absence : reading.absences) {
      name_table(absence.table);
      deeds_.negates = deeds_.negates || !absence.negated;
      ++deeds_.conditions;
    }
    for (const Order& order : reading.order) {
      if (order.by == OrderBy::column) name_column(order.table, order.column);
    }
    for (const Having& having : reading.having) deeds_.numbers.insert(having.value);
    if (reading.limit) deeds_.numbers.insert(static_cast<double>(*reading.limit));
    if (reading.offset) deeds_.numbers.insert(static_cast<double>(*reading.offset + 1));
    deeds_.computed = deeds_.computed || !reading.computed.empty();
    deeds_.arithmetic = deeds_.arithmetic || deeds_.computed;  // "days between"
    for (const Computed& computed : reading.computed) name(computed.expression);
    deeds_.columns += static_cast<int>(reading.columns.size());
    deeds_.measures += static_cast<int>(reading.measures.size());
    deeds_.dimensions += static_cast<int>(reading.dimensions.size());
    deeds_.conditions += static_cast<int>(reading.having.size());
    deeds_.compares = deeds_.compares || !reading.having.empty();
    deeds_.ordered = deeds_.ordered || !reading.order.empty();
    deeds_.offset = deeds_.offset || reading.offset.value_or(0) > 0;
    deeds_.limited = deeds_.limited || reading.limit;
    deeds_.combines = deeds_.combines || reading.combine != Combine::none;
    deeds_.negates = deeds_.negates || reading.combine == Combine::except;
    for (const Reading& other : reading.others) add(other);
  }

  void add(const Measure& measure) {
    deeds_.aggregates.insert(measure.aggregate);
    deeds_.share = deeds_.share || measure.share;
    deeds_.arithmetic = deeds_.arithmetic || measure.arithmetic != Arithmetic::none;
    deeds_.running = deeds_.running || measure.window == Window::running_total;
    deeds_.change =
        deeds_.change || measure.window == Window::change || measure.window == Window::growth;
    deeds_.rank = deeds_.rank || measure.window == Window::rank;
    name_column(measure.table, measure.column);
    deeds_.numbers.insert(100 * measure.fraction);
    if (!measure.metric.empty()) {
      name(measure.metric);
      for (const MetricEntry& metric : context_.metrics()) {
        if (metric.model->name != measure.metric) continue;
        for (const auto& words : metric.names) add(words);
      }
    }
    for (const Filter& filter : measure.filters) add(filter);
    for (const Measure& operand : measure.operands) add(operand);
  }

  void add(const Filter& filter) {
    deeds_.negates = deeds_.negates || filter.negated;
    for (const Condition& condition : filter.any_of) {
      ++deeds_.conditions;
      name_column(condition.table, condition.column);
      if (!condition.label.empty()) ++deeds_.periods;
      add(tokenise(condition.label));
      for (const auto& value : condition.values) {
        if (value.is_string()) add(tokenise(value.get_string()));
        if (value.is_number()) deeds_.numbers.insert(value.to_number<double>());
        // "without discount"
        deeds_.negates = deeds_.negates || (condition.op == Operator::equal && value.is_number() &&
                                            value.to_number<double>() == 0);
        deeds_.dated = deeds_.dated || (value.is_string() && is_day(value.get_string()));
      }
      switch (condition.op) {
        case Operator::less:
        case Operator::less_or_equal:
        case Operator::greater:
        case Operator::greater_or_equal:
        case Operator::between:
          deeds_.compares = true;
          break;
        case Operator::contains:
        case Operator::starts_with:
        case Operator::ends_with:
          deeds_.searches = true;
          break;
        case Operator::not_equal:
        case Operator::is_null:
        case Operator::not_null:
          deeds_.negates = true;
          break;
        default:
          break;
      }
      for (const Reading& nested : condition.of) {
        deeds_.nested = true;
        add(nested);
      }
    }
  }

  void name_table(const std::string& table) {
    name(table);
    const int found = context_.find_table(table);
    if (found < 0) return;
    for (const auto& words : context_.tables()[static_cast<std::size_t>(found)].others) add(words);
  }

  void name_column(const std::string& table, const std::string& column) {
    if (column.empty()) return;
    name(column);
    const int found = context_.find_column(table, column);
    if (found < 0) return;
    for (const auto& words : context_.columns()[static_cast<std::size_t>(found)].others) add(words);
  }

  void show(const std::string& table, const std::string& column) {
    for (const auto& name : {table, column}) {
      for (const Token& word : name_tokens(name)) deeds_.shown.insert(word.stem);
    }
  }

  void name(const std::string& name) { add(name_tokens(name)); }
  void add(const std::vector<Token>& words) {
    for (const Token& word : words) deeds_.stems.insert(word.stem);
  }

  const Context& context_;
  Deeds deeds_;
};

}  // namespace

Deeds deeds_of(const Context& context, const Reading& reading) {
  return Collector(context).of(reading);
}

}  // namespace sextant::ask
