#pragma once
// Health: every check does the real thing (a query, a write), so that green means it works.
// Thread-safe.

#include <boost/describe.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "platform/blobs/workspace_files.h"
#include "platform/store/database.h"
#include "platform/workers/pool.h"

namespace sextant::operations {

struct ComponentHealth {
  std::string name;    // metadata store, workers, files
  std::string status;  // ok or failing
  double latency_ms = 0;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(ComponentHealth, (), (name, status, latency_ms, detail))

struct HealthReport {
  std::string status;  // ok or failing
  std::vector<ComponentHealth> components;
};
BOOST_DESCRIBE_STRUCT(HealthReport, (), (status, components))

class Health {
 public:
  // `helper`: what the server works without, if there is any.
  using Helper = std::function<std::optional<ComponentHealth>()>;
  Health(store::Database& database, workers::Pool& pool, const blobs::WorkspaceFiles& files,
         Helper helper)
      : database_(database), pool_(pool), files_(files), helper_(std::move(helper)) {}

  HealthReport check(std::stop_token stop);

 private:
  store::Database& database_;
  workers::Pool& pool_;
  const blobs::WorkspaceFiles& files_;
  Helper helper_;
};

}  // namespace sextant::operations
