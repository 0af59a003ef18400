#include "analysis/ask/from_sql.h"
#include "analysis/ask/joins.h"
#include "analysis/ask/pivot.h"
#include "analysis/ask/sql.h"
#include "analysis/ask/words.h"
#include "analysis/semantic/computed.h"
#include "analysis/semantic/metrics.h"
#include "catalog/model_edits.h"
#include "worker/operations.h"

namespace sextant::worker {

namespace {

// The model as a person sees it: a metric of theirs stands in place of one that the data imply.
template <class Request>
Result<engine::Engine*> open_model(Call& call, Request& request) {
  TRY(auto* engine, call.session.engines->get(request.catalog));
  semantic::derive_metrics(request.model);
  catalog::apply(request.edits, request.model);
  call.session.metric_checks.remove_broken(request.model, request.edits, *engine);
  return engine;
}

std::vector<wire::TableLink> links_of(const catalog::SemanticModel& model,
                                      const ask::Reading& reading,
                                      const std::vector<ask::SqlJoin>& joins) {
  std::vector<wire::TableLink> links;
  const auto inner = [&](const std::string& table) {
    return std::ranges::any_of(
        joins, [&](const ask::SqlJoin& join) { return join.inner && join.step.to.table == table; });
  };
  const auto edges = [&](const std::vector<ask::JoinStep>& path) {
    std::vector<wire::JoinEdge> out;
    for (const auto& step : path) {
      out.push_back({step.from, step.to, inner(step.to.table), step.multiplies});
    }
    return out;
  };
  for (const ask::SqlJoin& join : joins) {
    const std::string& table = join.step.to.table;
    if (table == reading.table) continue;
    const auto path = ask::join_path(model, reading.table, table, reading.joins);
    if (!path) continue;
    wire::TableLink link{table, edges(*path), {}};
    for (const auto& way : ask::join_paths(model, reading.table, table)) {
      link.ways.push_back(edges(way));
    }
    links.push_back(std::move(link));
  }
  return links;
}

}  // namespace

Result<json::Value> compose_reading(Call& call) {
  TRY(auto request, json::from_value<wire::ComposeRequest>(call.body));
  TRY(auto* engine, open_model(call, request));
  TRY(auto reading, ask::reading_from_json(request.reading));
  TRY_VOID(semantic::check_computed(request.model, reading, *engine));
  TRY(auto connection, engine->connect());
  connection.set_stop(call.stop);
  TRY_VOID(ask::fill_pivot(request.model, reading, connection));
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
  reply.links = links_of(request.model, reading, sql.links);
  return json::to_value(reply);
}

Result<json::Value> recognise_reading(Call& call) {
  TRY(auto request, json::from_value<wire::RecogniseRequest>(call.body));
  TRY(auto* engine, open_model(call, request));
  const ask::SqlTools tools{[engine](const std::string& sql) { return engine->tree(sql); },
                            [engine](const json::Value& tree) { return engine->print(tree); },
                            [&](ask::Reading& reading) {
                              return semantic::check_computed(request.model, reading, *engine);
                            }};
  auto found = ask::from_sql(request.model, request.sql, tools);
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
