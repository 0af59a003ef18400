#pragma once
// `sextant eval --questions Q.jsonl --out P.jsonl [--limit N]`: answers a set of questions, for
// scoring.
//
// A question line has id, db, tables [{name, file}] (CSV, relative to the questions' folder) and
// question. A prediction line has id, rows, sql, chart, status and ms (of the question; loading is
// not counted). The best rows are written whatever the status is.

#include <cstdint>
#include <optional>
#include <string>

namespace sextant {

struct EvalOptions {
  std::string questions;
  std::string out;
  std::optional<std::int64_t> limit;
  bool round_trip = false;  // each line also tells whether its reading survives SQL
};

// 0 when every question got a line; 1 on unreadable input or output.
int eval_command(const EvalOptions& options);

}  // namespace sextant
