#include "analysis/engine/plan.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> explain_query(Call& call) {
  TRY(auto request, json::from_value<wire::ExplainRequest>(call.body));
  TRY(auto* engine,
      call.session.engines->get(request.query.catalog, request.query.limits.memory_bytes));
  const engine::RunRequest run{.sql = std::move(request.query.sql),
                               .parameters = std::move(request.query.parameters),
                               .parameter_types = std::move(request.query.parameter_types),
                               .saved = std::move(request.query.saved)};
  TRY(const auto plan, engine->explain(run, request.run, call.stop));
  TRY(const auto explained, engine::read_plan(plan, engine->catalog()));
  return json::to_value(explained);
}

}  // namespace sextant::worker
