#pragma once
// Words that ask for a figure. Pure function; thread-safe.

#include <optional>
#include <string>

#include "analysis/ask/reading.h"

namespace sextant::ask {

// "average" → avg, "highest" → max; nothing for other words.
std::optional<Aggregate> aggregate_word(const std::string& word);

// Whether the figure is taken of a column of numbers: an average, a sum or an extreme.
bool is_total(Aggregate aggregate);

}  // namespace sextant::ask
