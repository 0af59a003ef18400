#pragma once
// The state of writing one query; sql.cc puts the clauses together, sql_parts.cc writes FROM where
// joins would repeat rows, sql_expressions.cc figures and groups, sql_filters.cc conditions. One
// value per reading.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "analysis/ask/joins.h"
#include "analysis/ask/sql.h"
#include "base/text.h"

namespace sextant::ask {

// The error of a reading that names what the model does not have.
std::unexpected<Error> unknown_name(const std::string& what);

class Generator {
 public:
  Generator(const catalog::SemanticModel& model, const Reading& reading);

  Result<Sql> generate();
  // The readings that this one is combined with, as sets.
  Result<Sql> combined();

 private:
  const catalog::ModelTable* table(const std::string& name) const {
    for (const auto& t : model_.tables) {
      if (t.name == name) return &t;
    }
    return nullptr;
  }
  Result<const catalog::ModelColumn*> column(const std::string& table_name,
                                             const std::string& name) const {
    const auto* t = table(table_name);
    if (!t) return unknown_name("the table " + table_name);
    for (const auto& c : t->columns) {
      if (c.name == name) return &c;
    }
    const auto made = computed_.find({table_name, name});
    if (made != computed_.end()) return &made->second.column;
    return unknown_name("the column " + table_name + "." + name);
  }

  // Makes the table part of FROM; notes when it multiplies rows of the main table.
  Result<> require(const std::string& name);
  // The table of a column, and those that a computed one is made of.
  Result<> require_column(const std::string& table_name, const std::string& name);
  // Tables that this SQL of the model's form names.
  Result<> require_named(const std::string& expression);
  std::optional<std::vector<JoinStep>> path_to(const std::string& name) const {
    return join_path(model_, reading_.table, name, reading_.joins);
  }
  // The values of one dimension as columns; sql_pivot.cc.
  Result<Sql> pivoted(std::size_t across);
  std::vector<std::string> row_figures(const Sql& rows) const;
  Result<std::string> row_order(const Sql& rows, std::size_t across) const;
  std::string first_of_groups(const Sql& rows, std::size_t across) const;
  Result<> join_tables();
  // Figures of columns, without arithmetic and windows, that the reading is made of.
  std::vector<const Measure*> leaves() const;
  // Why joins would repeat a figure's rows; nothing when they do not.
  Result<> check_fan_out() const;
  std::vector<std::string> figure_tables() const;
  // FROM as one query for each of these tables, over the same groups; sql_parts.cc.
  Result<> from_parts(const std::vector<std::string>& tables);
  Result<std::string> figure_of_part(const Measure& measure, SqlColumn& out) const;
  // FROM as distinct pairs of a row and its groups, where the joins of the groups repeat rows.
  Result<> from_distinct();
  // Conditions that a limit implies.
  void require_presence();
  Result<> where();
  Result<std::string> condition(const Condition& condition) const;
  // One condition, by EXISTS where its table lies on the "many" side.
  Result<std::string> placed_condition(const Condition& condition);
  Result<std::string> filter(const Filter& filter);
  // The figure with its operands, filters and window; sql_figures.cc.
  Result<std::string> figure(const Measure& measure, SqlColumn& out);
  Result<> require_measure(const Measure& measure);
  Result<std::string> windowed(const Measure& measure, const std::string& expression,
                               SqlColumn& out) const;
  Result<std::string> measure(const Measure& measure, SqlColumn& out) const;
  Result<std::string> dimension(const Dimension& dimension, SqlColumn& out) const;
  // The group as the SELECT sees it: computed, or a column of a subquery of FROM.
  Result<std::string> group(std::size_t index, SqlColumn& out) const;
  bool is_computed(const std::string& table_name, const std::string& name) const {
    return computed_.contains({table_name, name});
  }
  std::string qualified(const std::string& table_name, const std::string& name) const {
    const auto made = computed_.find({table_name, name});
    if (made != computed_.end()) return "(" + made->second.expression + ")";
    return text::quote_identifier(table_name) + "." + text::quote_identifier(name);
  }
  std::string unique(const std::string& name) {
    std::string candidate = name;
    for (int i = 2; !names_.insert(candidate).second; ++i)
      candidate = name + "_" + std::to_string(i);
    return candidate;
  }
  bool filters_by_exists(const std::string& name) const;
  std::string key_of(const std::string& name) const;
  bool is_time(const Dimension& dimension) const;
  Result<std::string> having(const std::vector<std::string>& measures) const;
  bool names_months(const Dimension& dimension) const;
  bool in_calendar(const Dimension& dimension) const;
  std::string calendar_order(std::size_t dimension, const std::string& name) const;
  Result<std::string> order_by(const std::vector<std::string>& measures,
                               const std::vector<std::string>& dimensions) const;

  struct Made {
    catalog::ModelColumn column;
    std::string expression;
  };
  int depth_ = 0;  // of nested readings
  const catalog::SemanticModel& model_;
  const Reading& reading_;
  std::map<std::pair<std::string, std::string>, Made> computed_;
  Sql sql_;
  std::string from_;
  std::vector<std::string> where_;
  std::set<std::string> joined_;
  std::set<std::string> names_;
  bool multiplied_ = false;
  bool for_dimensions_ = false;
  bool dimension_multiplies_ = false;
  bool part_ = false;                     // of a larger query, which puts the rows in order
  std::string groups_in_;                 // subquery of FROM that has the groups; "" for none
  std::vector<std::string> group_names_;  // there
  std::map<std::string, std::string> part_figures_;  // figure as JSON → its column in the parts
  std::set<std::string> taken_;                      // names that other parts gave to their figures
};

}  // namespace sextant::ask
