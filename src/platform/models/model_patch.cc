#include "platform/models/model_patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.h"
#include "platform/models/synonyms.h"

namespace sextant::models {
namespace {

using catalog::find_column;
using catalog::find_table;
using catalog::Metric;
using catalog::ModelColumn;
using catalog::ModelEdits;
using catalog::ModelJoin;
using catalog::ModelTable;
using catalog::same_name;
using catalog::SemanticModel;

constexpr std::size_t kNameBytes = 100;
constexpr std::size_t kDescriptionBytes = 2'000;
constexpr std::size_t kUnitBytes = 20;
constexpr std::size_t kExpressionBytes = 4'000;
constexpr std::size_t kSynonyms = 30;
constexpr std::size_t kMetrics = 200;
constexpr std::size_t kJoins = 500;
const std::string kRoot = "schema_definition";

std::string at(const std::string& path, std::string_view list, std::size_t index) {
  return fmt::format("{}.{}[{}]", path, list, index);
}

std::string words(const ModelJoin& join) {
  return join.left.table + "." + join.left.column + " = " + join.right.table + "." +
         join.right.column;
}

class Patcher {
 public:
  Patcher(const SemanticModel& base, const SemanticModel& whole, ModelEdits edits)
      : base_(base), whole_(whole) {
    change_.edits = std::move(edits);
  }

  Change run(const SchemaPatch& patch) {
    if (patch.tables) {
      for (std::size_t i = 0; i < patch.tables->size(); ++i) {
        table((*patch.tables)[i], at(kRoot, "tables", i));
      }
    }
    if (patch.joins) joins(*patch.joins);
    if (patch.metrics) metrics(*patch.metrics);
    drop_empty();
    check_synonyms(patch, base_, whole_, change_);
    return std::move(change_);
  }

 private:
  void error(std::string path, std::string message) {
    change_.errors.push_back({std::move(path), std::move(message)});
  }

  // One member: the edit is set, or taken back where the wish is what the data say.
  template <class T>
  void put(const std::optional<T>& wish, std::optional<T>& edit, const T& base, const T& current,
           std::string_view member, std::vector<std::string>& changed) {
    if (!wish || *wish == current) return;
    if (*wish == base) {
      edit.reset();
    } else {
      edit = *wish;
    }
    changed.emplace_back(member);
  }

  void check_text(const std::optional<std::string>& text, const std::string& path, std::size_t most,
                  bool needed) {
    if (!text) return;
    if (needed && text::trim(*text).empty()) error(path, "must not be empty");
    if (text->size() > most) error(path, fmt::format("must be at most {} bytes", most));
  }

  void check_list(const std::optional<std::vector<std::string>>& list, const std::string& path) {
    if (!list) return;
    if (list->size() > kSynonyms) error(path, fmt::format("at most {} synonyms", kSynonyms));
    for (std::size_t i = 0; i < list->size(); ++i) {
      check_text((*list)[i], fmt::format("{}[{}]", path, i), kNameBytes, true);
    }
  }

  void table(const TablePatch& wish, const std::string& path) {
    const ModelTable* base = find_table(base_, wish.name);
    const ModelTable* current = find_table(whole_, wish.name);
    if (!base || !current) {
      error(path + ".name", "this model has no table " + wish.name);
      return;
    }
    check_text(wish.display_name, path + ".display_name", kNameBytes, true);
    check_text(wish.description, path + ".description", kDescriptionBytes, false);
    check_list(wish.synonyms, path + ".synonyms");
    if (wish.time_column && !wish.time_column->empty()) {
      const ModelColumn* column = find_column(*base, *wish.time_column);
      if (!column) {
        error(path + ".time_column",
              "the table " + wish.name + " has no column " + *wish.time_column);
      } else if (column->type != "DATE" && !column->type.starts_with("TIMESTAMP")) {
        error(path + ".time_column", *wish.time_column + " holds no dates but " + column->type);
      }
    }
    catalog::TableEdit& edit = edit_of(wish.name);
    std::vector<std::string> changed;
    put(wish.display_name, edit.display_name, base->display_name, current->display_name,
        "display name", changed);
    put(wish.description, edit.description, base->description.value_or(""),
        current->description.value_or(""), "description", changed);
    put(wish.time_column, edit.time_column, base->time_column.value_or(""),
        current->time_column.value_or(""), "time column", changed);
    put(wish.synonyms, edit.synonyms, base->synonyms, current->synonyms, "synonyms", changed);
    note(wish.name, changed);
    for (std::size_t i = 0; wish.columns && i < wish.columns->size(); ++i) {
      column(*base, *current, (*wish.columns)[i], at(path, "columns", i));
    }
  }

