#include <algorithm>

#include "analysis/ask/joins.h"
#include "analysis/ask/sql_generator.h"
#include "base/json.h"

namespace sextant::ask {

using text::quote_identifier;

namespace {

std::string literal(const json::Value& value, bool date) {
  if (value.is_string()) {
    const std::string text(value.get_string());
    return (date ? "DATE " : "") + text::quote_literal(text);
  }
  return json::dump(value);
}

}  // namespace

Result<std::string> Generator::condition(const Condition& c) const {
  TRY(const auto* model_column, column(c.table, c.column));
  const std::string name = qualified(c.table, c.column);
  const bool date = model_column->type == "DATE" || model_column->type.starts_with("TIMESTAMP");
  const bool boolean = model_column->type == "BOOLEAN";
  const auto value = [&](std::size_t i) -> std::string {
    if (boolean && c.values[i].is_number()) {
      return c.values[i].to_number<double>() != 0 ? "TRUE" : "FALSE";
    }
    return literal(c.values[i], date);
  };
  using enum Operator;
  if (c.op == is_null) return name + " IS NULL";
  if (c.op == not_null) return name + " IS NOT NULL";
  if (!c.of.empty()) {
    const Reading& of = c.of.front();
    if (c.of.size() > 1 || depth_ > 3) return unknown_name("more than one nested reading");
    Generator inner(model_, of);
    inner.depth_ = depth_ + 1;
    TRY(const Sql nested, inner.generate());
    static constexpr const char* kSigns[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    if (c.op == in) {
      return name + " IN (SELECT " + quote_identifier(nested.columns[0].name) + " FROM (" +
             nested.text + "))";
    }
    const auto sign = static_cast<std::size_t>(c.op);
    if (sign >= std::size(kSigns)) return unknown_name("a comparison that can not be made");
    return name + kSigns[sign] + "(" + nested.text + ")";
  }
  if (c.values.empty() || (c.op == between && c.values.size() < 2)) {
    return fail(ErrorCode::invalid_fields, "The condition on " + c.column + " has too few values.");
  }
  for (const auto& v : c.values) {
    if (!v.is_string() && !v.is_number() && !v.is_bool()) {
      return fail(ErrorCode::invalid_fields,
                  "A condition on " + c.column + " needs texts or numbers.");
    }
  }
  const std::string text_of = model_column->type == "VARCHAR" ? name : name + "::VARCHAR";
  switch (c.op) {
    case equal:
      return name + " = " + value(0);
    case not_equal:
      return name + " IS DISTINCT FROM " + value(0);
    case less:
      return name + " < " + value(0);
    case less_or_equal:
      return name + " <= " + value(0);
    case greater:
      return name + " > " + value(0);
    case greater_or_equal:
      return name + " >= " + value(0);
    case contains:
      return "contains(lower(" + text_of + "), lower(" + value(0) + "))";
    case starts_with:
      return "starts_with(lower(" + text_of + "), lower(" + value(0) + "))";
    case ends_with:
      return "suffix(lower(" + text_of + "), lower(" + value(0) + "))";
    case between:
      return name + " >= " + value(0) + " AND " + name + (date ? " < " : " <= ") + value(1);
    default:
      return std::string("TRUE");
  }
}

bool Generator::filters_by_exists(const std::string& name) const {
  if (name == reading_.table || joined_.contains(name)) return false;
  const auto path = path_to(name);
  if (!path) return false;
  return std::ranges::any_of(*path, &JoinStep::multiplies);
}

Result<std::string> Generator::placed_condition(const Condition& c) {
  TRY(const std::string one, condition(c));
  if (!filters_by_exists(c.table)) {
    TRY_VOID(require_column(c.table, c.column));
    return one;
  }
  const auto made = computed_.find({c.table, c.column});
  for (const auto& t : model_.tables) {
    if (made == computed_.end() || t.name == c.table) continue;
    if (made->second.expression.find(quote_identifier(t.name) + ".") == std::string::npos) continue;
    return fail(ErrorCode::invalid_fields,
                c.column + " is made of columns of " + t.name + ", which a condition on rows of " +
                    c.table + " does not reach from " + reading_.table + ".",
                "Use columns of " + c.table + " alone, or figures of " + c.table + ".");
  }
  const auto path = *path_to(c.table);
  std::string inner = "EXISTS (SELECT 1 FROM " + quote_identifier(path[0].to.table);
  for (std::size_t i = 1; i < path.size(); ++i) {
    inner += " JOIN " + quote_identifier(path[i].to.table) + " ON " +
             qualified(path[i].from.table, path[i].from.column) + " = " +
             qualified(path[i].to.table, path[i].to.column);
  }
  sql_.joins.push_back(c.table + ": rows that have a partner there, each counted once");
  sql_.tables.push_back(c.table);
  return inner + " WHERE " + qualified(path[0].to.table, path[0].to.column) + " = " +
         qualified(path[0].from.table, path[0].from.column) + " AND " + one + ")";
}

Result<std::string> Generator::filter(const Filter& filter) {
  std::string any;
  for (const Condition& c : filter.any_of) {
    TRY(const std::string one, placed_condition(c));
    if (!any.empty()) any += " OR ";
    any += filter.any_of.size() > 1 && c.op == Operator::between ? "(" + one + ")" : one;
  }
  if (any.empty()) return std::string("TRUE");
  if (filter.negated) return "(" + any + ") IS NOT TRUE";
  return filter.any_of.size() > 1 ? "(" + any + ")" : any;
}

Result<> Generator::where() {
  for (const Filter& f : reading_.filters) {
    if (f.any_of.empty()) continue;
    TRY(std::string one, filter(f));
    where_.push_back(std::move(one));
  }
  for (const Absence& absence : reading_.absences) {
    const auto path = path_to(absence.table);
    if (!path || path->empty()) {
      return fail(ErrorCode::invalid_fields,
                  "Nothing connects " + reading_.table + " with " + absence.table + ".");
    }
    std::string inner = "EXISTS (SELECT 1 FROM " + quote_identifier((*path)[0].to.table);
    for (std::size_t i = 1; i < path->size(); ++i) {
      inner += " JOIN " + quote_identifier((*path)[i].to.table) + " ON " +
               qualified((*path)[i].from.table, (*path)[i].from.column) + " = " +
               qualified((*path)[i].to.table, (*path)[i].to.column);
    }
    inner += " WHERE " + qualified((*path)[0].to.table, (*path)[0].to.column) + " = " +
             qualified((*path)[0].from.table, (*path)[0].from.column) + ")";
    where_.push_back((absence.negated ? "" : "NOT ") + inner);
    sql_.tables.push_back(absence.table);
  }
  return {};
}

}  // namespace sextant::ask
