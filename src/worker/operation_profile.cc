#include "analysis/profile/profile.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> profile_source(Call& call) {
  TRY(const auto request, json::from_value<wire::ProfileRequest>(call.body));
  TRY_VOID(inside(request.source.path));
  // An engine of its own: the version is not published yet, and the catalog's stays warm.
  const catalog::Catalog only{{}, {request.source}};
  TRY(const auto engine, engine::Engine::open(only, {},
                                              {.memory_limit = call.session.memory_limit,
                                               .threads = 2,
                                               .temp_directory = call.session.temp_directory}));
  TRY(auto connection, engine->connect());
  connection.set_stop(call.stop);
  TRY(const auto reply,
      profile::profile_tables(connection, request.source, call.progress, call.stop));
  return json::to_value(reply);
}

}  // namespace sextant::worker
