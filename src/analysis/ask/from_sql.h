#pragma once
// From a statement back to a reading: the other way round of `to_sql`.
//
// What the generator writes is read back to the reading it was written from. What people write is
// read when a reading says the same: an expression of one row becomes a computed column. Where no
// reading would (another join, a figure without a place in readings), the error says what and
// where. Pure function of its arguments; thread-safe when the tools are.

#include <functional>
#include <string>
#include <vector>

#include "analysis/ask/reading.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

// What the engine knows of SQL.
struct SqlTools {
  // The parse tree of one SELECT, as json_serialize_sql writes it (engine::Gate::tree).
  std::function<Result<boost::json::value>(const std::string& sql)> parse;
  // Such a tree as SQL again (engine::Gate::print).
  std::function<Result<std::string>(const boost::json::value& tree)> print;
  // Judges computed columns, makes their names exact and finds their types where it can
  // (semantic::check_computed).
  std::function<Result<>(Reading& reading)> complete;
};

struct Recognised {
  Reading reading;
  // Where the reading's SQL differs from the statement without asking another question: names,
  // order.
  std::vector<std::string> notes;
};

// Errors: those of the tools; invalid_sql with detail.inexpressible = true and, where known,
// detail.position (byte offset in `sql`) when no reading says what the statement says.
Result<Recognised> from_sql(const catalog::SemanticModel& model, const std::string& sql,
                            const SqlTools& tools);

}  // namespace sextant::ask
