#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> check_query(Call& call) {
  TRY(const auto request, json::from_value<wire::CheckRequest>(call.body));
  TRY(auto* engine, call.session.engines->get(request.catalog));
  TRY(auto checked, engine->check(request.sql, request.saved));
  return json::to_value(wire::CheckReply{std::move(checked.verdict.tables),
                                         std::move(checked.verdict.saved),
                                         std::move(checked.columns), std::move(checked.parameters),
                                         checked.verdict.repeatable, std::move(checked.sentences)});
}

}  // namespace sextant::worker
