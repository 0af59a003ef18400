#pragma once
// Metrics that a set of tables implies: revenue, margin, average order value, units sold.

#include "catalog/semantic_model.h"

namespace sextant::semantic {

// Makes the metrics that the columns and joins of all tables allow, in place of those it made
// before: the best table decides, whatever the order of the tables. Other metrics stay. A pure
// function; call it with the whole model of a workspace, since a source alone does not show what it
// is part of.
void derive_metrics(catalog::SemanticModel& model);

}  // namespace sextant::semantic
