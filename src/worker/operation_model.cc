#include "analysis/semantic/model.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> build_model(Call& call) {
  TRY(const auto request, json::from_value<wire::ModelRequest>(call.body));
  TRY(auto* engine, call.session.engines->get(request.catalog));
  TRY(auto connection, engine->connect());
  connection.set_stop(call.stop);
  call.progress({.stage = "modelled"});
  TRY(const auto reply, semantic::build_model(request, connection));
  return json::to_value(reply);
}

}  // namespace sextant::worker
