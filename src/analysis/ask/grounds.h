#pragma once
// What an answer is chosen by, shown beside it: "the most expensive product" names the product, and
// a person also wants its price.

#include "analysis/ask/linking/context.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// The reading with the figures and columns that it orders or filters groups by among those shown,
// and the street and city beside a house number. Unchanged when rows are combined or distinct:
// there one column more means other rows.
Reading with_grounds(const Context& context, Reading reading);

}  // namespace sextant::ask
