#include "analysis/engine/describe.h"

#include <fmt/format.h>

#include "analysis/engine/describe_expression.h"

namespace sextant::engine {
namespace {

const json::Object* object_in(const json::Object& node, std::string_view key) {
  const auto* v = node.if_contains(key);
  return v && v->is_object() ? &v->get_object() : nullptr;
}

const json::Array* array_in(const json::Object& node, std::string_view key) {
  const auto* v = node.if_contains(key);
  return v && v->is_array() ? &v->get_array() : nullptr;
}

class Describer {
 public:
  std::vector<std::string> take() { return std::move(out_); }

  void select(const json::Object& node, const std::string& before) {
    ctes(node);
    const auto type = text_member(node, "type");
    if (type == "SET_OPERATION_NODE") {
      set_operation(node, before);
    } else if (type == "SELECT_NODE") {
      plain(node, before);
    } else {
      say(before + "Repeats a part of itself until nothing new is found.");
    }
    modifiers(node);
  }

 private:
  void say(std::string sentence) { out_.push_back(std::move(sentence)); }

  void ctes(const json::Object& node) {
    const auto* map = object_in(node, "cte_map");
    const auto* entries = map ? array_in(*map, "map") : nullptr;
    if (!entries) return;
    for (const auto& entry : *entries) {
      const auto& object = entry.as_object();
      const auto* value = object_in(object, "value");
      const auto* query = value ? object_in(*value, "query") : nullptr;
      const auto* inner = query ? object_in(*query, "node") : nullptr;
      if (inner) select(*inner, fmt::format("For {}: ", text_member(object, "key")));
    }
  }

  void set_operation(const json::Object& node, const std::string& before) {
    const auto kind = text_member(node, "setop_type");
    const auto* all = node.if_contains("setop_all");
    const auto* left = object_in(node, "left");
    const auto* right = object_in(node, "right");
    if (left) select(*left, before);
    if (right) select(*right, "And: ");
    if (kind == "EXCEPT") {
      say("Gives the rows of the first that are not in the second.");
    } else if (kind == "INTERSECT") {
      say("Gives the rows that are in both.");
    } else {
      say(!all || *all == true ? "Gives the rows of both, one after the other."
                               : "Gives the rows of both, each different one once.");
    }
  }

  void plain(const json::Object& node, const std::string& before) {
    const auto* from = object_in(node, "from_table");
    const bool reads = from && text_member(*from, "type") != "EMPTY";
    if (reads) {
      say(fmt::format("{}Reads {}.", before, source(*from)));
    }
    if (const auto* where = node.if_contains("where_clause")) {
      say(fmt::format("Keeps the rows where {}.", expression_in_words(*where)));
    }
    columns(node, reads ? std::string() : before);
    if (const auto* having = node.if_contains("having")) {
      say(fmt::format("Keeps the groups where {}.", expression_in_words(*having)));
    }
    if (const auto* qualify = node.if_contains("qualify")) {
      say(fmt::format("Keeps what has {}.", expression_in_words(*qualify)));
    }
  }

  void columns(const json::Object& node, const std::string& before) {
    std::vector<std::string> shown, grouped, computed;
    const auto* list = array_in(node, "select_list");
    for (const auto& item : list ? *list : json::Array{}) {
      std::string words = expression_in_words(item);
      const auto alias = item.is_object() ? text_member(item.get_object(), "alias") : "";
      if (!alias.empty() && alias != words) words += fmt::format(" as {}", alias);
      (has_aggregate(item) ? computed : grouped).push_back(words);
      shown.push_back(std::move(words));
    }
    const auto* groups = array_in(node, "group_expressions");
    const bool by_all = text_member(node, "aggregate_handling") == "FORCE_AGGREGATES";
    if (groups && !groups->empty()) {
      grouped.clear();
      for (const auto& group : *groups) grouped.push_back(group_in_words(group, list));
    } else if (!by_all && computed.empty()) {
      say(fmt::format("{}Shows {}.", before, list_in_words(shown)));
      return;
    } else if (!by_all) {
      grouped.clear();
    }
    if (grouped.empty()) {
      say(fmt::format("{}Computes {} over all rows.", before, list_in_words(shown)));
    } else if (computed.empty()) {
      say(fmt::format("{}Gives each {} once.", before, list_in_words(grouped)));
    } else {
      say(fmt::format("{}For each {} computes {}.", before, list_in_words(grouped),
                      list_in_words(computed)));
    }
  }

