#pragma once
// The chips of a reading: its parts, where in the question each comes from, and what else each
// could be. Pure function.

#include "analysis/ask/reading.h"
#include "catalog/answer.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

// A chip's alternatives are words: put where the chip's span stands in the question, they make the
// question that asks for them.
catalog::ReadingView to_view(const catalog::SemanticModel& model, const Reading& reading);

}  // namespace sextant::ask
