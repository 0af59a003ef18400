#pragma once
// Whether a reading survives being written as SQL and read back; for `sextant eval --round-trip`.

#include <string>

#include "analysis/engine/gate.h"
#include "base/json.h"
#include "catalog/semantic_model.h"

namespace sextant {

// {"outcome", "reason"?, "sql"?}; outcome is
//   identical       the same reading came back
//   same_sql        another reading with the very same SQL
//   other           a reading with other SQL
//   inexpressible   none, for the reason given
//   not_a_query     the reading has no SQL of its own (statistics, summaries)
json::Object round_trip(const catalog::SemanticModel& model, const catalog::Catalog& catalog,
                        engine::Gate& gate, const json::Value& logical);

}  // namespace sextant
