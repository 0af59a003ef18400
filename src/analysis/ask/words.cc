#include "analysis/ask/words.h"

#include <algorithm>

#include "analysis/ask/linking/tokens.h"
#include "analysis/ask/study/words.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

std::string value_words(const json::Value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::dump(value);
}

const catalog::ModelColumn* find(const catalog::SemanticModel& model, const std::string& table,
                                 const std::string& column) {
  for (const auto& t : model.tables) {
    if (t.name != table) continue;
    for (const auto& c : t.columns) {
      if (c.name == column) return &c;
    }
  }
  return nullptr;
}

}  // namespace

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string upper_first(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 32);
  return words;
}

std::string column_words(const catalog::SemanticModel& model, const std::string& table,
                         const std::string& column) {
  const auto* c = find(model, table, column);
  if (!c) return spaced(column);
  std::string words = spaced(c->display_name.empty() ? c->name : c->display_name);
  // Inside a sentence; names in capitals (ID, SKU) stay.
  if (words.size() > 1 && words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a' &&
      words[1] <= 'z') {
    words[0] = static_cast<char>(words[0] + 32);
  }
  return words;
}

std::string rows_called(const catalog::SemanticModel& model, const std::string& name) {
  const auto table = std::ranges::find(model.tables, name, &catalog::ModelTable::name);
  if (table == model.tables.end()) return spaced(name);
  const auto own = name_tokens(name);
  const auto within = [&own](const Token& word) {
    return std::ranges::find(own, word.stem, &Token::stem) != own.end();
  };
  if (!table->keys.empty()) {
    const auto words = name_tokens(table->keys.front());
    const bool tells = words.size() == 2 && (words[1].word == "id" || words[1].word == "number" ||
                                             words[1].word == "no" || words[1].word == "key");
    if (tells && words[0].word.size() > 2 && !within(words[0])) {
      const std::string& thing = words[0].word;
      if (thing.ends_with("s")) return thing;
      return thing.ends_with("y") ? thing.substr(0, thing.size() - 1) + "ies" : thing + "s";
    }
  }
  for (const auto& column : table->columns) {
    const auto words = name_tokens(column.name);
    const bool same = words.size() == own.size() && std::ranges::all_of(words, within);
    if (same && column.distinct < table->rows) return "rows";
  }
  return spaced(name);
}

namespace {

bool is_dated(const catalog::SemanticModel& model, const Measure& m) {
  for (const auto& table : model.tables) {
    if (table.name != m.table) continue;
    for (const auto& column : table.columns) {
      if (column.name == m.column)
        return column.type == "DATE" || column.type.starts_with("TIMESTAMP");
    }
  }
  return false;
}

// "share of orders where status is returned": the part of a figure for which something holds;
// empty for other figures.
std::string share_words(const catalog::SemanticModel& model, const Measure& m) {
  if (m.arithmetic != Arithmetic::percentage || m.operands.size() != 2) return "";
  const Measure& part = m.operands[0];
  const Measure& whole = m.operands[1];
  if (part.filters.empty() || !whole.filters.empty()) return "";
  Measure plain = part;
  plain.filters.clear();
  const std::string of = measure_words(model, whole);
  if (measure_words(model, plain) != of) return "";
  std::vector<std::string> conditions;
  for (const Filter& f : part.filters) {
    conditions.push_back(filter_words(model, f, Detail::brief));
  }
  constexpr std::string_view kCount = "number of ";
  return "share of " + (of.starts_with(kCount) ? of.substr(kCount.size()) : of) + " where " +
         text::join(conditions, ", ");
}

}  // namespace

