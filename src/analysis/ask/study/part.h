#pragma once
// Reading what is left of a question when the words that ask for a study are taken out of it.
// Deterministic; thread-safe.

#include <optional>
#include <string>
#include <vector>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/ranking/features.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// The question without the tokens that are marked.
std::string without(const Links& links, const std::vector<bool>& dropped);

// The analytic reading of a part of a question, without spans; nothing when less than half of the
// part is understood.
std::optional<Reading> read_part(const Context& context, const std::string& part,
                                 std::string_view today, const Weights& weights);

}  // namespace sextant::ask
