#pragma once
// What the analyses of one measure share.

#include <string>

#include "analysis/ask/linking/context.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// Whether figures of parts add up to the figure of the whole: sums, counts and metrics made of
// them.
bool adds_up(const catalog::SemanticModel& model, const Measure& measure);

// FROM and time expression for the time dimension of a reading: its own table alone.
std::string time_expression(const Dimension& time);

}  // namespace sextant::ask
