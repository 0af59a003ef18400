#include "platform/models/synonyms.h"

#include <fmt/format.h>

#include <algorithm>

namespace sextant::models {
namespace {

using catalog::find_column;
using catalog::find_table;
using catalog::Metric;
using catalog::ModelColumn;
using catalog::ModelTable;
using catalog::same_name;
using catalog::SemanticModel;

class Checker {
 public:
  Checker(const SemanticModel& base, const SemanticModel& whole, Change& change)
      : base_(base), whole_(whole), after_(whole), change_(change) {
    for (ModelTable& table : after_.tables) {
      if (const ModelTable* fresh = find_table(base, table.name)) table = *fresh;
    }
    catalog::apply(change.edits, after_);
    for (const auto& item : change.metrics) {
      std::erase_if(after_.metrics,
                    [&](const Metric& m) { return same_name(m.name, item.metric.name); });
      after_.metrics.push_back(item.metric);
    }
  }

  void tables(const std::vector<TablePatch>& wishes) {
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      const TablePatch& wish = wishes[i];
      const ModelTable* current = find_table(whole_, wish.name);
      if (!current || !find_table(base_, wish.name)) continue;
      const std::string path = fmt::format("schema_definition.tables[{}]", i);
      const ModelTable* table = find_table(after_, wish.name);
      if (wish.synonyms) {
        check_words(*wish.synonyms, &current->synonyms, path, table, nullptr, "");
      }
      for (std::size_t c = 0; wish.columns && c < wish.columns->size(); ++c) {
        const ColumnPatch& inner = (*wish.columns)[c];
        const ModelColumn* column = find_column(*table, inner.name);
        if (!column || !inner.synonyms) continue;
        check_words(*inner.synonyms, &find_column(*current, inner.name)->synonyms,
                    fmt::format("{}.columns[{}]", path, c), table, column, "");
      }
    }
  }

  void metrics(const std::vector<MetricPatch>& wishes) {
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      const MetricPatch& wish = wishes[i];
      if (!wish.synonyms) continue;
      const auto known = std::ranges::find_if(
          whole_.metrics, [&](const Metric& m) { return same_name(m.name, wish.name); });
      check_words(*wish.synonyms, known == whole_.metrics.end() ? nullptr : &known->synonyms,
                  fmt::format("schema_definition.metrics[{}]", i), nullptr, nullptr, wish.name);
    }
  }

 private:
  // Why this word can not be used for what `own_path` stands for; empty when it can.
  std::string taken(const std::string& word, const ModelTable* own_table,
                    const ModelColumn* own_column, const std::string& own_metric) const {
    for (const Metric& metric : after_.metrics) {
      if (metric.name == own_metric) continue;
      if (same_name(word, metric.name) || has(metric.synonyms, word)) {
        return "the metric " + metric.name + " is called so";
      }
    }
    for (const ModelTable& table : after_.tables) {
      if (!own_column && own_metric.empty() && &table != own_table &&
          (same_name(word, table.name) || same_name(word, table.display_name) ||
           has(table.synonyms, word))) {
        return "the table " + table.name + " is called so";
      }
      if (!own_column || &table != own_table) continue;
      for (const ModelColumn& column : table.columns) {
        if (&column == own_column) continue;
        if (same_name(word, column.name) || same_name(word, column.display_name) ||
            has(column.synonyms, word)) {
          return "the column " + column.name + " is called so";
        }
      }
    }
    return "";
  }

  static bool has(const std::vector<std::string>& list, const std::string& word) {
    return std::ranges::any_of(list,
                               [&](const std::string& other) { return same_name(other, word); });
  }

  void check_words(const std::vector<std::string>& list, const std::vector<std::string>* current,
                   const std::string& path, const ModelTable* table, const ModelColumn* column,
                   const std::string& metric) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string where = fmt::format("{}.synonyms[{}]", path, i);
      const auto before = std::vector(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i));
      if (has(before, list[i]))
        change_.errors.push_back({where, "“" + list[i] + "” is there twice"});
      if (current && has(*current, list[i])) continue;  // was there before this change
      if (const auto why = taken(list[i], table, column, metric); !why.empty()) {
        change_.errors.push_back({where, "“" + list[i] + "” would mean two things: " + why});
      }
    }
  }

  const SemanticModel& base_;
  const SemanticModel& whole_;
  SemanticModel after_;  // as the model would be
  Change& change_;
};

}  // namespace

void check_synonyms(const SchemaPatch& patch, const SemanticModel& base, const SemanticModel& whole,
                    Change& change) {
  Checker checker(base, whole, change);
  if (patch.tables) checker.tables(*patch.tables);
  if (patch.metrics) checker.metrics(*patch.metrics);
}

}  // namespace sextant::models
