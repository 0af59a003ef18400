// What can be asked of a statement besides its rows.
#include "base/id.h"
#include "platform/accounts/authorise.h"
#include "platform/queries/attempt.h"
#include "platform/queries/problems.h"
#include "platform/workers/typed_run.h"

namespace sextant::queries {

using accounts::Action;
using accounts::authorise;

Result<wire::CheckReply> QueryService::check(const catalog::Principal& who,
                                             const Execution& execution, std::stop_token stop) {
  TRY_VOID(authorise(who, Action::read, {"query", who.workspace_id}));
  TRY(auto prepared, prepare(who, execution));
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(prepared.limits.max_seconds);
  options.stop = std::move(stop);
  const wire::CheckRequest request{std::move(prepared.catalog), std::move(prepared.request.sql),
                                   std::move(prepared.request.saved)};
  return workers::run<wire::CheckReply>(pool_, workspace_of(who), wire::Operation::check, request,
                                        options);
}

Result<Validation> QueryService::validate(const catalog::Principal& who, const Execution& execution,
                                          std::stop_token stop) {
  auto checked = check(who, execution, std::move(stop));
  Validation out;
  if (!checked) {
    if (checked.error().code != ErrorCode::invalid_sql) return fail(std::move(checked).error());
    out.valid = false;
    out.problems.push_back(problem_of(checked.error(), execution.sql));
    return out;
  }
  out.tables = std::move(checked->tables);
  out.saved_queries = std::move(checked->saved_queries);
  out.columns = std::move(checked->columns);
  out.parameters = std::move(checked->parameters);
  out.sentences = std::move(checked->sentences);
  return out;
}

Result<> QueryService::beside_runs(
    const catalog::Principal& who, const Execution& execution, std::stop_token stop,
    const std::function<Result<>(Prepared&, const workers::RunOptions&)>& work) {
  TRY_VOID(authorise(who, Action::read, {"query", who.workspace_id}));
  RunningQuery shown;
  shown.query_id = new_id();
  shown.client_run_id = execution.client_run_id;
  shown.sql_query = execution.sql;
  shown.started_at = format_time(now());
  TRY(const auto handle, running_.add(who, std::move(shown), std::move(stop)));
  TRY(auto prepared, prepare(who, execution));
  TRY(const auto place,
      admission_.enter(who.workspace_id, prepared.limits.concurrent_queries, handle->stop(),
                       [&](std::int64_t position) { handle->queued(position); }));
  handle->begun();
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(prepared.limits.max_seconds);
  options.stop = handle->stop();
  return work(prepared, options);
}

Result<catalog::ExplainedPlan> QueryService::explain(const catalog::Principal& who,
                                                     const Execution& execution, bool run,
                                                     std::stop_token stop) {
  catalog::ExplainedPlan out;
  TRY_VOID(beside_runs(who, execution, std::move(stop),
                       [&](Prepared& prepared, const workers::RunOptions& options) -> Result<> {
                         const wire::ExplainRequest request{request_of(prepared), run};
                         TRY(out, workers::run<catalog::ExplainedPlan>(pool_, workspace_of(who),
                                                                       wire::Operation::explain,
                                                                       request, options));
                         return {};
                       }));
  return out;
}

Result<FasterReply> QueryService::faster(const catalog::Principal& who, const Execution& execution,
                                         std::stop_token stop) {
  FasterReply out;
  TRY_VOID(beside_runs(who, execution, std::move(stop),
                       [&](Prepared& prepared, const workers::RunOptions& options) -> Result<> {
                         wire::FasterWayRequest request{request_of(prepared), {}};
                         TRY(const auto model, data_.model(prepared.catalog));
                         for (const auto& table : model.tables)
                           request.keys[table.name] = table.keys;
                         TRY(auto reply, workers::run<wire::FasterWayReply>(
                                             pool_, workspace_of(who), wire::Operation::faster_way,
                                             request, options));
                         out.reason = std::move(reply.reason);
                         if (!reply.way) return {};
                         // Places are those of the statement as it was written: {{name}} keeps its
                         // length.
                         out.faster = FasterStatement{
                             catalog::apply(std::move(reply.way->edits), execution.sql),
                             std::move(reply.way->changes), reply.way->seconds_before,
                             reply.way->seconds_after, reply.way->rows};
                         return {};
                       }));
  return out;
}

}  // namespace sextant::queries
