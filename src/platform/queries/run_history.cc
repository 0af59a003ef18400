#include "platform/queries/run_history.h"

#include "base/text.h"
#include "platform/accounts/authorise.h"
#include "platform/sources/repository.h"

namespace sextant::queries {
namespace {

using accounts::Action;
using accounts::authorise;

constexpr const char* kColumns =
    "SELECT r.id, r.sql_query, r.parameters, r.status, r.error_message, r.execution_time, "
    "r.row_count, r.cached, r.started_by, r.saved_query_id, r.saved_version, r.versions_read, "
    "r.user_id, r.created_at, r.result_data, r.run_request "
    "FROM queries r LEFT JOIN queries s ON s.id = r.saved_query_id "
    "WHERE r.workspace_id = $1 AND r.name IS NULL ";

// Beside what the columns of a run have.
struct StoredRequest {
  std::optional<std::string> sql;  // when it is not the text that the person wrote
  std::map<std::string, catalog::ParameterType> parameter_types;
  std::map<std::string, std::string> saved;
};
BOOST_DESCRIBE_STRUCT(StoredRequest, (), (sql, parameter_types, saved))

// PostgreSQL keeps no NUL in a document; a preview with one goes without its rows.
std::string preview_text(const Preview& preview) {
  std::string text = json::dump(preview);
  if (text.find("\\u0000") == std::string::npos) return text;
  return json::dump(Preview{preview.columns, {}});
}

Result<Run> read(const store::Row& row) {
  Run run;
  run.query_id = row.text("id");
  run.sql_query = row.text("sql_query");
  TRY(run.parameters, row.document<json::Object>("parameters"));
  run.status = json::enum_from<RunStatus>(row.text("status")).value_or(RunStatus::failed);
  run.error_message = row.maybe_text("error_message");
  run.execution_time = row.real("execution_time");
  run.row_count = row.maybe_integer("row_count");
  run.cached = row.boolean("cached");
  run.started_by = json::enum_from<StartedBy>(row.text("started_by")).value_or(StartedBy::person);
  run.saved_query_id = row.maybe_text("saved_query_id");
  run.saved_version = row.maybe_integer("saved_version");
  TRY(run.versions_read, (row.document<std::map<std::string, std::int64_t>>("versions_read")));
  run.user_id = row.maybe_text("user_id");
  run.created_at = row.text("created_at");
  return run;
}

}  // namespace

Result<> RunHistory::keep(const catalog::Principal& who, const Run& run,
                          const RunRequest& request) {
  StoredRequest stored{std::nullopt, request.parameter_types, request.saved};
  if (!request.sql.empty() && request.sql != run.sql_query) stored.sql = request.sql;
  const bool plain = !stored.sql && stored.parameter_types.empty() && stored.saved.empty();
  TRY_VOID(database_.execute(
      "INSERT INTO queries (id, workspace_id, user_id, sql_query, parameters, execution_time, "
      "row_count, status, error_message, result_data, versions_read, cached, started_by, "
      "saved_query_id, saved_version, run_request, created_at, updated_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)",
      {run.query_id, who.workspace_id, who.user_id, run.sql_query,
       store::Value::json(run.parameters), run.execution_time, run.row_count,
       json::enum_name(run.status), run.error_message,
       run.preview ? store::Value(preview_text(*run.preview)) : store::Value(),
       store::Value::json(run.versions_read), run.cached, json::enum_name(run.started_by),
       run.saved_query_id, run.saved_version, plain ? store::Value() : store::Value::json(stored),
       run.created_at}));
  return {};
}

Result<std::optional<RunStatus>> RunHistory::last_scheduled(const std::string& saved_query_id,
                                                            const std::string& before) {
  TRY(const auto row,
      database_.first("SELECT status FROM queries WHERE saved_query_id = $1 AND started_by = $2 "
                      "AND created_at < $3 ORDER BY created_at DESC, id DESC LIMIT 1",
                      {saved_query_id, json::enum_name(StartedBy::schedule), before}));
  if (!row) return std::nullopt;
  return json::enum_from<RunStatus>(row->text("status"));
}

Result<RunPage> RunHistory::list(const catalog::Principal& who, const RunFilter& filter) {
  TRY_VOID(authorise(who, Action::read, {"query", who.workspace_id}));
  std::optional<std::string> search, status;
  if (filter.search) {
    search = "%";
    for (const char c : text::lower_ascii(*filter.search)) {
      if (c == '%' || c == '_' || c == '\\') search->push_back('\\');
      search->push_back(c);
    }
    search->push_back('%');
  }
  if (filter.status) status = json::enum_name(*filter.status);
  // Ids sort by time, so the id of the last one shown is the cursor.
  TRY(auto rows,
      database_.query(
          std::string(kColumns) +
              "AND (r.user_id = $2 OR ($3 AND s.shared = TRUE)) "
              "AND (CAST($4 AS TEXT) IS NULL OR r.status = $4) "
              "AND (CAST($5 AS TEXT) IS NULL OR lower(r.sql_query) LIKE $5 ESCAPE '\\') "
              "AND (CAST($6 AS TEXT) IS NULL OR r.saved_query_id = $6) "
              "AND (CAST($7 AS TEXT) IS NULL OR r.id < $7) "
              "AND r.created_at >= $8 AND r.created_at < $9 "
              "ORDER BY r.id DESC LIMIT $10",
          {who.workspace_id, who.user_id, filter.of_everybody, status, search,
           filter.saved_query_id, filter.cursor, format_time(filter.since.value_or(Timestamp{})),
           format_time(filter.until.value_or(now() + std::chrono::days(1))), filter.limit + 1}));
  RunPage page;
  for (const auto& row : rows) {
    if (std::ssize(page.runs) == filter.limit) {
      page.next_cursor = page.runs.back().query_id;
      break;
    }
    TRY(auto run, read(row));
    page.runs.push_back(std::move(run));
  }
  return page;
}

Result<store::Row> RunHistory::find(const catalog::Principal& who, const std::string& query_id) {
  TRY_VOID(authorise(who, Action::read, {"query run", who.workspace_id}));
  return database_.one(
      std::string(kColumns) +
          "AND (r.user_id = $2 OR s.shared = TRUE) AND r.id = $3 AND r.deleted_at IS NULL",
      {who.workspace_id, who.user_id, query_id}, "query run");
}

Result<Run> RunHistory::get(const catalog::Principal& who, const std::string& query_id) {
  TRY(const auto row, find(who, query_id));
  TRY(auto run, read(row));
  TRY(run.preview, row.document<Preview>("result_data"));
  return run;
}

Result<RunHistory::Repeatable> RunHistory::repeatable(const catalog::Principal& who,
                                                      const std::string& query_id) {
  TRY(const auto row, find(who, query_id));
  TRY(auto run, read(row));
  TRY(auto stored, row.document<StoredRequest>("run_request"));
  Repeatable out;
  out.request.sql = stored.sql.value_or(std::move(run.sql_query));
  out.request.parameters = std::move(run.parameters);
  out.request.parameter_types = std::move(stored.parameter_types);
  out.request.saved = std::move(stored.saved);
  out.catalog.workspace_id = who.workspace_id;
  for (const auto& [source_id, version] : run.versions_read) {
    auto found = sources::get_source_version(database_, who.workspace_id, source_id, version);
    if (!found) {
      return fail(ErrorCode::gone, "The data that this query read is not there any more.",
                  "Run the query again on the present data.");
    }
    out.catalog.sources.push_back(std::move(*found));
  }
  return out;
}

}  // namespace sextant::queries
