#pragma once
// What the lines after a question say of how to answer it: which figures to report under which
// names, which words a verdict may have and when each holds. Pure functions; thread-safe.
//
//   @mean_fare[number], @result[text] where "text" is either "normal" or "not normal"
//   Consider the relationship linear if the p-value is less than 0.05 and |r| is at least 0.5.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/ask/study/study.h"

namespace sextant::ask {

// Names after "@", in order, without what stands in their brackets.
std::vector<std::string> reported_names(std::string_view instructions);

// Words between which a verdict chooses, as they are written.
std::vector<std::string> verdict_words(std::string_view instructions);

// When each of the words holds. A word without a condition holds when no other does.
std::vector<Rule> verdict_rules(std::string_view instructions,
                                const std::vector<std::string>& words);

// "alpha of 0.01", "significance level of 0.05"; otherwise 0.05.
double significance_level(std::string_view instructions);

}  // namespace sextant::ask
