#include "analysis/tuning/rewrite.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "analysis/ask/sql_tree.h"
#include "analysis/tuning/comparisons.h"
#include "base/text.h"

namespace sextant::tuning {
namespace {

namespace tree = ask::tree;

// What gives other results when its rows come in another order.
constexpr std::array<std::string_view, 16> kOrdered{
    "first",     "last",       "any_value",    "arbitrary",        "list",
    "array_agg", "string_agg", "group_concat", "listagg",          "arg_max",
    "arg_min",   "max_by",     "min_by",       "json_group_array", "json_group_object",
    "histogram"};

const json::Object* modifier(const json::Object& node, std::string_view type) {
  const auto* all = tree::array(node, "modifiers");
  if (!all) return nullptr;
  for (const auto& one : *all) {
    if (tree::is(one.as_object(), type)) return &one.as_object();
  }
  return nullptr;
}

bool is_query(const json::Object& node) {
  const auto type = tree::text(node, "type");
  return type == "SELECT_NODE" || type == "SET_OPERATION_NODE" || type == "RECURSIVE_CTE_NODE" ||
         type == "CTE_NODE";
}

// Whether a part of an expression says this; subqueries are apart.
template <class Says>
bool any_part(const json::Value& value, const Says& says) {
  if (const auto* array = value.if_array()) {
    return std::ranges::any_of(*array, [&](const auto& item) { return any_part(item, says); });
  }
  const auto* object = value.if_object();
  if (!object || is_query(*object)) return false;
  return says(*object) || std::ranges::any_of(*object, [&](const auto& member) {
           return any_part(member.value(), says);
         });
}

bool is_aggregate(const json::Object& node) {
  constexpr std::array<std::string_view, 9> kNames{"count",  "count_star", "sum",
                                                   "avg",    "min",        "max",
                                                   "median", "stddev",     "approx_count_distinct"};
  return std::ranges::find(kNames, tree::function(node)) != kNames.end() &&
         tree::text(node, "class") == "FUNCTION";
}

class Rules {
 public:
  Rules(const std::string& sql, const catalog::Catalog& catalog, const Keys& keys)
      : text_(sql), catalog_(catalog), keys_(keys) {}

  // `ordered`: whether the order of its rows can be seen from outside.
  void query(const json::Object& node, bool ordered) {
    const auto* ctes = tree::object(node, "cte_map");
    const auto* map = ctes ? tree::array(*ctes, "map") : nullptr;
    if (map) {
      for (const auto& entry : *map) {
        const auto& one = entry.as_object();
        others_[text::lower_ascii(one.at("key").as_string())] = handed_on(one);
      }
    }
    if (tree::is(node, "SELECT_NODE")) {
      select(node, ordered);
    } else if (tree::is(node, "SET_OPERATION_NODE")) {
      const bool rows_stay = ordered && !modifier(node, "ORDER_MODIFIER");
      for (const char* side : {"left", "right"}) {
        if (const auto* part = tree::object(node, side)) query(*part, rows_stay);
      }
    } else {
      return;  // the parts of a recursion feed each other
    }
    if (!map) return;
    // Later ones may read earlier ones.
    for (auto entry = map->rbegin(); entry != map->rend(); ++entry) {
      const auto* value = tree::object(entry->as_object(), "value");
      const auto* inner = value ? tree::object(*value, "query") : nullptr;
      const auto* body = inner ? tree::object(*inner, "node") : nullptr;
      const auto key = text::lower_ascii(entry->as_object().at("key").as_string());
      if (body) query(*body, ordered_names_.contains(key));
    }
  }

  std::vector<Rewriting> take() { return std::move(out_); }

 private:
  // What a common table expression gives; one with WITH of its own is not looked into.
  std::optional<HandedOn> handed_on(const json::Object& entry) const {
    const auto* value = tree::object(entry, "value");
    const auto* inner = value ? tree::object(*value, "query") : nullptr;
    const auto* body = inner ? tree::object(*inner, "node") : nullptr;
    const auto* ctes = body ? tree::object(*body, "cte_map") : nullptr;
    if (!body || !tree::is(*body, "SELECT_NODE") || value->contains("aliases") ||
        (ctes && ctes->contains("map"))) {
      return std::nullopt;
    }
    return Scope(*body, catalog_, others_).handed_on(*body);
  }

