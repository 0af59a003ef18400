#pragma once
// The semantic model of a new version of a source. A pure function; thread-safe.

#include "catalog/semantic_model.h"

namespace sextant::sources {

// `found` for the new version, with what people may have written into the model before: names,
// descriptions, synonyms and roles of columns that still have their type, and metrics.
catalog::SemanticModel carry_over(const catalog::SemanticModel& before,
                                  catalog::SemanticModel found);

}  // namespace sextant::sources
