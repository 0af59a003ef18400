#pragma once
// The sentences that answer, from the rows of the result.

#include "analysis/ask/reading.h"
#include "analysis/ask/sql.h"
#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/answer.h"

namespace sextant::ask {

// Fills `response`, `insights` and the receipt's `numbers` from the answer's columns and rows.
// Errors: those of the connection, which is asked how far the dates of the data reach.
Result<> write_sentences(const catalog::SemanticModel& model, const Reading& reading,
                         const Sql& sql, engine::Connection& connection, catalog::Answer& answer,
                         catalog::Receipt& receipt);

}  // namespace sextant::ask
