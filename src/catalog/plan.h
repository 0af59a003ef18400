#pragma once
// How the engine runs a statement: a tree of operators, each reading what its children give.

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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

// Bytes [start, end) of a statement become `replacement`.
struct TextEdit {
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::string replacement;
};
BOOST_DESCRIBE_STRUCT(TextEdit, (), (start, end, replacement))

// The statement with all of them; of edits that overlap the first one counts.
std::string apply(std::vector<TextEdit> edits, std::string_view statement);

// A statement said in a way that runs faster. Both were run: they give the same rows.
struct FasterWay {
  std::vector<Advice> changes;
  std::vector<TextEdit> edits;
  double seconds_before = 0;  // the lesser of two runs each
  double seconds_after = 0;
  std::int64_t rows = 0;  // compared
};
BOOST_DESCRIBE_STRUCT(FasterWay, (), (changes, edits, seconds_before, seconds_after, rows))

struct ExplainedPlan {
  PlanNode plan;
  std::optional<double> execution_time;  // seconds; none when it was not run
  std::vector<Advice> advice;
};
BOOST_DESCRIBE_STRUCT(ExplainedPlan, (), (plan, execution_time, advice))

}  // namespace sextant::catalog