  void column(const ModelTable& base_table, const ModelTable& current_table,
              const ColumnPatch& wish, const std::string& path) {
    const ModelColumn* base = find_column(base_table, wish.name);
    const ModelColumn* current = find_column(current_table, wish.name);
    if (!base || !current) {
      error(path + ".name", "the table " + base_table.name + " has no column " + wish.name);
      return;
    }
    check_text(wish.display_name, path + ".display_name", kNameBytes, true);
    check_text(wish.description, path + ".description", kDescriptionBytes, false);
    check_text(wish.unit, path + ".unit", kUnitBytes, false);
    check_list(wish.synonyms, path + ".synonyms");
    check_role(wish, *base, path);
    catalog::ColumnEdit& edit = edit_of(base_table.name, wish.name);
    std::vector<std::string> changed;
    put(wish.display_name, edit.display_name, base->display_name, current->display_name,
        "display name", changed);
    put(wish.description, edit.description, base->description.value_or(""),
        current->description.value_or(""), "description", changed);
    put(wish.role, edit.role, base->role, current->role, "role", changed);
    put(wish.semantic_type, edit.semantic_type, base->semantic_type, current->semantic_type,
        "meaning", changed);
    // Beside a role that was chosen, the type that the data give is a choice, too.
    if (wish.semantic_type && edit.role) edit.semantic_type = wish.semantic_type;
    put(wish.unit, edit.unit, base->unit.value_or(""), current->unit.value_or(""), "unit", changed);
    put(wish.default_aggregation, edit.default_aggregation, base->default_aggregation,
        current->default_aggregation, "aggregation", changed);
    put(wish.synonyms, edit.synonyms, base->synonyms, current->synonyms, "synonyms", changed);
    note(base_table.name + "." + wish.name, changed);
  }

  // What the values can not be.
  void check_role(const ColumnPatch& wish, const ModelColumn& column, const std::string& path) {
    using catalog::Aggregation;
    const std::string& type = column.type;
    const bool number = type.find("INT") != std::string::npos || type.starts_with("DECIMAL") ||
                        type == "DOUBLE" || type == "FLOAT";
    const bool date = type == "DATE" || type.starts_with("TIMESTAMP");
    if (wish.role == catalog::Role::measure && !number) {
      error(path + ".role", column.name + " holds no numbers but " + type);
    }
    if (wish.role == catalog::Role::time && !date) {
      error(path + ".role", column.name + " holds no dates but " + type);
    }
    const bool adds = wish.default_aggregation == Aggregation::sum ||
                      wish.default_aggregation == Aggregation::avg;
    if (adds && !number) {
      error(path + ".default_aggregation", column.name + " holds no numbers but " + type);
    }
  }

  void note(const std::string& what, const std::vector<std::string>& changed) {
    if (!changed.empty()) change_.notes.push_back(what + ": " + text::join(changed, ", "));
  }

  catalog::TableEdit& edit_of(const std::string& table) {
    auto& edits = change_.edits.tables;
    auto it = std::ranges::find(edits, table, &catalog::TableEdit::table);
    if (it != edits.end()) return *it;
    edits.emplace_back().table = table;
    return edits.back();
  }

  catalog::ColumnEdit& edit_of(const std::string& table, const std::string& column) {
    auto& edits = change_.edits.columns;
    auto it = std::ranges::find_if(
        edits, [&](const auto& edit) { return edit.table == table && edit.column == column; });
    if (it != edits.end()) return *it;
    auto& made = edits.emplace_back();
    made.table = table;
    made.column = column;
    return made;
  }

  void drop_empty() {
    std::erase_if(change_.edits.tables, [](const catalog::TableEdit& e) {
      return !e.display_name && !e.description && !e.time_column && !e.synonyms;
    });
    std::erase_if(change_.edits.columns, [](const catalog::ColumnEdit& e) {
      return !e.display_name && !e.description && !e.semantic_type && !e.role && !e.unit &&
             !e.default_aggregation && !e.synonyms;
    });
  }

  bool own(const std::string& table) const { return find_table(base_, table) != nullptr; }

