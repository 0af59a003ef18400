#pragma once
// The walk over a statement's parse tree, as json_serialize_sql writes it. Thread-safe.

#include "analysis/engine/gate.h"

namespace sextant::engine {

Result<Verdict> judge(const json::Value& statement, const catalog::Catalog& catalog,
                      const SavedQueries& saved);

}  // namespace sextant::engine
