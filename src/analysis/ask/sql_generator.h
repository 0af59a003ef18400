#pragma once
// The state of writing one query; sql.cc puts the clauses together, sql_expressions.cc writes
// figures and groups, sql_filters.cc conditions. One value per reading.

#include <set>
#include <string>
#include <vector>

#include "analysis/ask/sql.h"
#include "base/text.h"

namespace sextant::ask {

// The error of a reading that names what the model does not have.
std::unexpected<Error> unknown_name(const std::string& what);

class Generator {
 public:
  Generator(const catalog::SemanticModel& model, const Reading& reading)
      : model_(model), reading_(reading) {}

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
    return unknown_name("the column " + table_name + "." + name);
  }

  // Makes the table part of FROM; notes when it multiplies rows of the main table.
  Result<> require(const std::string& name);
  Result<> join_tables();
  Result<> check_fan_out() const;
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
  std::string qualified(const std::string& table_name, const std::string& name) const {
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
  Result<std::string> order_by(const std::vector<std::string>& measures,
                               const std::vector<std::string>& dimensions) const;

  int depth_ = 0;  // of nested readings
  const catalog::SemanticModel& model_;
  const Reading& reading_;
  Sql sql_;
  std::string from_;
  std::vector<std::string> where_;
  std::set<std::string> joined_;
  std::set<std::string> names_;
  bool multiplied_ = false;
  bool for_dimensions_ = false;
  bool dimension_multiplies_ = false;
};

}  // namespace sextant::ask
