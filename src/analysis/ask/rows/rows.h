#pragma once
// Questions that go by the rows of one table (row_query.h). Deterministic; thread-safe.

#include <optional>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/ranking/features.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// Nothing when the catalog has several tables or no word asks for such a question. `sure`: the
// words leave no doubt; else a clearer reading goes first.
struct RowReading {
  Reading reading;
  bool sure = false;
};
std::optional<RowReading> read_rows(const Context& context, const Links& links,
                                    const Weights& weights);

}  // namespace sextant::ask
