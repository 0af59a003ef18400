#pragma once
// Rewritings tried against the statement itself: both are run over the same data, their rows are
// compared, and only what is faster is kept. Threads: one at a time, as the engine.

#include <stop_token>
#include <string>

#include "analysis/engine/engine.h"
#include "analysis/tuning/rewrite.h"
#include "wire/messages.h"

namespace sextant::tuning {

// Rows are compared whatever their order, numbers with decimals in eight digits (sums of them
// depend on the order of adding). At most kMostRows are; a statement that gives more has no faster
// way.
inline constexpr std::int64_t kMostRows = 2'000'000;

// Errors of the statement itself are errors.
Result<wire::FasterWayReply> find_faster_way(engine::Engine& engine,
                                             const engine::RunRequest& request, const Keys& keys,
                                             std::stop_token stop);

}  // namespace sextant::tuning
