#pragma once
// Paths between tables over the model's joins.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/ask/reading.h"
#include "catalog/semantic_model.h"

namespace sextant::ask {

// One step: from.table.from.column = to.table.to.column. `multiplies`: a row of `from` can have
// several partners.
struct JoinStep {
  catalog::JoinSide from;
  catalog::JoinSide to;
  bool multiplies = false;
};

// The cheapest path (a step that multiplies costs three others, unless it leads to a table that is
// named after both ends; one that is chosen costs a quarter of another); none when there is no
// path.
std::optional<std::vector<JoinStep>> join_path(const catalog::SemanticModel& model,
                                               const std::string& from, const std::string& to,
                                               std::span<const JoinChoice> chosen = {});

// Every path of at most `most_steps` that meets no table twice, the shortest first, at most
// `most_paths` of them.
std::vector<std::vector<JoinStep>> join_paths(const catalog::SemanticModel& model,
                                              const std::string& from, const std::string& to,
                                              std::size_t most_steps = 3,
                                              std::size_t most_paths = 8);

// The choice of this step, whichever side it was written from; null when it was not chosen.
const JoinChoice* choice_of(std::span<const JoinChoice> chosen, const JoinStep& step);

}  // namespace sextant::ask
