#pragma once
// An expression of a parse tree in words. Thread-safe.

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sextant::engine {

// "the sum of amount", "day is at least 2026-01-01 and city is Oslo or Bergen".
std::string expression_in_words(const json::Value& expression);

// Whether it computes one value of many rows (outside of subqueries).
bool has_aggregate(const json::Value& expression);

// "a", "a and b", "a, b and c"; beyond `limit` "a, b and 7 more".
std::string list_in_words(const std::vector<std::string>& parts, std::string_view last = "and",
                          std::size_t limit = 8);

std::string_view text_member(const json::Object& object, std::string_view key);

}  // namespace sextant::engine
