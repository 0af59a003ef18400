#include "platform/queries/query_service.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/id.h"
#include "base/sql_text.h"
#include "platform/accounts/authorise.h"
#include "platform/queries/attempt.h"
#include "platform/queries/placeholders.h"
#include "platform/workers/typed_run.h"

namespace sextant::queries {
namespace {

using accounts::Action;
using accounts::authorise;

// A stream is bounded by its rows and by how fast it is read; this is the last line.
constexpr std::int64_t kMaxStreamBytes = 4ll << 30;
constexpr std::int64_t kExportPatience = 10;  // times the seconds of a run

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::map<std::string, std::int64_t> versions_of(const catalog::Catalog& catalog,
                                                const std::vector<std::string>& tables) {
  std::map<std::string, std::int64_t> versions;
  for (const auto& source : catalog.sources) {
    const bool read = std::ranges::any_of(source.tables, [&](const auto& table) {
      return std::ranges::find(tables, table.name) != tables.end();
    });
    if (read) versions[source.source_id] = source.version;
  }
  return versions;
}

// Fills in what the definitions know of parameters that the texts use.
void apply_definitions(const std::vector<ParameterDefinition>& definitions, std::string_view sql,
                       RunRequest& request) {
  const auto used = parameters_in(sql);
  for (const auto& definition : definitions) {
    if (std::ranges::find(used, definition.name) == used.end()) continue;
    request.parameter_types.try_emplace(definition.name, definition.type);
    if (definition.default_value && !request.parameters.contains(definition.name)) {
      request.parameters[definition.name] = *definition.default_value;
    }
  }
}

}  // namespace

QueryService::QueryService(store::Database& database, const blobs::WorkspaceFiles& files,
                           workers::Pool& pool, sources::WorkspaceData& data, SavedQueries& saved,
                           const Settings& settings, Running::Tell tell,
                           std::optional<RedisAddress> redis)
    : files_(files),
      pool_(pool),
      data_(data),
      saved_(saved),
      history_(database),
      downloads_(database),
      limits_(database, settings),
      cache_(static_cast<std::size_t>(settings.query_cache_bytes)),
      running_(std::move(tell)) {
  if (redis) redis_.emplace(std::move(*redis));
}

workers::WorkspaceRef QueryService::workspace_of(const catalog::Principal& who) const {
  return {who.workspace_id, files_.folder(who.workspace_id)};
}

Result<QueryService::Prepared> QueryService::prepare(const catalog::Principal& who,
                                                     const Execution& execution) {
  Prepared out;
  TRY(out.limits, limits_.get(who.workspace_id));
  TRY(out.catalog, data_.catalog(who.workspace_id, execution.data_source_ids));
  TRY_VOID(files_.prepare(who.workspace_id));
  out.limit = std::min(execution.limit, out.limits.max_rows);
  out.request.parameters = execution.parameters;
  out.request.parameter_types = execution.parameter_types;
  TRY(out.request.sql, bind_placeholders(execution.sql));
  TRY(const auto sources, saved_.resolve(who, execution.sql));
  for (const auto& [reference, source] : sources) {
    auto bound = bind_placeholders(source.sql);
    if (!bound) {
      Error error = std::move(bound).error();
      error.message = "In saved." + reference + ": " + error.message;
      error.detail["saved_query"] = reference;
      return fail(std::move(error));
    }
    apply_definitions(source.parameters, *bound, out.request);
    out.request.saved[reference] = std::move(*bound);
  }
  return out;
}

wire::QueryRequest QueryService::request_of(const Prepared& prepared) const {
  wire::QueryRequest request;
  request.catalog = prepared.catalog;
  request.sql = prepared.request.sql;
  request.parameters = prepared.request.parameters;
  request.parameter_types = prepared.request.parameter_types;
  request.saved = prepared.request.saved;
  request.limits.max_rows = prepared.limit;
  request.limits.max_result_bytes = kMaxStreamBytes;
  request.limits.timeout_ms = prepared.limits.max_seconds * 1000;
  request.limits.memory_bytes = prepared.limits.memory_bytes;
  return request;
}

// What every run has around it: a place in the list of those under way, and its memory.
Result<Outcome> QueryService::with_attempt(const catalog::Principal& who,
                                           const Execution& execution, const RunListener& listener,
                                           std::stop_token stop,
                                           const std::function<Result<Outcome>(Attempt&)>& work) {
  TRY_VOID(authorise(who, Action::read, {"query", who.workspace_id}));
  Attempt run{who, execution, listener, {}};
  run.query_id = new_id();
  run.begun = std::chrono::steady_clock::now();
  run.begun_at = now();
  std::vector<ParameterDefinition> definitions;
  if (execution.saved_query_id) {
    TRY(auto saved, saved_.get(who, *execution.saved_query_id));
    if (sql::normalise(saved.sql_query) == sql::normalise(execution.sql)) {
      run.saved_version = saved.version;
    }
    definitions = std::move(saved.parameter_definitions);
  }
  RunningQuery shown;
  shown.query_id = run.query_id;
  shown.client_run_id = execution.client_run_id;
  shown.sql_query = execution.sql;
  shown.started_at = format_time(run.begun_at);
  shown.saved_query_id = execution.saved_query_id;
  TRY(const auto handle, running_.add(who, std::move(shown), std::move(stop)));
  run.handle = handle.get();
  run.stop = handle->stop();
  listener.on_start(run.query_id);

  auto outcome = [&]() -> Result<Outcome> {
    TRY(run.prepared, prepare(who, execution));
    apply_definitions(definitions, run.prepared.request.sql, run.prepared.request);
    return work(run);
  }();
  TRY_VOID(remember(run, outcome));
  return outcome;
}

Result<Outcome> QueryService::execute(const catalog::Principal& who, const Execution& execution,
                                      const RunListener& listener, std::stop_token stop) {
  return with_attempt(who, execution, listener, std::move(stop),
                      [this](Attempt& run) { return attempt(run); });
}

Result<Outcome> QueryService::export_result(const catalog::Principal& who,
                                            const Execution& execution, wire::ExportFormat format,
                                            const std::function<Result<>(std::string_view)>& bytes,
                                            std::stop_token stop) {
  return with_attempt(who, execution, {}, std::move(stop), [&](Attempt& run) -> Result<Outcome> {
    TRY(const auto place,
        admission_.enter(who.workspace_id, run.prepared.limits.concurrent_queries, run.stop,
                         [&](std::int64_t position) { run.handle->queued(position); }));
    run.handle->begun();
    workers::RunOptions options;
    options.timeout = std::chrono::seconds(run.prepared.limits.max_seconds * kExportPatience);
    options.stop = run.stop;
    options.on_progress = [&](const wire::Progress& p) { run.handle->written(p.rows, p.fraction); };
    options.on_data = [&](std::string_view piece) {
      run.handle->sent(piece.size());
      return bytes(piece);
    };
    const wire::ExportRequest request{request_of(run.prepared), format};
    TRY(auto reply,
        workers::run<wire::QueryReply>(pool_, workspace_of(who), wire::Operation::export_result,
                                       request, options));
    return Outcome{run.query_id, std::move(reply.head), {}, false};
  });
}

Result<Outcome> QueryService::attempt(Attempt& run) {
  if (!run.execution.use_cache) return run_in_worker(run, nullptr);
  const auto& prepared = run.prepared;
  const json::Value all = json::Array{run.who.workspace_id,
                                      sql::normalise(prepared.request.sql),
                                      prepared.request.parameters,
                                      json::to_value(prepared.request.parameter_types),
                                      json::to_value(prepared.request.saved),
                                      prepared.limit,
                                      json::to_value(run.execution.data_source_ids)};
  std::array<unsigned char, 32> hash;
  const std::string text = json::dump(all);
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  run.key.assign(hash.begin(), hash.end());
  if (const auto known = cache_.find(run.key, prepared.catalog)) return give_cached(run, known);
  auto joined = flights_.join(run.key + prepared.catalog.fingerprint(), run.stop);
  if (joined.result) return give_cached(run, joined.result);
  if (joined.lead && redis_) {
    // Another server may have run it.
    if (const auto known = redis_->find(run.key, prepared.catalog)) {
      cache_.put(run.key, known);
      joined.lead->land(known);
      return give_cached(run, known);
    }
  }
  return run_in_worker(run, joined.lead ? &*joined.lead : nullptr);
}

Result<Outcome> QueryService::give_cached(Attempt& run, const SharedResult& result) {
  run.listener.on_columns(result->head.columns);
  run.preview.add(result->rows);
  if (!result->rows.empty()) TRY_VOID(run.listener.rows(result->rows));
  Outcome outcome{run.query_id, result->head, result->suggested_chart, true};
  outcome.head.execution_time = seconds_since(run.begun);
  return outcome;
}

Result<Outcome> QueryService::run_in_worker(Attempt& run, Flights::Lead* lead) {
  TRY(const auto place,
      admission_.enter(run.who.workspace_id, run.prepared.limits.concurrent_queries, run.stop,
                       [&](std::int64_t position) {
                         run.handle->queued(position);
                         run.listener.on_queue(position);
                       }));
  run.handle->begun();

  std::string kept;  // the rows, while they may still go into the cache
  bool keeping = lead != nullptr;
  const auto give_up_keeping = [&] {
    keeping = false;
    kept = {};
    if (lead) lead->land(nullptr);
  };
  WholeRows whole([&](std::string_view rows) -> Result<> {
    run.preview.add(rows);
    run.handle->sent(rows.size());
    if (keeping && kept.size() + rows.size() > cache_.max_entry_bytes()) give_up_keeping();
    if (keeping) kept += rows;
    return run.listener.rows(rows);
  });
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(run.prepared.limits.max_seconds);
  options.stop = run.stop;
  options.on_data = [&](std::string_view bytes) { return whole.add(bytes); };
  options.on_progress = [&](const wire::Progress& progress) {
    if (progress.repeatable && !*progress.repeatable) give_up_keeping();
    if (progress.columns) run.listener.on_columns(*progress.columns);
    if (progress.columns || progress.fraction <= 0) return;
    run.handle->progressed(progress.fraction);
    run.listener.on_progress(progress.fraction);
  };
  TRY(auto reply,
      workers::run<wire::QueryReply>(pool_, workspace_of(run.who), wire::Operation::query,
                                     request_of(run.prepared), options));
  TRY_VOID(whole.finish());
  if (keeping && reply.cacheable) {
    auto result = std::make_shared<const CachedResult>(
        CachedResult{reply.head, reply.suggested_chart, std::move(kept),
                     versions_of(run.prepared.catalog, reply.head.tables)});
    cache_.put(run.key, result);
    lead->land(result);
    if (redis_) redis_->put(run.key, *result);
  }
  return Outcome{run.query_id, std::move(reply.head), std::move(reply.suggested_chart), false};
}

Result<> QueryService::remember(const Attempt& attempt, const Result<Outcome>& outcome) {
  Run run;
  run.query_id = attempt.query_id;
  run.sql_query = attempt.execution.sql;
  run.parameters = attempt.prepared.request.parameters;
  run.execution_time = seconds_since(attempt.begun);
  run.started_by = attempt.execution.started_by;
  run.saved_query_id = attempt.execution.saved_query_id;
  run.saved_version = attempt.saved_version;
  run.created_at = format_time(attempt.begun_at);
  if (outcome) {
    run.row_count = outcome->head.row_count;
    run.cached = outcome->cached;
    run.versions_read = versions_of(attempt.prepared.catalog, outcome->head.tables);
    run.preview = Preview{outcome->head.columns, attempt.preview.rows()};
  } else {
    run.status =
        outcome.error().code == ErrorCode::cancelled ? RunStatus::cancelled : RunStatus::failed;
    run.error_message = outcome.error().message;
  }
  TRY_VOID(history_.keep(attempt.who, run, attempt.prepared.request));
  attempt.handle->ended(run.status, run.error_message, run.row_count);
  return {};
}

}  // namespace sextant::queries
