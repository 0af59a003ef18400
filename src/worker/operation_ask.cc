#include "analysis/ask/ask.h"
#include "analysis/semantic/metrics.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> answer_question(Call& call) {
  TRY(auto request, json::from_value<wire::AskRequest>(call.body));
  semantic::derive_metrics(request.model);
  TRY(auto* engine, call.session.engines->get(request.catalog));
  TRY(auto connection, engine->connect());
  connection.set_stop(call.stop);
  TRY(const auto answer, call.session.questions.answer(request, connection));
  return json::to_value(answer);
}

}  // namespace sextant::worker
