#pragma once
// Which of the readings that the readers made goes first. Pure functions.

#include <optional>

#include "analysis/ask/analytic/analytic.h"
#include "analysis/ask/clauses/clauses.h"
#include "analysis/ask/understand.h"

namespace sextant::ask {

inline constexpr double kWhole = 0.95;       // all words understood
inline constexpr double kStructured = 0.65;  // from here on one table is read clause by clause
inline constexpr double kExplained = 0.55;  // share of content words below which nothing is claimed

// A chart of rows or groups that is asked for by its type or its axes: no study can be drawn so.
bool charts_rows(const Links& links);

// Whether a word is understood as a synonym only, which lookups of one table do not know.
bool needs_synonyms(const Links& links, const Links& wider);

bool prefers_clauses(const Context& context, const Links& links, const ClauseReading& clauses,
                     const std::optional<AnalyticReading>& analytic, bool by_synonyms);

bool is_divided(const Reading& reading);

// Means, sums and extremes, which a query over several tables computes with their groups.
bool only_plain_figures(const Reading& reading);

// A reading that leaves words unread gives way to one that heeds them all; when there is none, or a
// number is not used, it is not claimed.
void settle_unread(const Context& context, const Links& links, Understood& understood);

// Where a chart is asked for, a reading that can be drawn goes before one that is a single figure.
void prefer_drawable(const Context& context, const Links& links, Understood& understood);

// A question that goes by the rows of one table as they stand, where its words leave no doubt or
// nothing else is found.
void prefer_rows(const Context& context, const Links& links, const Weights& weights,
                 Understood& understood);

// "Find the number of orders of each customer": a command names the figure that it is after, which
// stands first, unless a chart is asked for.
void put_figures_first(const Links& links, Understood& understood);

}  // namespace sextant::ask
