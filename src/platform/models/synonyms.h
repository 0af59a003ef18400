#pragma once
// One word means one thing: the synonyms that a patch brings, against all other names of the model.

#include "platform/models/model_patch.h"

namespace sextant::models {

// Adds an error for each new synonym of the patch that is there twice, or that would stand for a
// second column of its table, a second table or a metric. `base`, `whole` as for change_of.
void check_synonyms(const SchemaPatch& patch, const catalog::SemanticModel& base,
                    const catalog::SemanticModel& whole, Change& change);

}  // namespace sextant::models
