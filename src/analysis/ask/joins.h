#pragma once
// Paths between tables over the model's joins.

#include <optional>
#include <string>
#include <vector>

#include "catalog/semantic_model.h"

namespace sextant::ask {

// One step: from.table.from.column = to.table.to.column. `multiplies`: a row of `from` can have
// several partners.
struct JoinStep {
  catalog::JoinSide from;
  catalog::JoinSide to;
  bool multiplies = false;
};

// The cheapest path (a step that multiplies costs three others); none when there is no path.
std::optional<std::vector<JoinStep>> join_path(const catalog::SemanticModel& model,
                                               const std::string& from, const std::string& to);

}  // namespace sextant::ask
