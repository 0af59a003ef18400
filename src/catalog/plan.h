#pragma once
// How the engine runs a statement: a tree of operators, each reading what its children give.

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sextant::catalog {

struct PlanNode {
  std::string operator_name;  // the engine's: HASH_JOIN, SEQ_SCAN, …
  std::string title;          // in words: "Read orders"
  std::map<std::string, std::string> details;
  std::optional<std::int64_t> rows;  // that it gave; with times only
  std::optional<std::int64_t> estimated_rows;
  std::optional<double> seconds;  // processor time of its own
  std::optional<double> share;    // of the seconds of all, 0 … 1
  std::vector<PlanNode> children;
};
BOOST_DESCRIBE_STRUCT(PlanNode, (),
                      (operator_name, title, details, rows, estimated_rows, seconds, share,
                       children))

// What would make the statement faster.
struct Advice {
  std::string title;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Advice, (), (title, text))

struct ExplainedPlan {
  PlanNode plan;
  std::optional<double> execution_time;  // seconds; none when it was not run
  std::vector<Advice> advice;
};
BOOST_DESCRIBE_STRUCT(ExplainedPlan, (), (plan, execution_time, advice))

}  // namespace sextant::catalog
