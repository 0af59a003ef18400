#pragma once
// Computed columns of a reading: what a person wrote is judged here before any query uses it.

#include "analysis/ask/reading.h"
#include "analysis/engine/engine.h"
#include "base/result.h"
#include "catalog/semantic_model.h"

namespace sextant::semantic {

// Makes the names of each computed column exact and finds its type, in nested readings too. The
// expression passes the gate and is bound, not run. Errors: invalid_fields with the place and what
// is wrong: a name that is taken or not there, a figure of many rows, a subquery, tables whose rows
// would repeat those of the column's own.
Result<> check_computed(const catalog::SemanticModel& model, ask::Reading& reading,
                        engine::Engine& engine);

// Only the names, of the reading's own: what needs no engine. Errors: those of exact_expression.
Result<> exact_computed(const catalog::SemanticModel& model, ask::Reading& reading);

}  // namespace sextant::semantic
