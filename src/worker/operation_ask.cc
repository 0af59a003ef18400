#include "analysis/ask/ask.h"
#include "analysis/ask/teaching.h"
#include "analysis/semantic/computed.h"
#include "analysis/semantic/metrics.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> answer_question(Call& call) {
  TRY(auto request, json::from_value<wire::AskRequest>(call.body));
  TRY(auto* engine, call.session.engines->get(request.catalog));
  semantic::derive_metrics(request.model);
  catalog::apply(request.edits, request.model);
  call.session.metric_checks.remove_broken(request.model, request.edits, *engine);
  if (request.reading) {
    TRY(auto reading, ask::reading_from_json(*request.reading));
    TRY_VOID(semantic::check_computed(request.model, reading, *engine));
    request.reading = ask::to_json(reading);
  }
  const auto* pinned = ask::find_taught(request.taught, request.question);
  if (pinned && pinned->meaning.sql_query && !request.reading) {
    // A pinned query that the data can not carry out any more gives way to the question's words.
    auto answer = ask::answer_pinned(request, *pinned, *engine, call.stop);
    if (answer || answer.error().code != ErrorCode::invalid_sql) {
      TRY(const auto done, std::move(answer));
      return json::to_value(done);
    }
  }
  TRY(auto connection, engine->connect());
  connection.set_stop(call.stop);
  TRY(const auto answer, call.session.questions.answer(request, connection));
  return json::to_value(answer);
}

}  // namespace sextant::worker
