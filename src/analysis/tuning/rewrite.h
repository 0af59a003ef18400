#pragma once
// Rewritings that say the same in a way that the engine runs faster, found by rules on the parse
// tree. Only what the engine does not do by itself is here; each rule was measured. A rewriting is
// a proposal: what it gains, and that it gives the same rows, is found by running both (trial.h).
// Thread-safe.

#include <map>
#include <string>
#include <vector>

#include "analysis/tuning/statement_text.h"
#include "base/json.h"
#include "catalog/plan.h"
#include "catalog/source.h"

namespace sextant::tuning {

// Columns of each table that are unique and never empty, by the table's name.
using Keys = std::map<std::string, std::vector<std::string>>;

struct Rewriting {
  catalog::Advice advice;                // what is changed and why, for people
  std::vector<catalog::TextEdit> edits;  // in order, not overlapping
};

// `tree` is that of `sql` as engine::Gate::parse gives it. Rewritings do not touch each other's
// places.
std::vector<Rewriting> rewritings(const std::string& sql, const json::Value& tree,
                                  const catalog::Catalog& catalog, const Keys& keys);

// The statement with the edits of all of these.
std::string rewritten(const std::string& sql, const std::vector<Rewriting>& changes);

}  // namespace sextant::tuning
