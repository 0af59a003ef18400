#pragma once
// "Did you mean …": the candidate nearest to a misspelt name. Thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::engine {

// The candidate with the smallest edit distance (insert, delete, replace, swap of neighbours; case
// is ignored), when it is at most a third of the name's length; the first of equals.
std::optional<std::string> closest(std::string_view name,
                                   const std::vector<std::string>& candidates);

}  // namespace sextant::engine