  void joins(const std::vector<JoinPatch>& wishes) {
    if (wishes.size() > kJoins) {
      error(kRoot + ".joins", fmt::format("at most {} joins", kJoins));
      return;
    }
    const auto as_join = [](const JoinPatch& wish) {
      ModelJoin join;
      join.left = wish.left;
      join.right = wish.right;
      return join;
    };
    for (const ModelJoin& join : whole_.joins) {
      if (!own(join.left.table) && !own(join.right.table)) continue;
      const bool kept = std::ranges::any_of(
          wishes, [&](const JoinPatch& wish) { return catalog::same_join(as_join(wish), join); });
      if (kept) continue;
      std::erase_if(change_.edits.added_joins,
                    [&](const ModelJoin& other) { return catalog::same_join(other, join); });
      change_.edits.removed_joins.push_back(join);
      change_.removed_joins.push_back(join);
      change_.notes.push_back("join removed: " + words(join));
    }
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      const ModelJoin join = as_join(wishes[i]);
      const std::string path = at(kRoot, "joins", i);
      const auto same = [&](const ModelJoin& other) { return catalog::same_join(other, join); };
      const auto again = [&](const JoinPatch& other) { return same(as_join(other)); };
      if (std::any_of(wishes.begin(), wishes.begin() + static_cast<std::ptrdiff_t>(i), again)) {
        error(path, "this join is there twice");
        continue;
      }
      if (std::ranges::any_of(whole_.joins, same)) continue;
      if (!own(join.left.table) && !own(join.right.table)) {
        error(path, "neither side is a table of this model");
        continue;
      }
      change_.joins.push_back({path, join});
      change_.notes.push_back("join added: " + words(join));
    }
  }

  void metrics(const std::vector<MetricPatch>& wishes) {
    if (wishes.size() > kMetrics) {
      error(kRoot + ".metrics", fmt::format("at most {} metrics", kMetrics));
      return;
    }
    for (const Metric& metric : whole_.metrics) {
      if (!own(metric.table)) continue;
      const bool kept = std::ranges::any_of(
          wishes, [&](const MetricPatch& wish) { return same_name(wish.name, metric.name); });
      if (!kept) remove(metric);
    }
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      metric(wishes[i], at(kRoot, "metrics", i), std::span(wishes).first(i));
    }
  }

  void remove(const Metric& metric) {
    auto& edits = change_.edits;
    std::erase_if(edits.metrics, [&](const Metric& m) { return same_name(m.name, metric.name); });
    // Also what is derived from the data only when a question is asked.
    edits.removed_metrics.push_back({metric.table, metric.name});
    change_.notes.push_back("metric removed: " + metric.name);
  }

  void metric(const MetricPatch& wish, const std::string& path,
              std::span<const MetricPatch> before) {
    check_text(wish.name, path + ".name", kNameBytes, true);
    check_text(wish.expression, path + ".expression", kExpressionBytes, true);
    check_text(wish.unit, path + ".unit", kUnitBytes, false);
    check_list(wish.synonyms, path + ".synonyms");
    if (std::ranges::any_of(
            before, [&](const MetricPatch& other) { return same_name(other.name, wish.name); })) {
      error(path + ".name", "there are two metrics called " + wish.name);
    }
    if (!own(wish.table)) {
      error(path + ".table", "this model has no table " + wish.table);
      return;
    }
    Metric wanted{wish.name, wish.expression, wish.table, wish.unit, {}};
    if (wanted.unit && wanted.unit->empty()) wanted.unit.reset();
    const auto known = std::ranges::find_if(
        whole_.metrics, [&](const Metric& m) { return same_name(m.name, wish.name); });
    const bool present = known != whole_.metrics.end();
    if (present && !own(known->table)) {
      error(path + ".name", "the table " + known->table + " has a metric called " + wish.name);
      return;
    }
    if (present) wanted.synonyms = known->synonyms;
    if (wish.synonyms) wanted.synonyms = *wish.synonyms;
    if (present && !wish.unit) wanted.unit = known->unit;
    if (present && known->expression == wanted.expression && known->table == wanted.table &&
        known->unit == wanted.unit && known->synonyms == wanted.synonyms &&
        known->name == wanted.name) {
      return;
    }
    change_.notes.push_back((present ? "metric changed: " : "metric added: ") + wish.name);
    change_.metrics.push_back({path, std::move(wanted)});
  }

  const SemanticModel& base_;
  const SemanticModel& whole_;
  Change change_;
};

}  // namespace

Change change_of(const SchemaPatch& patch, const SemanticModel& base, const SemanticModel& whole,
                 ModelEdits edits) {
  return Patcher(base, whole, std::move(edits)).run(patch);
}

}  // namespace sextant::models
