#include "analysis/ask/chips.h"

#include "analysis/ask/chip_options.h"
#include "analysis/ask/words.h"
#include "base/json.h"

namespace sextant::ask {

namespace {

constexpr std::size_t kOthers = 6;

catalog::Chip chip(std::string key, std::string kind, std::string label, std::string value,
                   const std::optional<Span>& span) {
  catalog::Chip c{std::move(key), std::move(kind), std::move(label), std::move(value)};
  if (span) {
    c.span_start = span->start;
    c.span_end = span->end;
  }
  return c;
}

std::vector<std::string> other_measures(const catalog::SemanticModel& model, const Measure& m) {
  std::vector<std::string> words;
  if (!m.metric.empty()) {
    for (const auto& metric : model.metrics) {
      if (metric.name != m.metric && words.size() < kOthers) words.push_back(spaced(metric.name));
    }
  } else if (!m.column.empty() && m.aggregate != Aggregate::count &&
             m.aggregate != Aggregate::count_distinct) {
    using enum Aggregate;
    for (const Aggregate a : {sum, avg, median, min, max}) {
      Measure other = m;
      other.aggregate = a;
      if (a != m.aggregate) words.push_back(measure_words(model, other));
    }
  }
  return words;
}

std::vector<std::string> other_grains(const Dimension& d) {
  std::vector<std::string> words;
  if (d.grain == Grain::none) return words;
  for (const Grain g : {Grain::day, Grain::week, Grain::month, Grain::quarter, Grain::year}) {
    if (g != d.grain) words.push_back("by " + std::string(json::enum_name(g)));
  }
  return words;
}

std::vector<std::string> other_periods(const Condition& c) {
  std::vector<std::string> words;
  for (const auto* period : {"this year", "last year", "last quarter", "last month"}) {
    if (c.label != period) words.emplace_back(period);
  }
  return words;
}

// Other values of the column, as many as the model keeps for an example.
std::vector<std::string> other_values(const catalog::SemanticModel& model, const Condition& c) {
  std::vector<std::string> words;
  if (c.op != Operator::equal || c.values.empty() || !c.values[0].is_string()) return words;
  for (const auto& table : model.tables) {
    for (const auto& column : table.columns) {
      if (table.name != c.table || column.name != c.column) continue;
      for (const auto& value : column.examples) {
        if (value != std::string_view(c.values[0].get_string()) && words.size() < kOthers) {
          words.push_back(value);
        }
      }
    }
  }
  return words;
}

// Only for a limit that was said as a number of rows: "the highest" is one.
std::vector<std::string> other_limits(const Reading& reading) {
  std::vector<std::string> words;
  if (!reading.limit || *reading.limit < 2 || reading.order.empty()) return words;
  for (const std::int64_t limit : {3, 5, 10, 20}) {
    if (limit == *reading.limit) continue;
    words.push_back((reading.order[0].descending ? "top " : "bottom ") + std::to_string(limit));
  }
  return words;
}

}  // namespace

catalog::ReadingView to_view(const catalog::SemanticModel& model, const Reading& reading) {
  catalog::ReadingView view;
  view.sentence = sentence(model, reading);
  view.logical = to_json(reading);
  const auto index = [](std::string_view kind, std::size_t i) {
    return std::string(kind) + ":" + std::to_string(i);
  };
  for (std::size_t i = 0; i < reading.measures.size(); ++i) {
    const Measure& m = reading.measures[i];
    const std::string words = measure_words(model, m);
    std::string meaning = words;
    for (const auto& metric : model.metrics) {
      if (metric.name == m.metric) meaning = metric.expression;
    }
    auto c = chip(index("measure", i), "measure", words, meaning, m.span);
    c.alternatives = other_measures(model, m);
    c.options = measure_options(model, m);
    view.chips.push_back(std::move(c));
  }
  if (reading.columns.size() > 4) {
    view.chips.push_back(
        chip("table", "table", spaced(reading.table), "all columns", std::nullopt));
  } else {
    for (std::size_t i = 0; i < reading.columns.size(); ++i) {
      const Projection& p = reading.columns[i];
      view.chips.push_back(chip(index("column", i), "dimension",
                                column_words(model, p.table, p.column), spaced(p.table), p.span));
    }
  }
  for (std::size_t i = 0; i < reading.dimensions.size(); ++i) {
    const Dimension& d = reading.dimensions[i];
    auto c = chip(index("dimension", i), "dimension", "by " + dimension_words(model, d),
                  spaced(d.table) + "." + d.column, d.span);
    c.alternatives = other_grains(d);
    c.options = dimension_options(model, reading, d);
    view.chips.push_back(std::move(c));
  }
  for (std::size_t i = 0; i < reading.filters.size(); ++i) {
    const Filter& f = reading.filters[i];
    if (f.any_of.empty()) continue;
    const Condition& c = f.any_of.front();
    const bool period = !c.label.empty();
    auto made = chip(index("filter", i), period ? "time" : "filter",
                     period ? c.label : column_words(model, c.table, c.column),
                     filter_words(model, f), c.span);
    made.alternatives = period ? other_periods(c) : other_values(model, c);
    made.options = filter_options(model, f);
    view.chips.push_back(std::move(made));
  }
  for (std::size_t i = 0; i < reading.having.size(); ++i) {
    const Having& h = reading.having[i];
    const std::string words = having_words(model, reading, h);
    if (!words.empty())
      view.chips.push_back(chip(index("having", i), "filter", words, words, h.span));
  }
  for (std::size_t i = 0; i < reading.absences.size(); ++i) {
    view.chips.push_back(
        chip(index("absence", i), "filter", "without " + spaced(reading.absences[i].table),
             spaced(reading.table) + " without " + spaced(reading.absences[i].table),
             reading.absences[i].span));
  }
  if (!reading.order.empty() || reading.limit) {
    const auto span = !reading.order.empty() ? reading.order[0].span : reading.limit_span;
    auto c = chip(reading.limit ? "limit" : "order", reading.limit ? "limit" : "order",
                  order_words(reading), order_words(reading), span);
    c.alternatives = other_limits(reading);
    c.options = reading.limit ? limit_options(reading) : order_options(reading.order[0]);
    view.chips.push_back(std::move(c));
  }
  return view;
}

}  // namespace sextant::ask
