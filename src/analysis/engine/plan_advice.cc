#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/engine/plan.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

using catalog::Advice;
using catalog::PlanNode;

// Below these sizes nothing is slow.
constexpr std::int64_t kManyPairs = 100'000;
constexpr std::int64_t kManySorted = 200'000;
constexpr std::int64_t kManyRead = 1'000'000;
constexpr std::size_t kManyColumns = 12;
// Rows that a join gives for each row of its larger side.
constexpr double kFanOut = 3;
constexpr double kMostOfTheTime = 0.5;

std::int64_t rows_of(const PlanNode& node) {
  return node.rows.value_or(node.estimated_rows.value_or(0));
}

std::string detail(const PlanNode& node, const char* key) {
  const auto found = node.details.find(key);
  return found == node.details.end() ? std::string() : found->second;
}

std::size_t count_parts(const std::string& list) {
  return list.empty() ? 0 : 1 + static_cast<std::size_t>(std::ranges::count(list, ','));
}

class Rules {
 public:
  void look(const PlanNode& node, bool is_limited) {
    pairs(node);
    fan_out(node);
    sort(node, is_limited);
    wide_scan(node);
    late_filter(node);
    costliest(node);
    const bool limits = node.operator_name.find("LIMIT") != std::string::npos;
    for (const auto& child : node.children) look(child, is_limited || limits);
  }

  std::vector<Advice> take() {
    if (out_.empty() && slowest_ && slowest_->share.value_or(0) >= kMostOfTheTime &&
        rows_of(*slowest_) > 0) {
      add("Where the time goes",
          fmt::format("{} % of the time is spent in one step: {}.",
                      static_cast<int>(*slowest_->share * 100 + 0.5), slowest_->title));
    }
    return std::move(out_);
  }

 private:
  void add(const char* title, std::string text) {
    if (seen_.insert(text).second) out_.push_back({title, std::move(text)});
  }

  void pairs(const PlanNode& node) {
    const auto& name = node.operator_name;
    if (name != "CROSS_PRODUCT" && name != "NESTED_LOOP_JOIN" && name != "BLOCKWISE_NL_JOIN")
      return;
    if (node.children.size() != 2) return;
    const auto left = rows_of(node.children[0]), right = rows_of(node.children[1]);
    if (left < 2 || right < 2 || left * right < kManyPairs) return;
    add("Join by equality",
        fmt::format("{} rows are compared with each of {} rows. A condition such as a.id = b.id "
                    "lets the engine look rows up instead.",
                    text::grouped(left), text::grouped(right)));
  }

  void fan_out(const PlanNode& node) {
    if (node.operator_name != "HASH_JOIN" || node.children.size() != 2 || !node.rows) return;
    const auto larger = std::max(rows_of(node.children[0]), rows_of(node.children[1]));
    if (larger == 0 || *node.rows < kManyPairs) return;
    const double factor = static_cast<double>(*node.rows) / static_cast<double>(larger);
    if (factor < kFanOut) return;
    add("The join multiplies rows",
        fmt::format("Joining by {} gives {} rows from at most {}: keys repeat on both sides. "
                    "Aggregate one side before the join, or join by a unique key.",
                    detail(node, "Conditions"), text::grouped(*node.rows), text::grouped(larger)));
  }

  void sort(const PlanNode& node, bool is_limited) {
    if (node.operator_name != "ORDER_BY" || is_limited || rows_of(node) < kManySorted) return;
    add("Sort less",
        fmt::format("{} rows are sorted. With LIMIT only the first are kept, and the sort in a "
                    "subquery or CTE can go.",
                    text::grouped(rows_of(node))));
  }

  void wide_scan(const PlanNode& node) {
    if (detail(node, "Table").empty() || rows_of(node) < kManyRead) return;
    const auto columns = count_parts(detail(node, "Projections"));
    if (columns < kManyColumns) return;
    add("Read fewer columns",
        fmt::format("{} columns of {} are read. Each column is stored apart: name those that you "
                    "need instead of *.",
                    columns, detail(node, "Table")));
  }

  void late_filter(const PlanNode& node) {
    if (node.operator_name != "FILTER" || node.children.size() != 1) return;
    const auto& below = node.children.front();
    if (detail(below, "Table").empty() || rows_of(below) < kManyRead ||
        rows_of(node) * 10 > rows_of(below)) {
      return;
    }
    add("Filter on the column itself",
        fmt::format(
            "{} rows of {} are read to keep {}: {} is computed for each. A condition on "
            "the column itself, such as day >= DATE '2026-01-01' for year(day) = 2026, "
            "skips blocks unread.",
            text::grouped(rows_of(below)), detail(below, "Table"), text::grouped(rows_of(node)),
            detail(node, "Expression").empty() ? "the condition" : detail(node, "Expression")));
  }

  void costliest(const PlanNode& node) {
    if (!slowest_ || node.share.value_or(0) > slowest_->share.value_or(0)) slowest_ = &node;
  }

  std::vector<Advice> out_;
  std::set<std::string> seen_;
  const PlanNode* slowest_ = nullptr;
};

}  // namespace

std::vector<Advice> advise(const PlanNode& plan) {
  Rules rules;
  rules.look(plan, false);
  return rules.take();
}

}  // namespace sextant::engine
