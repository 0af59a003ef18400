#include "analysis/engine/plan.h"

#include <fmt/format.h>

#include <charconv>
#include <unordered_map>

#include "base/text.h"

namespace sextant::engine {
namespace {

using catalog::PlanNode;

std::string text_of(const json::Object& object, const char* key) {
  const auto* v = object.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

std::string joined(const json::Value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (!value.is_array()) return json::dump(value);
  std::vector<std::string> parts;
  for (const auto& part : value.get_array()) parts.push_back(joined(part));
  return text::join(parts, ", ");
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc()) return std::nullopt;
  return value;
}

std::string upper(std::string s) {
  for (auto& c : s) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return s;
}

const std::unordered_map<std::string, const char*>& titles() {
  static const std::unordered_map<std::string, const char*> all{
      {"HASH_GROUP_BY", "Group"},
      {"PERFECT_HASH_GROUP_BY", "Group"},
      {"PARTITIONED_AGGREGATE", "Group"},
      {"UNGROUPED_AGGREGATE", "Aggregate"},
      {"SIMPLE_AGGREGATE", "Aggregate"},
      {"HASH_JOIN", "Join"},
      {"NESTED_LOOP_JOIN", "Join, every row with every row"},
      {"BLOCKWISE_NL_JOIN", "Join, every row with every row"},
      {"PIECEWISE_MERGE_JOIN", "Join by range"},
      {"IE_JOIN", "Join by ranges"},
      {"ASOF_JOIN", "Join to the nearest"},
      {"CROSS_PRODUCT", "Pair every row with every row"},
      {"POSITIONAL_JOIN", "Join by position"},
      {"LEFT_DELIM_JOIN", "Join a subquery"},
      {"RIGHT_DELIM_JOIN", "Join a subquery"},
      {"DELIM_SCAN", "Read the outer rows again"},
      {"PROJECTION", "Compute columns"},
      {"FILTER", "Filter"},
      {"ORDER_BY", "Sort"},
      {"TOP_N", "Sort, keep the first"},
      {"LIMIT", "Keep the first rows"},
      {"STREAMING_LIMIT", "Keep the first rows"},
      {"LIMIT_PERCENT", "Keep the first rows"},
      {"WINDOW", "Window functions"},
      {"STREAMING_WINDOW", "Window functions"},
      {"UNION", "Append"},
      {"UNNEST", "Unnest"},
      {"PIVOT", "Pivot"},
      {"CTE", "Keep a CTE"},
      {"CTE_SCAN", "Read a CTE"},
      {"RECURSIVE_CTE", "Repeat a CTE"},
      {"RECURSIVE_CTE_SCAN", "Read the CTE so far"},
      {"COLUMN_DATA_SCAN", "Read values"},
      {"DUMMY_SCAN", "One row"},
      {"EMPTY_RESULT", "Nothing"},
      {"STREAMING_SAMPLE", "Sample"},
      {"RESERVOIR_SAMPLE", "Sample"},
  };
  return all;
}

class Reader {
 public:
  explicit Reader(const catalog::Catalog& catalog) : catalog_(catalog) {}

  PlanNode read(const json::Object& from) const {
    PlanNode node;
    // Plans without times say `name`, those with times `operator_name`.
    node.operator_name = std::string(text::trim(text_of(from, "operator_name")));
    const bool timed = !node.operator_name.empty();
    if (!timed) node.operator_name = std::string(text::trim(text_of(from, "name")));
    node.operator_name = upper(node.operator_name);
    if (const auto* info = from.if_contains("extra_info"); info && info->is_object()) {
      read_details(info->get_object(), node);
    }
    if (timed) {
      node.seconds = number(from, "operator_timing");
      node.rows = static_cast<std::int64_t>(number(from, "operator_cardinality"));
    }
    node.title = title_of(node);
    if (const auto* children = from.if_contains("children"); children && children->is_array()) {
      for (const auto& child : children->get_array()) {
        if (child.is_object()) node.children.push_back(read(child.get_object()));
      }
    }
    return without_wrapper(std::move(node));
  }

