#pragma once
// A statement in words: what it reads, keeps, groups, computes and sorts. Thread-safe.

#include <string>
#include <vector>

#include "base/json.h"

namespace sextant::engine {

// `tree` is what Gate::parse gives. Sentences in the order in which the statement works.
std::vector<std::string> describe_statement(const json::Value& tree);

}  // namespace sextant::engine
