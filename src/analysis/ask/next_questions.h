#pragma once
// What to ask after an answer: only questions that the engine reads. Deterministic; thread-safe.

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/ask/linking/context.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// At most three. `rows` of the answer: a forecast needs a history.
std::vector<std::string> next_questions(const Context& context, const Reading& reading,
                                        std::int64_t rows);

}  // namespace sextant::ask
