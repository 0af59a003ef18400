#include <fmt/format.h>

#include <algorithm>

#include "base/time.h"
#include "platform/queries/saved_query_rows.h"

namespace sextant::queries {

Result<> SavedQueries::keep_version(store::Session& session, const catalog::Principal& who,
                                    const SavedQuery& query) {
  TRY_VOID(session.execute(
      "INSERT INTO query_versions (query_id, version, sql_query, parameter_definitions, reading, "
      "chart, user_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {query.id, query.version, query.sql_query, store::Value::json(query.parameter_definitions),
       json_or_null(query.reading), json_or_null(query.chart), who.user_id, now()}));
  return {};
}

Result<std::vector<QueryVersion>> SavedQueries::versions(const catalog::Principal& who,
                                                         const std::string& query_id) {
  TRY_VOID(get(who, query_id));
  TRY(auto rows,
      database_.query("SELECT version, sql_query, parameter_definitions, reading, chart, user_id, "
                      "created_at FROM query_versions WHERE query_id = $1 ORDER BY version DESC",
                      {query_id}));
  std::vector<QueryVersion> out;
  for (const auto& row : rows) {
    QueryVersion version;
    version.version = row.integer("version");
    version.sql_query = row.text("sql_query");
    TRY(version.parameter_definitions,
        row.document<std::vector<ParameterDefinition>>("parameter_definitions"));
    TRY(version.reading, maybe_json(row, "reading"));
    TRY(version.chart, maybe_json(row, "chart"));
    version.user_id = row.maybe_text("user_id");
    version.created_at = row.text("created_at");
    out.push_back(std::move(version));
  }
  return out;
}

Result<SavedQuery> SavedQueries::restore_version(const catalog::Principal& who,
                                                 const std::string& query_id,
                                                 std::int64_t version) {
  TRY(auto all, versions(who, query_id));
  const auto found = std::ranges::find_if(all, [&](const auto& v) { return v.version == version; });
  if (found == all.end()) {
    return fail(ErrorCode::not_found, fmt::format("The query has no version {}.", version),
                "Load the list of its versions again.");
  }
  QueryFields fields;
  fields.sql_query = std::move(found->sql_query);
  fields.parameter_definitions = std::move(found->parameter_definitions);
  fields.reading = std::move(found->reading);
  fields.chart = std::move(found->chart);
  return change(who, query_id, fields);
}

}  // namespace sextant::queries