  void add(std::optional<Rewriting> one) {
    if (!one) return;
    const auto touches = [&](const Rewriting& other) {
      return one->edits.front().start < other.edits.back().end &&
             other.edits.front().start < one->edits.back().end;
    };
    if (std::ranges::none_of(out_, touches)) out_.push_back(std::move(*one));
  }

  static std::optional<Rewriting> without(const char* title, std::string why,
                                          const std::optional<Part>& part) {
    if (!part) return std::nullopt;
    return Rewriting{
        {title, std::move(why)},
        {{static_cast<std::int64_t>(part->start), static_cast<std::int64_t>(part->end), ""}}};
  }

  void select(const json::Object& node, bool ordered) {
    const Scope scope(node, catalog_, others_);
    const auto* order = modifier(node, "ORDER_MODIFIER");
    const bool limited =
        modifier(node, "LIMIT_MODIFIER") || modifier(node, "LIMIT_PERCENT_MODIFIER");
    const auto* distinct = modifier(node, "DISTINCT_MODIFIER");
    const bool distinct_on = distinct && distinct->contains("distinct_on_targets");
    if (order && !ordered && !limited && !distinct_on) unseen_order(*order);
    if (distinct && !distinct_on) needless_distinct(node, scope);

    const auto* groups = tree::array(node, "group_expressions");
    const bool grouped =
        (groups && !groups->empty()) || any_part(node.at("select_list"), is_aggregate);
    const auto picks_by_order = [](const json::Object& part) {
      return tree::text(part, "class") == "WINDOW" ||
             std::ranges::find(kOrdered, tree::function(part)) != kOrdered.end();
    };
    const bool picks = distinct_on || node.contains("sample") ||
                       std::ranges::any_of(node, [&](const auto& member) {
                         return any_part(member.value(), picks_by_order);
                       });
    for (const auto& item : node.at("select_list").as_array()) {
      const auto& one = item.as_object();
      if (tree::text(one, "alias").empty()) add(keeping_its_name(one, scope));
    }
    const bool shows = picks || (limited && !order) || (ordered && !order && !grouped);
    for (const auto& member : node) {
      if (member.key() == "cte_map") continue;
      if (member.key() == "from_table") {
        from(member.value(), scope, shows);
      } else {
        expressions(member.value(), scope);
      }
    }
  }

  void from(const json::Value& value, const Scope& scope, bool ordered) {
    const auto* node = value.if_object();
    if (!node) return;
    if (tree::is(*node, "JOIN")) {
      for (const char* side : {"left", "right"}) {
        if (const auto* part = node->if_contains(side)) from(*part, scope, ordered);
      }
      if (const auto* condition = node->if_contains("condition")) expressions(*condition, scope);
    } else if (tree::is(*node, "SUBQUERY")) {
      const auto* inner = tree::object(*node, "subquery");
      const auto* body = inner ? tree::object(*inner, "node") : nullptr;
      if (body) query(*body, ordered);
    } else if (tree::is(*node, "BASE_TABLE")) {
      if (ordered) ordered_names_.insert(text::lower_ascii(tree::text(*node, "table_name")));
    }
  }

  void expressions(const json::Value& value, const Scope& scope) {
    if (const auto* array = value.if_array()) {
      for (const auto& item : *array) expressions(item, scope);
      return;
    }
    const auto* node = value.if_object();
    if (!node) return;
    if (is_query(*node)) return;
    if (tree::text(*node, "class") == "SUBQUERY") {
      const auto* inner = tree::object(*node, "subquery");
      const auto* body = inner ? tree::object(*inner, "node") : nullptr;
      // Whether a row is there does not depend on the order.
      const auto kind = tree::text(*node, "subquery_type");
      if (body) query(*body, kind != "ANY" && kind != "EXISTS" && kind != "NOT_EXISTS");
      if (const auto* child = node->if_contains("child")) expressions(*child, scope);
      return;
    }
    add(simpler_condition(*node, scope, text_));
    add(needless_count_distinct(*node, scope));
    for (const auto& member : *node) expressions(member.value(), scope);
  }

  void unseen_order(const json::Object& order) {
    const auto at = first_position(order);
    add(without("Do not sort what is not seen in order",
                "The rows of this part go on into a step that does not depend on their order.",
                at ? text_.order_by_at(*at) : std::nullopt));
  }

  bool is_key(const StoredColumn& column) const {
    const auto known = keys_.find(column.table->name);
    return known != keys_.end() &&
           std::ranges::find(known->second, column.column->name) != known->second.end();
  }