 private:
  static double number(const json::Object& object, const char* key) {
    const auto* v = object.if_contains(key);
    return v && v->is_number() ? v->to_number<double>() : 0;
  }

  // What the engine puts in only for itself: packing of columns, and EXPLAIN.
  static PlanNode without_wrapper(PlanNode node) {
    if (node.children.size() != 1) return node;
    const auto projections = node.details.find("Projections");
    const bool packing = node.operator_name == "PROJECTION" && projections != node.details.end() &&
                         projections->second.find("__internal_") != std::string::npos;
    if (!packing && node.operator_name != "EXPLAIN_ANALYZE") return node;
    PlanNode child = std::move(node.children.front());
    if (node.seconds && child.seconds) *child.seconds += *node.seconds;
    return child;
  }

  void read_details(const json::Object& info, PlanNode& node) const {
    for (const auto& member : info) {
      const std::string key(member.key());
      std::string value = joined(member.value());
      if (key == "Estimated Cardinality") {
        node.estimated_rows = whole_number(value);
        continue;
      }
      if (key == "Table") value = table_name(value);
      if (!value.empty()) node.details[key] = std::move(value);
    }
  }

  // "source_2.main.data" is the table `data` of the second source.
  std::string table_name(const std::string& stored) const {
    const auto parts = text::split(stored, '.');
    if (parts.size() == 3 && parts[0].starts_with("source_")) {
      const auto number = whole_number(std::string_view(parts[0]).substr(7));
      if (number && *number >= 1 && *number <= std::ssize(catalog_.sources)) {
        for (const auto& table : catalog_.sources[static_cast<std::size_t>(*number - 1)].tables) {
          if (table.stored_name == parts[2]) return table.name;
        }
      }
    }
    return parts.back();
  }

  static std::string title_of(const PlanNode& node) {
    if (const auto table = node.details.find("Table"); table != node.details.end()) {
      return "Read " + table->second;
    }
    const auto known = titles().find(node.operator_name);
    if (known != titles().end()) return known->second;
    std::string words = text::lower_ascii(node.operator_name);
    std::ranges::replace(words, '_', ' ');
    if (!words.empty()) words[0] = static_cast<char>(std::toupper(words[0]));
    return words;
  }

  const catalog::Catalog& catalog_;
};

double total_seconds(const PlanNode& node) {
  double sum = node.seconds.value_or(0);
  for (const auto& child : node.children) sum += total_seconds(child);
  return sum;
}

void set_shares(PlanNode& node, double total) {
  if (node.seconds && total > 0) node.share = *node.seconds / total;
  for (auto& child : node.children) set_shares(child, total);
}

}  // namespace

Result<catalog::ExplainedPlan> read_plan(const json::Value& plan, const catalog::Catalog& catalog) {
  const json::Object* root = nullptr;
  catalog::ExplainedPlan out;
  if (plan.is_array() && !plan.get_array().empty() && plan.get_array().front().is_object()) {
    root = &plan.get_array().front().get_object();
  } else if (plan.is_object()) {
    const auto* children = plan.get_object().if_contains("children");
    if (children && children->is_array() && !children->get_array().empty() &&
        children->get_array().front().is_object()) {
      root = &children->get_array().front().get_object();
    }
    if (const auto* latency = plan.get_object().if_contains("latency");
        latency && latency->is_number()) {
      out.execution_time = latency->to_number<double>();
    }
  }
  if (!root) return fail(ErrorCode::internal, "The engine's plan could not be read.");
  out.plan = Reader(catalog).read(*root);
  if (out.execution_time) set_shares(out.plan, total_seconds(out.plan));
  out.advice = advise(out.plan);
  return out;
}

}  // namespace sextant::engine
