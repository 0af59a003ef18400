#pragma once
// "The ratio of papers with several authors to papers with one", "how does the ratio of authors to
// organizations differ by continent": two figures each of which is a question of its own, one
// divided by the other. Deterministic; thread-safe.

#include <optional>
#include <string_view>

#include "analysis/ask/clauses/clauses.h"

namespace sextant::ask {

// Nothing when the question asks for no ratio, or when one of its figures is not understood whole.
// The spans of the reading are empty: its figures are read apart from the question.
std::optional<ClauseReading> read_divided(const Context& context, std::string_view question,
                                          std::string_view today, const Weights& weights);

}  // namespace sextant::ask
