#pragma once
// From a statement back to a reading: the other way round of `to_sql`.
//
// What the generator writes is read back to the reading it was written from. What people write is
// read when a reading says the same; where it would not (another join, a condition on an
// expression, a function without a place in readings), the error says what and where. Pure function
// of its arguments; thread-safe when `parse` is.

#include <functional>
#include <string>
#include <vector>

#include "analysis/ask/reading.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

// The parse tree of one SELECT, as json_serialize_sql writes it (engine::Gate::tree).
using Parse = std::function<Result<boost::json::value>(const std::string& sql)>;

struct Recognised {
  Reading reading;
  // Where the reading's SQL differs from the statement without asking another question: names,
  // order.
  std::vector<std::string> notes;
};

// Errors: those of `parse`; invalid_sql with detail.inexpressible = true and, where known,
// detail.position (byte offset in `sql`) when no reading says what the statement says.
Result<Recognised> from_sql(const catalog::SemanticModel& model, const std::string& sql,
                            const Parse& parse);

}  // namespace sextant::ask
