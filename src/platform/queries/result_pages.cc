// Pages of an earlier run.
#include <algorithm>

#include "platform/queries/attempt.h"
#include "platform/workers/typed_run.h"

namespace sextant::queries {
namespace {

std::string spill_path(const std::string& query_id) { return "results/" + query_id + ".duckdb"; }

}  // namespace

Result<catalog::Catalog> QueryService::catalog_of_run(const catalog::Principal& who,
                                                      catalog::Catalog read) const {
  // While the data is still the same, the engine that is open already serves.
  TRY(auto current, data_.catalog(who.workspace_id));
  const bool same = std::ranges::all_of(read.sources, [&](const auto& source) {
    return std::ranges::any_of(current.sources, [&](const auto& now) {
      return now.source_id == source.source_id && now.version == source.version;
    });
  });
  return same ? std::move(current) : std::move(read);
}

Result<Outcome> QueryService::page(const catalog::Principal& who, const std::string& query_id,
                                   std::int64_t offset, std::int64_t limit,
                                   const RunListener& listener, std::stop_token stop) {
  TRY(auto earlier, history_.repeatable(who, query_id));
  const auto workspace = workspace_of(who);
  TRY_VOID(files_.prepare(who.workspace_id));
  Prepared prepared;
  TRY(prepared.limits, limits_.get(who.workspace_id));
  const auto is_there = [&] {
    std::error_code ec;
    return std::filesystem::exists(workspace.folder / spill_path(query_id), ec);
  };
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(prepared.limits.max_seconds);
  options.stop = stop;
  while (!is_there()) {
    // Of several pages asked for at once, one writes the file.
    const auto joined = flights_.join("page " + query_id, stop);
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "The request was cancelled.");
    if (!joined.lead) continue;
    TRY(const auto place, admission_.enter(who.workspace_id, prepared.limits.concurrent_queries,
                                           stop, [](std::int64_t) {}));
    prepared.request = earlier.request;
    TRY(prepared.catalog, catalog_of_run(who, earlier.catalog));
    prepared.limit = 1;
    auto request = request_of(prepared);
    request.spill_to = spill_path(query_id);
    options.on_data = [](std::string_view) -> Result<> { return {}; };
    TRY_VOID(
        workers::run<wire::QueryReply>(pool_, workspace, wire::Operation::query, request, options));
  }
  WholeRows whole(listener.rows);
  options.on_data = [&](std::string_view bytes) { return whole.add(bytes); };
  const wire::FetchPageRequest request{spill_path(query_id), offset, limit};
  TRY(auto reply, workers::run<wire::QueryReply>(pool_, workspace, wire::Operation::fetch_page,
                                                 request, options));
  TRY_VOID(whole.finish());
  return Outcome{query_id, std::move(reply.head), std::move(reply.suggested_chart), false};
}

}  // namespace sextant::queries