std::string measure_words(const catalog::SemanticModel& model, const Measure& m) {
  if (m.window != Window::none) {
    Measure plain = m;
    plain.window = Window::none;
    static constexpr const char* kSeen[] = {"", "running total of ", "change of ", "growth of ",
                                            "rank by "};
    return kSeen[static_cast<std::size_t>(m.window)] + measure_words(model, plain);
  }
  if (const auto share = share_words(model, m); !share.empty()) return share;
  if (m.arithmetic != Arithmetic::none) {
    static constexpr const char* kBetween[] = {"",          " minus ", " per ",
                                               " in % of ", " plus ",  " times "};
    std::vector<std::string> parts;
    for (const Measure& operand : m.operands) {
      const bool each = m.arithmetic == Arithmetic::ratio && !parts.empty() &&
                        operand.aggregate == Aggregate::count_distinct;
      parts.push_back(each ? column_words(model, operand.table, operand.column)  // "per order ID"
                           : measure_words(model, operand));
    }
    return text::join(parts, kBetween[static_cast<std::size_t>(m.arithmetic)]);
  }
  if (!m.filters.empty()) {
    Measure plain = m;
    plain.filters.clear();
    std::string words = measure_words(model, plain);
    std::vector<std::string> parts;
    for (const Filter& f : m.filters) {
      const bool period = f.any_of.size() == 1 && !f.any_of[0].label.empty() && !f.negated;
      if (period) {
        words += " " + f.any_of[0].label;  // "revenue this year"
      } else {
        parts.push_back(filter_words(model, f, Detail::brief));
      }
    }
    return parts.empty() ? words : words + " where " + text::join(parts, ", ");
  }

  if (!m.metric.empty()) return spaced(m.metric);
  if (m.column.empty()) return "number of " + rows_called(model, m.table);
  std::string name = column_words(model, m.table, m.column);
  switch (m.aggregate) {
    case Aggregate::sum: {
      const bool said = name == "total" || name.starts_with("total ") || name.ends_with(" total") ||
                        name.find(" total ") != std::string::npos;
      return said ? name : "total " + name;  // of a column cost_total
    }
    case Aggregate::avg:
      return "average " + name;
    case Aggregate::min:
      return (is_dated(model, m) ? "earliest " : "lowest ") + name;
    case Aggregate::max:
      return (is_dated(model, m) ? "latest " : "highest ") + name;
    case Aggregate::median:
      return "median " + name;
    case Aggregate::percentile:
      return fmt::format("{:g}th percentile of ", 100 * m.fraction) + name;
    case Aggregate::stddev:
      return "standard deviation of " + name;
    case Aggregate::count:
      return "number of rows with " + name;
    case Aggregate::count_distinct:
      return "number of different values of " + name;
    case Aggregate::none:
      break;
  }
  return name;
}

std::string dimension_words(const catalog::SemanticModel& model, const Dimension& d) {
  if (d.grain == Grain::month_name) return "month of the year";
  if (d.grain != Grain::none) return std::string(json::enum_name(d.grain));
  return column_words(model, d.table, d.column);
}

std::string condition_words(const catalog::SemanticModel& model, const Condition& c,
                            Detail detail) {
  if (!c.label.empty() && detail == Detail::brief) return c.label;
  std::string name = column_words(model, c.table, c.column);
  std::vector<std::string> values;
  for (const auto& v : c.values) values.push_back(value_words(v));
  values.resize(std::max<std::size_t>(values.size(), 2));
  const auto* column = find(model, c.table, c.column);
  const bool date = column && (column->type == "DATE" || column->type.starts_with("TIMESTAMP"));
  if (!c.label.empty()) {
    if (c.op == Operator::between) {
      return name + " " + c.label + " (" + values[0] + " to before " + values[1] + ")";
    }
    return name + " " + c.label;
  }
  if (!c.of.empty()) {
    const Reading& of = c.of.front();
    if (c.op == Operator::in) return name + " among (" + sentence(model, of) + ")";
    static constexpr const char* kThan[] = {" is the ",           " is not the ",
                                            " is less than the ", " is at most the ",
                                            " is more than the ", " is at least the "};
    const auto op = static_cast<std::size_t>(c.op);
    return name + (op < std::size(kThan) ? kThan[op] : " is ") + sentence(model, of);
  }
  switch (c.op) {
    case Operator::in:
      return name;
    case Operator::starts_with:
      return name + " starts with " + values[0];
    case Operator::ends_with:
      return name + " ends with " + values[0];
    case Operator::equal:
      return name + " is " + values[0];
    case Operator::not_equal:
      return name + " is not " + values[0];
    case Operator::less:
      return name + (date ? " before " : " is less than ") + values[0];
    case Operator::less_or_equal:
      return name + " is at most " + values[0];
    case Operator::greater:
      return name + (date ? " after " : " is more than ") + values[0];
    case Operator::greater_or_equal:
      return name + (date ? " since " : " is at least ") + values[0];
    case Operator::between:
      return name + " from " + values[0] + (date ? " to before " : " to ") + values[1];
    case Operator::contains:
      return name + " contains " + values[0];
    case Operator::is_null:
      return name + " is missing";
    case Operator::not_null:
      return name + " is there";
  }
  return name;
}

