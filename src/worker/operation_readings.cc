#include "analysis/ask/from_sql.h"
#include "analysis/ask/sql.h"
#include "analysis/ask/words.h"
#include "analysis/semantic/metrics.h"
#include "worker/operations.h"

namespace sextant::worker {

Result<json::Value> compose_reading(Call& call) {
  TRY(auto request, json::from_value<wire::ComposeRequest>(call.body));
  semantic::derive_metrics(request.model);
  TRY(const auto reading, ask::reading_from_json(request.reading));
  TRY(auto sql, ask::to_sql(request.model, reading));
  wire::ComposeReply reply;
  reply.sql_query = std::move(sql.text);
  reply.sentence = ask::upper_first(ask::sentence(request.model, reading));
  for (auto& column : sql.columns) {
    reply.columns.push_back({std::move(column.name), column.measure, column.semantic_type,
                             std::move(column.unit), std::move(column.grain)});
  }
  reply.tables = std::move(sql.tables);
  reply.joins = std::move(sql.joins);
  reply.implied = std::move(sql.implied);
  return json::to_value(reply);
}

Result<json::Value> recognise_reading(Call& call) {
  TRY(auto request, json::from_value<wire::RecogniseRequest>(call.body));
  semantic::derive_metrics(request.model);
  TRY(auto* engine, call.session.engines->get(request.catalog));
  const ask::Parse parse = [engine](const std::string& sql) { return engine->tree(sql); };
  auto found = ask::from_sql(request.model, request.sql, parse);
  wire::RecogniseReply reply;
  if (found) {
    reply.expressible = true;
    reply.reading = ask::to_json(found->reading);
    reply.sentence = ask::upper_first(ask::sentence(request.model, found->reading));
    reply.notes = std::move(found->notes);
    return json::to_value(reply);
  }
  Error& error = found.error();
  if (!error.detail.contains("inexpressible")) return fail(std::move(error));
  reply.reason = std::move(error.message);
  reply.hint = std::move(error.hint);
  if (const auto* at = error.detail.if_contains("position"); at && at->is_int64()) {
    reply.position = at->get_int64();
  }
  return json::to_value(reply);
}

}  // namespace sextant::worker
