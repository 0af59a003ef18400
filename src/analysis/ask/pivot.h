#pragma once
// What the columns of a pivot are made of: the values that its dimension has in the data.

#include "analysis/ask/reading.h"
#include "analysis/engine/duckdb.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

// Columns that a pivot makes at most: its values, times the figures.
inline constexpr std::size_t kMostPivotColumns = 50;

// Writes the values of the data, in their order, into the pivot of the reading when it names none.
// One query over the groups. Errors: invalid_fields as of to_sql, also for too many values; those
// of the connection.
Result<> fill_pivot(const catalog::SemanticModel& model, Reading& reading,
                    engine::Connection& connection);

// Whether the groups come back again and again (Mondays, Julys) and are no points of time. Their
// order is that of the calendar, not of their names.
bool goes_round(const Dimension& dimension);

}  // namespace sextant::ask
