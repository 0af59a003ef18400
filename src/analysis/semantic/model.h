#pragma once
// Builds the semantic model of a source: what its tables and columns mean, how they join, and which
// questions can be asked. Thread-safe; deterministic.

#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "wire/messages.h"

namespace sextant::semantic {

// The connection sees one view per catalog table. Queries are bounded (samples of large tables).
// Errors: those of the connection; not_found when the catalog has no such source.
Result<wire::ModelReply> build_model(const wire::ModelRequest& request,
                                     engine::Connection& connection);

// The model of the source together with the known models of the others, without suggested
// questions. Tables without a profile are counted here.
Result<catalog::SemanticModel> describe_source(const wire::ModelRequest& request,
                                               engine::Connection& connection);

}  // namespace sextant::semantic
