#include "analysis/tuning/trial.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> find_faster_way(Call& call) {
  TRY(auto request, json::from_value<wire::FasterWayRequest>(call.body));
  TRY(auto* engine,
      call.session.engines->get(request.query.catalog, request.query.limits.memory_bytes));
  const engine::RunRequest run{.sql = std::move(request.query.sql),
                               .parameters = std::move(request.query.parameters),
                               .parameter_types = std::move(request.query.parameter_types),
                               .saved = std::move(request.query.saved)};
  TRY(const auto reply, tuning::find_faster_way(*engine, run, request.keys, call.stop));
  return json::to_value(reply);
}

}  // namespace sextant::worker
