#pragma once
// Expressions that people write for metrics: checked for their form, and their names made exact.
// Pure functions.

#include <string>

#include "base/result.h"
#include "catalog/semantic_model.h"

namespace sextant::semantic {

// "sum(amount - orders.discount)" of the table orders as
// sum("orders"."amount" - "orders"."discount"), so that it means the same beside any other table.
// Columns are found by their names or original names, whatever their case; names that are none of
// the model stay for the engine to judge. Errors (bad_request, for the person who wrote it):
// comments, semicolons, brackets or quotes that do not close.
Result<std::string> exact_expression(const catalog::SemanticModel& model, const std::string& table,
                                     const std::string& expression);

}  // namespace sextant::semantic
