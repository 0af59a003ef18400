#pragma once
// Reads a question clause by clause into a reading over one or many tables: what is listed or
// computed, of which rows, per what, in which order. Deterministic; thread-safe.

#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/ranking/features.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

struct ClauseReading {
  Reading reading;
  double explained = 0;                  // share of the content words that the reading accounts for
  std::vector<std::string> unexplained;  // the others, as written
  bool cued = false;                     // words say that there are groups, an order or a limit
  bool structured = false;               // more than one column of filtered rows
};

// Nothing when no part of the question names the data.
std::optional<ClauseReading> read_clauses(const Context& context, const Links& links,
                                          const Weights& weights);

}  // namespace sextant::ask
