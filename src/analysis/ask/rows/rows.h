#pragma once
// Questions that go by the rows of one table (row_query.h). Deterministic; thread-safe.

#include <optional>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/ranking/features.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// Sure: the words leave no doubt; likely: a clearer reading goes first; weak: the best that can be
// made of the question.
enum class Certainty { weak, likely, sure };

// Nothing when the catalog has several tables or no word asks for such a question.
struct RowReading {
  Reading reading;
  Certainty certainty = Certainty::likely;
};
std::optional<RowReading> read_rows(const Context& context, const Links& links,
                                    const Weights& weights);

}  // namespace sextant::ask
