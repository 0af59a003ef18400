#pragma once
// Rules for single conditions: what is computed of a column is turned into a condition on the
// column itself, which lets the engine skip blocks and compare without making texts. Thread-safe.

#include <optional>

#include "analysis/tuning/rewrite.h"
#include "analysis/tuning/scope.h"

namespace sextant::tuning {

// `node`: any part of an expression. None when no rule fits.
std::optional<Rewriting> simpler_condition(const json::Object& node, const Scope& scope,
                                           const StatementText& text);

}  // namespace sextant::tuning