  // count(DISTINCT key) of a table that nothing is joined to
  std::optional<Rewriting> needless_count_distinct(const json::Object& node,
                                                   const Scope& scope) const {
    if (tree::function(node) != "count" || !node.contains("distinct") ||
        tree::children(node) != 1 || !scope.only_table()) {
      return std::nullopt;
    }
    const auto* child = tree::child(node, 0);
    const auto column = scope.find(*child);
    const auto at = tree::position(*child);
    if (!column || !at || !is_key(*column)) return std::nullopt;
    return without("Count without looking for repeats",
                   fmt::format("{} is a key of {}: no value comes twice.", column->column->name,
                               column->table->name),
                   text_.distinct_before(*at, "("));
  }

  // The same of a whole item: its column is named after what was written.
  std::optional<Rewriting> keeping_its_name(const json::Object& item, const Scope& scope) const {
    auto out = needless_count_distinct(item, scope);
    if (!out) return std::nullopt;
    const auto at = *tree::position(*tree::child(item, 0));
    const auto end = text_.end_of_brackets(at);
    const auto name = text_.name_at(at);
    if (!end || !name || item.contains("filter")) return std::nullopt;
    const auto place = static_cast<std::int64_t>(*end);
    const std::string written = "count(DISTINCT " + text_.of(*name) + ")";
    out->edits.push_back({place, place, " AS " + text::quote_identifier(written)});
    return out;
  }

  void needless_distinct(const json::Object& node, const Scope& scope) {
    const auto* items = tree::array(node, "select_list");
    const auto at = items ? first_position(*items) : std::nullopt;
    if (!at) return;
    const auto* groups = tree::array(node, "group_expressions");
    if (groups && !groups->empty()) {
      const auto* sets = tree::array(node, "group_sets");
      const bool shown =
          sets && sets->size() == 1 && std::ranges::all_of(*groups, [&](const json::Value& group) {
            return is_shown(group.as_object(), *items);
          });
      if (!shown) return;
      add(without("Leave DISTINCT out", "Each group gives one row, so none comes twice.",
                  text_.distinct_before(*at, "SELECT")));
      return;
    }
    const auto* table = scope.only_table();
    if (!table) return;
    for (const auto& item : *items) {
      const auto& one = item.as_object();
      const bool all = tree::is(one, "STAR") && !one.contains("exclude_list") &&
                       !one.contains("replace_list") && !one.contains("expr") &&
                       !one.contains("columns") && keys_.contains(table->name) &&
                       !keys_.at(table->name).empty();
      const auto column = scope.find(one);
      if (!all && !(column && is_key(*column))) continue;
      add(without(
          "Leave DISTINCT out",
          fmt::format("{} is a key of {}, so no row comes twice.",
                      all ? keys_.at(table->name).front() : column->column->name, table->name),
          text_.distinct_before(*at, "SELECT")));
      return;
    }
  }

  // Whether a group is one of the items: by place, by name or by saying the same.
  static bool is_shown(const json::Object& group, const json::Array& items) {
    if (tree::is(group, "VALUE_CONSTANT")) return true;
    const auto* names = tree::array(group, "column_names");
    return std::ranges::any_of(items, [&](const json::Value& item) {
      const auto& one = item.as_object();
      const bool named = names && names->size() == 1 &&
                         text::lower_ascii(tree::text(one, "alias")) ==
                             text::lower_ascii(names->front().as_string());
      return named || tree::same(one, group);
    });
  }

  StatementText text_;
  const catalog::Catalog& catalog_;
  const Keys& keys_;
  OtherTables others_;                   // CTEs so far
  std::set<std::string> ordered_names_;  // read where the order can be seen
  std::vector<Rewriting> out_;
};

}  // namespace

std::vector<Rewriting> rewritings(const std::string& sql, const json::Value& tree,
                                  const catalog::Catalog& catalog, const Keys& keys) {
  const auto* node = tree::object(tree.as_object(), "node");
  if (!node) return {};
  Rules rules(sql, catalog, keys);
  rules.query(*node, true);
  return rules.take();
}

std::string rewritten(const std::string& sql, const std::vector<Rewriting>& changes) {
  std::vector<catalog::TextEdit> edits;
  for (const auto& change : changes) {
    edits.insert(edits.end(), change.edits.begin(), change.edits.end());
  }
  return catalog::apply(std::move(edits), sql);
}

}  // namespace sextant::tuning
