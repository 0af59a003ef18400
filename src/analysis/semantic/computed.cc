#include "analysis/semantic/computed.h"

#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/sql.h"
#include "analysis/semantic/expressions.h"
#include "base/json.h"
#include "base/text.h"
#include "catalog/model_edits.h"

namespace sextant::semantic {
namespace {

constexpr std::size_t kLongestExpression = 2000;
constexpr std::size_t kLongestName = 80;

bool has_subquery(const json::Value& tree) {
  if (tree.is_array()) return std::ranges::any_of(tree.get_array(), has_subquery);
  const auto* object = tree.if_object();
  if (!object) return false;
  const auto* kind = object->if_contains("class");
  if (kind && kind->is_string() && kind->get_string() == "SUBQUERY") return true;
  return std::ranges::any_of(*object,
                             [](const auto& member) { return has_subquery(member.value()); });
}

Result<> check_name(const catalog::SemanticModel& model, const ask::Reading& reading,
                    const ask::Computed& one) {
  const auto* table = catalog::find_table(model, one.table);
  if (!table) return fail(ErrorCode::bad_request, "there is no table " + one.table);
  if (text::trim(one.name).empty() || one.name.size() > kLongestName) {
    return fail(ErrorCode::bad_request, "it needs a name of at most 80 letters");
  }
  if (catalog::find_column(*table, one.name)) {
    return fail(ErrorCode::bad_request,
                one.table + " has a column " + one.name + " already; take another name");
  }
  const auto same = [&](const ask::Computed& other) {
    return other.table == one.table && other.name == one.name;
  };
  if (std::ranges::count_if(reading.computed, same) > 1) {
    return fail(ErrorCode::bad_request, "two computed columns are called " + one.name);
  }
  if (text::trim(one.expression).empty()) {
    return fail(ErrorCode::bad_request, "it needs an expression, such as price * quantity");
  }
  if (one.expression.size() > kLongestExpression) {
    return fail(ErrorCode::bad_request, "the expression is longer than 2,000 letters");
  }
  return {};
}

// A value for each row may use the tables that the row points to: others have several rows for it.
Result<> check_reach(const catalog::SemanticModel& model, const ask::Reading& reading,
                     const ask::Computed& one) {
  for (const auto& table : model.tables) {
    if (table.name == one.table ||
        !one.expression.contains(text::quote_identifier(table.name) + ".")) {
      continue;
    }
    const auto path = ask::join_path(model, one.table, table.name, reading.joins);
    if (!path) {
      return fail(ErrorCode::bad_request, "nothing joins " + one.table + " with " + table.name);
    }
    if (std::ranges::any_of(*path, &ask::JoinStep::multiplies)) {
      return fail(ErrorCode::bad_request, "a row of " + one.table + " has several of " +
                                              table.name + ", so it has no one value from there");
    }
  }
  return {};
}

Result<> check_one(const catalog::SemanticModel& model, const ask::Reading& reading,
                   ask::Computed& one, engine::Engine& engine) {
  TRY_VOID(check_name(model, reading, one));
  TRY(one.expression, exact_expression(model, one.table, one.expression));
  TRY_VOID(check_reach(model, reading, one));
  // As a column and as a condition, where the engine takes no figures of many rows.
  ask::Reading probe;
  probe.table = one.table;
  probe.computed = {one};
  probe.joins = reading.joins;
  probe.columns = {{one.table, one.name, std::nullopt}};
  ask::Condition there;
  there.table = one.table;
  there.column = one.name;
  there.op = ask::Operator::not_null;
  probe.filters.push_back({{std::move(there)}, false});
  TRY(const auto sql, ask::to_sql(model, probe));
  TRY(const auto tree, engine.tree(sql.text));
  if (has_subquery(tree)) {
    return fail(ErrorCode::bad_request, "a query within it has no place in a computed column");
  }
  const auto checked = engine.check(sql.text);
  if (checked) {
    one.type = checked->columns.at(0).type;
    return {};
  }
  if (checked.error().message.contains("WHERE clause cannot contain")) {
    return fail(ErrorCode::bad_request,
                "it is worked out row by row; sums and other figures of many rows are measures");
  }
  return fail(checked.error());
}

Result<> check_all(const catalog::SemanticModel& model, ask::Reading& reading,
                   engine::Engine& engine, const std::string& path,
                   std::vector<json::FieldError>& errors) {
  for (std::size_t i = 0; i < reading.computed.size(); ++i) {
    const auto checked = check_one(model, reading, reading.computed[i], engine);
    if (checked) continue;
    if (checked.error().code == ErrorCode::cancelled ||
        checked.error().code == ErrorCode::timeout) {
      return fail(checked.error());
    }
    const Error& error = checked.error();
    errors.push_back({path + "computed[" + std::to_string(i) + "].expression",
                      error.message + (error.hint.empty() ? "" : " " + error.hint)});
  }
  for (std::size_t i = 0; i < reading.others.size(); ++i) {
    TRY_VOID(check_all(model, reading.others[i], engine,
                       path + "others[" + std::to_string(i) + "].", errors));
  }
  for (ask::Filter& filter : reading.filters) {
    for (ask::Condition& condition : filter.any_of) {
      for (ask::Reading& of : condition.of) {
        TRY_VOID(check_all(model, of, engine, path + "of.", errors));
      }
    }
  }
  return {};
}

}  // namespace

Result<> check_computed(const catalog::SemanticModel& model, ask::Reading& reading,
                        engine::Engine& engine) {
  std::vector<json::FieldError> errors;
  TRY_VOID(check_all(model, reading, engine, "", errors));
  if (!errors.empty()) return fail(json::field_errors(errors));
  return {};
}

Result<> exact_computed(const catalog::SemanticModel& model, ask::Reading& reading) {
  for (ask::Computed& one : reading.computed) {
    TRY(one.expression, exact_expression(model, one.table, one.expression));
  }
  return {};
}

}  // namespace sextant::semantic
