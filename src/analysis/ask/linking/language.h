#pragma once
// Whether a question is in a language other than English. The engine's cue words are English; what
// it would read of another language is its names only, which is a guess. Pure function.

#include <string>
#include <vector>

#include "analysis/ask/linking/tokens.h"

namespace sextant::ask {

// The language's English name when small words of it outnumber the English ones; else empty.
std::string foreign_language(const std::vector<Token>& tokens);

}  // namespace sextant::ask
