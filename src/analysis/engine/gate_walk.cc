#include "analysis/engine/gate_walk.h"

#include <fmt/format.h>

#include <unordered_set>

#include "analysis/engine/functions.h"
#include "analysis/engine/suggest.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

using Names = std::unordered_set<std::string>;

// Largest constant bound of range() and generate_series() as a table.
constexpr double kMaxSeries = 100e6;

const Names kNodeTypes{"SELECT_NODE",
                       "SET_OPERATION_NODE",
                       "RECURSIVE_CTE_NODE",
                       "CTE_NODE",
                       "JOIN",
                       "BASE_TABLE",
                       "TABLE_FUNCTION",
                       "SUBQUERY",
                       "EMPTY",
                       "EXPRESSION_LIST",
                       "PIVOT",
                       "SHOW_REF",
                       "ORDER_MODIFIER",
                       "LIMIT_MODIFIER",
                       "LIMIT_PERCENT_MODIFIER",
                       "ORDER_DEFAULT",
                       "ASCENDING",
                       "DESCENDING",
                       "DISTINCT_MODIFIER"};
const Names kExpressionClasses{"COLUMN_REF", "FUNCTION",  "COMPARISON", "CONJUNCTION",
                               "CONSTANT",   "STAR",      "CAST",       "CASE",
                               "OPERATOR",   "SUBQUERY",  "WINDOW",     "LAMBDA",
                               "PARAMETER",  "BETWEEN",   "COLLATE",    "POSITIONAL_REFERENCE",
                               "TYPE",       "LAMBDA_REF"};
const Names kDeniedTypes{"variant", "geometry"};

std::string_view text_of(const json::Object& object, const char* key) {
  const auto* v = object.if_contains(key);
  return v && v->is_string() ? std::string_view(v->get_string()) : std::string_view();
}

json::Object position_of(const json::Object& node) {
  // The greatest number stands for "unknown".
  const auto* v = node.if_contains("query_location");
  if (v && v->is_int64()) return {{"position", v->get_int64()}};
  return {};
}

std::unexpected<Error> refuse(const json::Object& node, std::string message, std::string hint) {
  return fail(ErrorCode::invalid_sql, std::move(message), std::move(hint), position_of(node));
}

class Walk {
 public:
  Walk(const catalog::Catalog& catalog, const SavedQueries& saved) : saved_(saved) {
    for (const auto& source : catalog.sources) {
      for (const auto& table : source.tables) table_names_.push_back(table.name);
    }
  }

  Verdict take() { return std::move(verdict_); }

  // `scope` holds the names of the CTEs that can be seen here.
  Result<> visit(const json::Value& value, const Names& scope) {
    if (value.is_array()) {
      for (const auto& item : value.get_array()) TRY_VOID(visit(item, scope));
      return {};
    }
    if (!value.is_object()) return {};
    const auto& node = value.get_object();
    TRY_VOID(check_kind(node));
    const auto type = text_of(node, "type");
    if (type == "BASE_TABLE") TRY_VOID(check_table(node, scope));
    if (type == "SHOW_REF") TRY_VOID(check_show(node));
    if (type == "TABLE_FUNCTION") return visit_table_function(node, scope);
    if (type == "RECURSIVE_CTE_NODE") return visit_recursive(node, scope);
    if (const auto* ctes = node.if_contains("cte_map")) {
      Names inner = scope;
      TRY_VOID(visit_ctes(*ctes, inner));
      return visit_members(node, inner);
    }
    return visit_members(node, scope);
  }

 private:
  Result<> visit_members(const json::Object& node, const Names& scope) {
    for (const auto& member : node) {
      // A constant's value is data, whatever it looks like; its type is looked at.
      if (member.key() == "cte_map") continue;
      if (member.key() == "value" && node.contains("is_null")) continue;
      TRY_VOID(visit(member.value(), scope));
    }
    return {};
  }

  Result<> visit_ctes(const json::Value& map, Names& scope) {
    const auto* entries = map.is_object() ? map.get_object().if_contains("map") : nullptr;
    if (!entries) return {};
    for (const auto& entry : entries->as_array()) {
      const auto& object = entry.as_object();
      TRY_VOID(visit(object.at("value"), scope));
      scope.insert(text::lower_ascii(text_of(object, "key")));
    }
    return {};
  }

  Result<> visit_recursive(const json::Object& node, const Names& outer) {
    Names scope = outer;
    if (const auto* ctes = node.if_contains("cte_map")) TRY_VOID(visit_ctes(*ctes, scope));
    Names with_itself = scope;
    with_itself.insert(text::lower_ascii(text_of(node, "cte_name")));
    for (const auto& member : node) {
      if (member.key() == "cte_map") continue;
      TRY_VOID(visit(member.value(), member.key() == "right" ? with_itself : scope));
    }
    return {};
  }

  Result<> visit_table_function(const json::Object& node, const Names& scope) {
    const auto* function = node.if_contains("function");
    if (!function || !function->is_object()) {
      return refuse(node, "This table function is not allowed.", "");
    }
    const auto& call = function->get_object();
    const auto name = text_of(call, "function_name");
    if (!is_allowed_table_function(name)) {
      return refuse(call, fmt::format("The table function {}() is not allowed.", name),
                    "Queries read the tables of this workspace only; upload a file to add one.");
    }
    if (const auto* arguments = call.if_contains("children")) {
      for (const auto& argument : arguments->as_array()) TRY_VOID(check_bound(argument));
    }
    for (const auto& member : node) {
      if (member.key() != "function") TRY_VOID(visit(member.value(), scope));
    }
    return visit_members(call, scope);
  }

