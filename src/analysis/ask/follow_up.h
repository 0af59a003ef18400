#pragma once
// A follow-up edits the reading of the turn before: "and by region?", "only 2025", "top 3 instead",
// "as a pie", "exclude returned".

#include <optional>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// The edited reading; none when the question does not look like an edit of it.
std::optional<Reading> edit_reading(const Context& context, const Links& links,
                                    const Reading& previous);

}  // namespace sextant::ask
