#include "platform/queries/query_service.h"

#include <chrono>
#include <set>

#include "base/id.h"
#include "platform/accounts/authorise.h"
#include "platform/sources/repository.h"
#include "platform/workers/typed_run.h"
#include "wire/messages.h"

namespace sextant::queries {
namespace {

constexpr std::size_t kPreviewBytes = 16 << 10;  // of a result, kept with the run

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string spill_path(const std::string& query_id) { return "results/" + query_id + ".duckdb"; }

// Whole rows of "[…],[…]" that fit into the preview.
class Preview {
 public:
  void add(std::string_view bytes) {
    if (text_.size() < kPreviewBytes) text_.append(bytes.substr(0, kPreviewBytes - text_.size()));
  }

  // The rows as a JSON array; a row that was cut is left out.
  json::Array rows() const {
    for (std::size_t end = text_.size(); end > 0;) {
      if (auto parsed = json::parse("[" + text_.substr(0, end) + "]")) return parsed->as_array();
      end = text_.rfind("],[", end - 1);
      if (end == std::string::npos) break;
      ++end;  // keep the bracket that closes the row
    }
    return {};
  }

 private:
  std::string text_;
};

}  // namespace

// An earlier run, as needed to read on in its result.
struct QueryService::Run {
  std::string sql;
  json::Object parameters;
  catalog::Catalog catalog;
};

QueryService::QueryService(store::Database& database, const blobs::WorkspaceFiles& files,
                           workers::Pool& pool, sources::WorkspaceData& data,
                           const Settings& settings)
    : database_(database), files_(files), pool_(pool), data_(data), settings_(settings) {}

Result<Outcome> QueryService::execute(const catalog::Principal& who, const Execution& execution,
                                      const RowSink& rows, std::stop_token stop) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"query", who.workspace_id}));
  const std::string query_id = new_id();
  const auto start = std::chrono::steady_clock::now();
  TRY(auto catalog, data_.catalog(who.workspace_id, execution.data_source_ids));
  TRY_VOID(files_.prepare(who.workspace_id));

  wire::QueryRequest request;
  request.catalog = catalog;
  request.sql = execution.sql;
  request.parameters = execution.parameters;
  request.limits.max_rows = execution.limit;
  request.limits.timeout_ms = settings_.query_timeout_seconds * 1000;

  Preview preview;
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.query_timeout_seconds);
  options.stop = stop;
  options.on_data = [&](std::string_view bytes) {
    preview.add(bytes);
    return rows(bytes);
  };
  auto reply =
      workers::run<wire::QueryReply>(pool_, {who.workspace_id, files_.folder(who.workspace_id)},
                                     wire::Operation::query, request, options);
  const double seconds = seconds_since(start);
  if (!reply) {
    TRY_VOID(remember(
        {who, query_id, execution, catalog, "failed", &reply.error(), nullptr, {}, seconds}));
    return fail(std::move(reply).error());
  }
  TRY_VOID(remember({who, query_id, execution, catalog, "completed", nullptr, &reply->head,
                     preview.rows(), seconds}));
  return Outcome{query_id, std::move(reply->head), std::move(reply->suggested_chart)};
}

Result<Outcome> QueryService::page(const catalog::Principal& who, const std::string& query_id,
                                   std::int64_t offset, std::int64_t limit, const RowSink& rows,
                                   std::stop_token stop) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"query", who.workspace_id}));
  TRY(Run run, find_run(who, query_id));
  const workers::WorkspaceRef workspace{who.workspace_id, files_.folder(who.workspace_id)};
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.query_timeout_seconds);
  options.stop = stop;

  std::error_code ec;
  if (!std::filesystem::exists(workspace.folder / spill_path(query_id), ec)) {
    wire::QueryRequest request;
    request.catalog = std::move(run.catalog);
    request.sql = run.sql;
    request.parameters = run.parameters;
    request.limits.max_rows = 1;
    request.limits.timeout_ms = settings_.query_timeout_seconds * 1000;
    request.spill_to = spill_path(query_id);
    options.on_data = [](std::string_view) -> Result<> { return {}; };
    TRY_VOID(
        workers::run<wire::QueryReply>(pool_, workspace, wire::Operation::query, request, options));
  }
  options.on_data = [&](std::string_view bytes) { return rows(bytes); };
  const wire::FetchPageRequest request{spill_path(query_id), offset, limit};
  TRY(auto reply, workers::run<wire::QueryReply>(pool_, workspace, wire::Operation::fetch_page,
                                                 request, options));
  return Outcome{query_id, std::move(reply.head), std::move(reply.suggested_chart)};
}

Result<QueryService::Run> QueryService::find_run(const catalog::Principal& who,
                                                 const std::string& query_id) {
  TRY(auto row,
      database_.one("SELECT sql_query, parameters, versions_read FROM queries "
                    "WHERE id = $1 AND workspace_id = $2 AND user_id = $3 AND deleted_at IS NULL",
                    {query_id, who.workspace_id, who.user_id}, "query run"));
  Run run;
  run.sql = row.text("sql_query");
  TRY(run.parameters, row.document<json::Object>("parameters"));
  TRY(auto versions, (row.document<std::map<std::string, std::int64_t>>("versions_read")));
  run.catalog.workspace_id = who.workspace_id;
  for (const auto& [source_id, version] : versions) {
    auto found = sources::get_source_version(database_, who.workspace_id, source_id, version);
    if (!found) {
      return fail(ErrorCode::gone, "The data that this query read is not there any more.",
                  "Run the query again on the present data.");
    }
    run.catalog.sources.push_back(std::move(*found));
  }
  return run;
}

Result<> QueryService::remember(const Record& record) {
  // A run of a person is worth its row whatever becomes of it; only versions that exist are named.
  std::map<std::string, std::int64_t> versions;
  for (const auto& source : record.catalog.sources) versions[source.source_id] = source.version;
  json::Object result;
  if (record.head) {
    result["columns"] = json::to_value(record.head->columns);
    result["rows"] = record.preview;
  }
  TRY_VOID(database_.execute(
      "INSERT INTO queries (id, workspace_id, user_id, sql_query, parameters, execution_time, "
      "row_count, "
      "status, error_message, result_data, versions_read, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {record.query_id, record.who.workspace_id, record.who.user_id, record.execution.sql,
       store::Value::json(record.execution.parameters), record.seconds,
       record.head ? store::Value(record.head->row_count) : store::Value(), record.status,
       record.error ? store::Value(record.error->message) : store::Value(),
       store::Value::json(result), store::Value::json(versions), now()}));
  return {};
}

}  // namespace sextant::queries
