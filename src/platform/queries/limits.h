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

// What is in force, and the most that the server allows: where both are the same, the workspace has
// no limit of its own.
struct LimitsInForce {
  std::int64_t concurrent_queries = 0;
  std::int64_t max_rows = 0;
  std::int64_t max_seconds = 0;
  std::int64_t memory_bytes = 0;
  WorkspaceLimits most;
};
BOOST_DESCRIBE_STRUCT(LimitsInForce, (),
                      (concurrent_queries, max_rows, max_seconds, memory_bytes, most))

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
  Result<LimitsInForce> shown(const std::string& workspace_id);
  // By administrators; within what the server allows.
  Result<LimitsInForce> set(const catalog::Principal& who, const LimitsChange& change);

 private:
  WorkspaceLimits of_the_server() const;

  store::Database& database_;
  const Settings& settings_;
};

}  // namespace sextant::queries
