#include "catalog/teaching.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/model_edits.h"

namespace sextant::catalog {
namespace {

std::string lower_first(std::string words) {
  if (words.size() > 1 && words[1] >= 'a' && words[1] <= 'z') {
    words[0] = text::lower_ascii(words.substr(0, 1))[0];
  }
  return words;
}

// A figure that is added up or averaged is asked for like a metric.
std::optional<std::string> figure_of(const ModelTable& table, const ModelColumn& column) {
  if (column.role != Role::measure) return std::nullopt;
  const std::string name =
      text::quote_identifier(table.name) + "." + text::quote_identifier(column.name);
  switch (column.default_aggregation) {
    case Aggregation::sum:
    case Aggregation::none:
      return "sum(" + name + ")";
    case Aggregation::avg:
      return "avg(" + name + ")";
    case Aggregation::min:
      return "min(" + name + ")";
    case Aggregation::max:
      return "max(" + name + ")";
    case Aggregation::count:
      return "count(" + name + ")";
    case Aggregation::count_distinct:
      return "count(DISTINCT " + name + ")";
  }
  return std::nullopt;
}

// Nothing else is called so any more.
void forget(SemanticModel& model, const std::string& phrase) {
  const auto same = [&](const std::string& name) { return same_name(name, phrase); };
  std::erase_if(model.metrics, [&](const Metric& metric) { return same(metric.name); });
  for (Metric& metric : model.metrics) std::erase_if(metric.synonyms, same);
  for (ModelTable& table : model.tables) {
    std::erase_if(table.synonyms, same);
    for (ModelColumn& column : table.columns) {
      std::erase_if(column.synonyms, same);
      std::erase_if(column.value_synonyms,
                    [&](const ValueSynonym& synonym) { return same(synonym.synonym); });
    }
  }
}

void teach_one(SemanticModel& model, const std::string& phrase, const Meaning& meaning) {
  if (meaning.metric) {
    const auto metric = std::ranges::find_if(
        model.metrics, [&](const Metric& m) { return same_name(m.name, *meaning.metric); });
    if (metric == model.metrics.end() || same_name(metric->name, phrase)) return;
    const std::string name = metric->name;
    forget(model, phrase);
    std::ranges::find(model.metrics, name, &Metric::name)->synonyms.push_back(phrase);
    return;
  }
  forget(model, phrase);
  const auto table = std::ranges::find(model.tables, *meaning.table, &ModelTable::name);
  if (!meaning.column) {
    table->synonyms.push_back(phrase);
    return;
  }
  const auto column = std::ranges::find(table->columns, *meaning.column, &ModelColumn::name);
  if (meaning.value) {
    column->value_synonyms.push_back({*meaning.value, phrase});
  } else if (const auto figure = figure_of(*table, *column)) {
    model.metrics.push_back(
        {text::snake_case(phrase, "figure"), *figure, table->name, column->unit, {}});
  } else {
    column->synonyms.push_back(phrase);
  }
}

}  // namespace

std::optional<std::string> meaning_words(const SemanticModel& model, const Meaning& meaning) {
  if (meaning.metric) {
    const auto metric = std::ranges::find_if(
        model.metrics, [&](const Metric& m) { return same_name(m.name, *meaning.metric); });
    if (metric == model.metrics.end()) return std::nullopt;
    std::string words = metric->name;
    std::ranges::replace(words, '_', ' ');
    return words;
  }
  if (!meaning.table) return std::nullopt;
  const ModelTable* table = find_table(model, *meaning.table);
  if (!table) return std::nullopt;
  if (!meaning.column) return lower_first(table->display_name);
  const ModelColumn* column = find_column(*table, *meaning.column);
  if (!column) return std::nullopt;
  const std::string words =
      lower_first(column->display_name) + " of " + lower_first(table->display_name);
  return meaning.value ? "“" + *meaning.value + "” (" + words + ")" : words;
}

std::vector<Teaching> teach(SemanticModel& model, const std::vector<Teaching>& taught) {
  std::vector<Teaching> used;
  for (const Teaching& teaching : taught) {
    if (teaching.kind != TeachingKind::term) continue;
    auto words = meaning_words(model, teaching.meaning);
    if (!words) continue;
    teach_one(model, teaching.phrase, teaching.meaning);
    used.push_back(teaching);
    used.back().words = std::move(*words);
  }
  return used;
}

bool mentions(std::string_view text, std::string_view phrase) {
  const std::string words = "_" + text::snake_case(text, "") + "_";
  const std::string wanted = "_" + text::snake_case(phrase, "_") + "_";
  return words.contains(wanted);
}

}  // namespace sextant::catalog