  Result<> check_bound(const json::Value& argument) {
    const auto* constant =
        argument.is_object() ? argument.get_object().if_contains("value") : nullptr;
    const auto* value =
        constant && constant->is_object() ? constant->get_object().if_contains("value") : nullptr;
    if (value && value->is_number() && std::abs(value->to_number<double>()) > kMaxSeries) {
      return refuse(
          argument.get_object(),
          fmt::format("A series may have at most {:.0f} million values.", kMaxSeries / 1e6),
          "Use a smaller range.");
    }
    return {};
  }

  // Everything must be of a kind that is known here.
  Result<> check_kind(const json::Object& node) {
    const auto expression = text_of(node, "class");
    const auto type = text_of(node, "type");
    if (!expression.empty()) {
      if (!kExpressionClasses.contains(std::string(expression))) {
        return refuse(node, fmt::format("Expressions of the kind {} are not allowed.", expression),
                      "");
      }
      if (expression == "FUNCTION" || expression == "WINDOW") TRY_VOID(check_function(node));
      if (expression == "COLUMN_REF") note_volatile_name(node);
    } else if (!type.empty() && !kNodeTypes.contains(std::string(type)) &&
               !type.ends_with("_TYPE_INFO")) {
      return refuse(node, fmt::format("{} is not allowed in a query.", type), "");
    }
    for (const char* key : {"id", "name", "alias"}) {
      if (key != std::string_view("id") && !type.ends_with("_TYPE_INFO")) continue;
      const std::string name = text::lower_ascii(text_of(node, key));
      if (kDeniedTypes.contains(name)) {
        return refuse(node, fmt::format("The type {} is not supported.", name),
                      "Cast to VARCHAR, a number, a date or a STRUCT.");
      }
    }
    return {};
  }

  Result<> check_function(const json::Object& node) {
    const auto name = text_of(node, "function_name");
    if (!is_allowed_function(name)) {
      std::string hint =
          "Functions that compute from values are allowed; those that reach files, "
          "settings or the system are not.";
      if (const auto similar = similar_function(name))
        hint = fmt::format("Did you mean {}()?", *similar);
      return refuse(node, fmt::format("The function {}() is not known or not allowed.", name),
                    hint);
    }
    if (is_volatile_function(name)) verdict_.repeatable = false;
    return {};
  }

  void note_volatile_name(const json::Object& node) {
    const auto* names = node.if_contains("column_names");
    if (!names || !names->is_array() || names->get_array().size() != 1) return;
    const auto& name = names->get_array().front();
    if (name.is_string() && is_volatile_function(name.get_string())) verdict_.repeatable = false;
  }

  Result<> check_show(const json::Object& node) {
    if (node.contains("query")) return {};  // DESCRIBE and SUMMARIZE: the query is walked
    const auto what = text_of(node, "table_name");
    if (what == "\"tables\"") return {};
    return refuse(node, "This SHOW is not allowed.", "SHOW TABLES, DESCRIBE and SUMMARIZE are.");
  }

  Result<> check_table(const json::Object& node, const Names& scope) {
    const auto name = text_of(node, "table_name");
    const auto schema = text_of(node, "schema_name");
    const std::string lower = text::lower_ascii(name);
    if (node.contains("at_clause")) {
      return refuse(node, "AT (…) is not supported.", "Queries read the current version.");
    }
    if (text_of(node, "catalog_name").empty() && text::lower_ascii(schema) == "saved") {
      return check_saved(node, lower);
    }
    if (!text_of(node, "catalog_name").empty() ||
        (!schema.empty() && text::lower_ascii(schema) != "main")) {
      return refuse(node, fmt::format("{}.{} is not a table of this workspace.", schema, name),
                    "Name tables without a schema; SHOW TABLES lists them.");
    }
    if (schema.empty() && scope.contains(lower)) return {};
    for (const auto& known : table_names_) {
      if (text::lower_ascii(known) != lower) continue;
      add_once(verdict_.tables, known);
      if (schema.empty()) note_use(node, known, false);
      return {};
    }
    std::string hint = "SHOW TABLES lists the tables of this workspace.";
    if (const auto similar = closest(name, table_names_)) {
      hint = fmt::format("Did you mean `{}`?", *similar);
    }
    return refuse(node, fmt::format("There is no table `{}` in this workspace.", name), hint);
  }

  Result<> check_saved(const json::Object& node, const std::string& name) {
    if (saved_.contains(name)) {
      add_once(verdict_.saved, name);
      note_use(node, name, true);
      return {};
    }
    std::vector<std::string> names;
    for (const auto& [known, sql] : saved_) names.push_back(known);
    const auto similar = closest(name, names);
    return refuse(node, fmt::format("There is no saved query `{}`.", name),
                  similar ? fmt::format("Did you mean saved.{}?", *similar)
                          : "The list of saved queries shows by which name each is read.");
  }

  void note_use(const json::Object& node, const std::string& name, bool saved) {
    const auto position = position_of(node);
    const auto* at = position.if_contains("position");
    if (!at) return;
    verdict_.uses.push_back(
        {static_cast<std::size_t>(at->get_int64()), name, saved, !text_of(node, "alias").empty()});
  }

  static void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }

  const SavedQueries& saved_;
  std::vector<std::string> table_names_;
  Verdict verdict_;
};

}  // namespace

Result<Verdict> judge(const json::Value& statement, const catalog::Catalog& catalog,
                      const SavedQueries& saved) {
  Walk walk(catalog, saved);
  TRY_VOID(walk.visit(statement, {}));
  return walk.take();
}

}  // namespace sextant::engine
