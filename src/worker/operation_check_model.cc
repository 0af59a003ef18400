#include "analysis/semantic/check.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> check_model(Call& call) {
  TRY(const auto request, json::from_value<wire::CheckModelRequest>(call.body));
  TRY(auto* engine, call.session.engines->get(request.catalog));
  TRY(const auto reply, semantic::check_model(request, *engine, call.stop));
  return json::to_value(reply);
}

}  // namespace sextant::worker
