#pragma once
// Questions for charts: what their readings must show. Pure functions; thread-safe.

#include "analysis/ask/linking/context.h"
#include "analysis/ask/linking/links.h"
#include "analysis/ask/ranking/features.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// "a histogram of the total age by nationality": bars of groups, not the shape of one column.
bool bars_of_groups(const Context& context, const Links& links, const Weights& weights);

// "a line of the price of AAPL and MSFT": a line for each of them.
void part_compared(const Context& context, const Links& links, Reading& reading);

// Whether time is among what the rows show: days, grains of them, or a column of years.
bool shows_time(const Context& context, const Reading& reading);

// Figures listed row by row beside a label that many rows share: no bars, and no histogram.
bool lists_repeated(const Context& context, const Reading& reading);

}  // namespace sextant::ask
