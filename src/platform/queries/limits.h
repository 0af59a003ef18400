#pragma once
// How much a workspace's queries may take: the server's settings, or less by its administrators.
// Thread-safe.

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "base/settings.h"
#include "catalog/principal.h"
#include "platform/store/database.h"

namespace sextant::queries {

struct WorkspaceLimits {
  std::int64_t concurrent_queries = 0;  // at a time; the others wait
  std::int64_t max_rows = 0;            // sent for one run
  std::int64_t max_seconds = 0;         // of one run
  std::int64_t memory_bytes = 0;        // of the engine of one run
};
BOOST_DESCRIBE_STRUCT(WorkspaceLimits, (),
                      (concurrent_queries, max_rows, max_seconds, memory_bytes))

// Absent: the server's setting again.
struct LimitsChange {
  std::optional<std::int64_t> concurrent_queries;
  std::optional<std::int64_t> max_rows;
  std::optional<std::int64_t> max_seconds;
  std::optional<std::int64_t> memory_bytes;
};
BOOST_DESCRIBE_STRUCT(LimitsChange, (), (concurrent_queries, max_rows, max_seconds, memory_bytes))

class LimitsService {
 public:
  LimitsService(store::Database& database, const Settings& settings)
      : database_(database), settings_(settings) {}

  // What is in force.
  Result<WorkspaceLimits> get(const std::string& workspace_id);
  // By administrators; within what the server allows.
  Result<WorkspaceLimits> set(const catalog::Principal& who, const LimitsChange& change);

 private:
  WorkspaceLimits of_the_server() const;

  store::Database& database_;
  const Settings& settings_;
};

}  // namespace sextant::queries
