#pragma once
// What else each part of a reading could be, as edits that the data can carry out. Pure functions.

#include <vector>

#include "analysis/ask/reading.h"
#include "catalog/answer.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

using ChipOptions = std::vector<catalog::ChipOption>;

// Other aggregates of the column, other figures of its table.
ChipOptions measure_options(const catalog::SemanticModel& model, const Measure& measure);
// Other grains of a time; else other labels that the rows of the main table have.
ChipOptions dimension_options(const catalog::SemanticModel& model, const Reading& reading,
                              const Dimension& dimension);
// Other values, the opposite, no filter.
ChipOptions filter_options(const catalog::SemanticModel& model, const Filter& filter);
ChipOptions order_options(const Order& order);
ChipOptions limit_options(const Reading& reading);

}  // namespace sextant::ask