std::string filter_words(const catalog::SemanticModel& model, const Filter& filter, Detail detail) {
  std::string words;
  for (const Condition& c : filter.any_of) {
    std::string one = condition_words(model, c, detail);
    std::string name = column_words(model, c.table, c.column) + " ";
    // "country is Germany or France"
    if (!words.empty() && c.op == Operator::equal && one.starts_with(name + "is ")) {
      one = one.substr(name.size() + 3);
    }
    words += (words.empty() ? "" : " or ") + one;
  }
  if (!filter.negated) return words;
  if (filter.any_of.size() == 1 && filter.any_of[0].op == Operator::equal &&
      filter.any_of[0].label.empty()) {
    const auto at = words.find(" is ");
    if (at != std::string::npos) return words.substr(0, at) + " is not " + words.substr(at + 4);
  }
  return "not (" + words + ")";
}

std::string all_filter_words(const catalog::SemanticModel& model, const Reading& reading) {
  std::vector<std::string> parts;
  for (const Filter& filter : reading.filters)
    parts.push_back(filter_words(model, filter, Detail::brief));
  for (const Absence& a : reading.absences) {
    parts.push_back((a.negated ? "with " : "without ") + spaced(a.table));
  }
  return text::join(parts, ", ");
}

std::string having_words(const catalog::SemanticModel& model, const Reading& reading,
                         const Having& having) {
  if (having.measure < 0 || static_cast<std::size_t>(having.measure) >= reading.measures.size())
    return "";
  static constexpr const char* kSigns[] = {"is",         "is not",       "is less than",
                                           "is at most", "is more than", "is at least"};
  return "where the " + measure_words(model, reading.measures[having.measure]) + " " +
         kSigns[std::min<std::size_t>(static_cast<std::size_t>(having.op), 5)] + " " +
         fmt::format("{:.15g}", having.value);
}

std::string order_words(const Reading& reading) {
  if (reading.order.empty()) return reading.limit ? "first " + std::to_string(*reading.limit) : "";
  const Order& order = reading.order[0];
  if (order.by == OrderBy::dimension && !reading.limit && order.index >= 0 &&
      static_cast<std::size_t>(order.index) < reading.dimensions.size()) {
    if (!order.span) return "";  // as a line goes anyway
    const Dimension& by = reading.dimensions[static_cast<std::size_t>(order.index)];
    return "ordered by " + spaced(by.column) + (order.descending ? ", descending" : "");
  }
  std::string words = order.descending ? "largest" : "smallest";
  if (!reading.limit) return words + " first";
  if (reading.offset && *reading.offset > 0) {
    words = "number " + std::to_string(*reading.offset + 1) + " by size, " + words + " first";
  }
  if (*reading.limit > 1) words += " " + std::to_string(*reading.limit);
  return words;
}

std::string sentence(const catalog::SemanticModel& model, const Reading& reading) {
  if (reading.intent == Intent::summary) return "summary of all tables";
  if (reading.intent == Intent::trends) return "main trends over time";
  if (reading.intent == Intent::study && reading.study) return study_sentence(model, reading);
  std::vector<std::string> what;
  for (const Measure& m : reading.measures) {
    if (!m.hidden) what.push_back(measure_words(model, m));
  }
  if (reading.columns.size() > 4) {
    what.push_back(rows_called(model, reading.table));
  } else {
    for (const Projection& p : reading.columns) {
      what.push_back(column_words(model, p.table, p.column));
    }
  }
  std::string words = text::join(what, " and ");
  std::vector<std::string> by;
  for (const Dimension& d : reading.dimensions) {
    if (!d.hidden) by.push_back(dimension_words(model, d));
  }
  if (!by.empty()) words += (words.empty() ? "" : " by ") + text::join(by, " and ");
  const std::string filters = all_filter_words(model, reading);
  if (!filters.empty()) words += ", " + filters;
  for (const Having& h : reading.having) {
    const std::string having = having_words(model, reading, h);
    if (!having.empty()) words += ", " + having;
  }
  const std::string order = order_words(reading);
  if (!order.empty()) words += ", " + order;
  for (const Reading& other : reading.others) {
    words += reading.combine == Combine::except      ? "; but not: "
             : reading.combine == Combine::intersect ? "; and also: "
                                                     : "; together with: ";
    words += sentence(model, other);
  }
  return words;
}

}  // namespace sextant::ask
