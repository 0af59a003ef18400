#pragma once
// Words that compare with a number: "more than", "at least", "or older". Thread-safe.

#include <string_view>
#include <vector>

#include "analysis/ask/reading.h"

namespace sextant::ask {

struct ComparisonCue {
  std::vector<std::string_view> words;
  Operator op;
};

// What stands before the number, longest first.
const std::vector<ComparisonCue>& cues_before();
// What stands after it.
const std::vector<ComparisonCue>& cues_after();

}  // namespace sextant::ask