  // GROUP BY 1 means the first column.
  static std::string group_in_words(const json::Value& group, const json::Array* list) {
    if (group.is_object() && text_member(group.get_object(), "class") == "CONSTANT" && list) {
      const auto* value = object_in(group.get_object(), "value");
      const auto* number = value ? value->if_contains("value") : nullptr;
      if (number && number->is_int64() && number->get_int64() >= 1 &&
          number->get_int64() <= std::ssize(*list)) {
        return expression_in_words((*list)[static_cast<std::size_t>(number->get_int64() - 1)]);
      }
    }
    return expression_in_words(group);
  }

  std::string source(const json::Object& from) {
    const auto type = text_member(from, "type");
    if (type == "BASE_TABLE") {
      const auto schema = text_member(from, "schema_name");
      const auto name = text_member(from, "table_name");
      return schema == "saved" ? fmt::format("the saved query {}", name) : std::string(name);
    }
    if (type == "JOIN") return join(from);
    if (type == "SUBQUERY") return "the result of a subquery";
    if (type == "TABLE_FUNCTION") {
      const auto* function = object_in(from, "function");
      return function ? fmt::format("{}()", text_member(*function, "function_name"))
                      : std::string("a function");
    }
    if (type == "EXPRESSION_LIST") return "values that are written out";
    if (type == "PIVOT") return "a pivoted table";
    if (type == "SHOW_REF") return "a description of a table";
    return "a table";
  }

  std::string join(const json::Object& from) {
    const auto* left = object_in(from, "left");
    const auto* right = object_in(from, "right");
    if (!left || !right) return "a join";
    std::string out = fmt::format("{} with {}", source(*left), source(*right));
    const auto* condition = from.if_contains("condition");
    if (const auto* columns = array_in(from, "using_columns"); columns && !columns->empty()) {
      std::vector<std::string> names;
      for (const auto& name : *columns) {
        if (name.is_string()) names.emplace_back(name.get_string());
      }
      out += fmt::format(" of the same {}", list_in_words(names));
    } else if (condition) {
      out += fmt::format(" where {}", expression_in_words(*condition));
    } else if (text_member(from, "ref_type") == "CROSS") {
      out += " (every row with every row)";
    }
    const auto kind = text_member(from, "join_type");
    if (kind == "LEFT") out += ", also rows of the first without a match";
    if (kind == "RIGHT") out += ", also rows of the second without a match";
    if (kind == "FULL" || kind == "OUTER") out += ", also rows of both without a match";
    if (kind == "SEMI") out += ", only rows of the first that have a match";
    if (kind == "ANTI") out += ", only rows of the first without a match";
    return out;
  }

  void modifiers(const json::Object& node) {
    const auto* list = array_in(node, "modifiers");
    for (const auto& item : list ? *list : json::Array{}) {
      const auto& modifier = item.as_object();
      const auto type = text_member(modifier, "type");
      if (type == "DISTINCT_MODIFIER") say("Gives each different row once.");
      if (type == "ORDER_MODIFIER") order(modifier);
      if (type == "LIMIT_MODIFIER") limit(modifier);
      if (type == "LIMIT_PERCENT_MODIFIER") say("Gives a part of the rows.");
    }
  }

  void order(const json::Object& modifier) {
    std::vector<std::string> parts;
    const auto* orders = array_in(modifier, "orders");
    for (const auto& item : orders ? *orders : json::Array{}) {
      const auto& one = item.as_object();
      const auto* expression = one.if_contains("expression");
      std::string part = expression ? expression_in_words(*expression) : std::string();
      if (text_member(one, "type") == "DESCENDING") part += " (highest first)";
      parts.push_back(std::move(part));
    }
    if (!parts.empty()) say(fmt::format("Sorts by {}.", list_in_words(parts, "then")));
  }

  void limit(const json::Object& modifier) {
    const auto* most = modifier.if_contains("limit");
    const auto* offset = modifier.if_contains("offset");
    if (offset) say(fmt::format("Leaves out the first {} rows.", expression_in_words(*offset)));
    if (most) say(fmt::format("Gives at most {} rows.", expression_in_words(*most)));
  }

  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> describe_statement(const json::Value& tree) {
  const auto* node = tree.is_object() ? object_in(tree.get_object(), "node") : nullptr;
  if (!node) return {};
  Describer describer;
  describer.select(*node, "");
  return describer.take();
}

}  // namespace sextant::engine
