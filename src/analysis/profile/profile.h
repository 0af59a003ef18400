#pragma once
// What each column of a published version looks like and means: see catalog/profile.h.
//
// Statistics are of all rows. In tables of more than a million rows quantiles are estimates; so are
// distinct counts, top values and the number of ways of writing of very wide-ranging columns, which
// say so (`distinct_is_exact`).
// Thread-safety: one call per connection at a time. Errors: cancelled, resource_exhausted,
// internal.

#include <functional>
#include <stop_token>

#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "wire/messages.h"

namespace sextant::profile {

using ProgressCallback = std::function<void(const wire::Progress&)>;

// `connection` has the version's file (`version.path`) attached, under any name: an Engine's does.
Result<wire::ProfileReply> profile_tables(engine::Connection& connection,
                                          const catalog::SourceVersion& version,
                                          const ProgressCallback& progress, std::stop_token stop);

}  // namespace sextant::profile
