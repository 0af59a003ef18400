#include "platform/queries/saved_queries.h"

#include <fmt/format.h>

#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "platform/accounts/authorise.h"
#include "platform/queries/saved_query_rows.h"

namespace sextant::queries {
namespace {

using accounts::Action;
using accounts::authorise;

accounts::Resource resource(const SavedQuery& query, const catalog::Principal& who) {
  return {"query", who.workspace_id, query.user_id, !query.shared};
}

}  // namespace

Result<SavedQuery> SavedQueries::find(store::Session& session, const catalog::Principal& who,
                                      const std::string& query_id, bool in_trash) {
  TRY(auto row,
      session.one(std::string(kSavedQueries) + "AND q.id = $3 AND (q.deleted_at IS NOT NULL) = $4",
                  {who.workspace_id, who.user_id, query_id, in_trash}, "query"));
  return read_saved_query(row, who);
}

Result<SavedQuery> SavedQueries::get(const catalog::Principal& who, const std::string& query_id) {
  TRY_VOID(authorise(who, Action::read, {"query", who.workspace_id}));
  return find(database_, who, query_id, false);
}

Result<> SavedQueries::announce(store::Transaction& tx, const catalog::Principal& who,
                                const char* type, const std::string& query_id) {
  TRY_VOID(events_.append(tx, who.workspace_id, type, std::nullopt,
                          json::Object{{"query_id", query_id}}));
  return {};
}

Result<SavedQuery> SavedQueries::create(const catalog::Principal& who, const QueryFields& fields) {
  SavedQuery query;
  query.id = new_id();
  query.name = fields.name.value_or("");
  query.sql_query = fields.sql_query.value_or("");
  query.description = fields.description.value_or("");
  query.tags = fields.tags.value_or(std::vector<std::string>{});
  query.folder = fields.folder.value_or("");
  query.shared = fields.shared.value_or(false);
  query.parameter_definitions =
      fields.parameter_definitions.value_or(std::vector<ParameterDefinition>{});
  query.reading = fields.reading;
  query.chart = fields.chart;
  query.user_id = who.user_id;
  TRY_VOID(authorise(who, query.shared ? Action::share : Action::create, resource(query, who)));
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(query.reference,
        free_reference(tx, who, fields.reference.value_or(text::snake_case(query.name, "query")),
                       query.id));
    if (fields.reference && query.reference != *fields.reference) {
      return fail(json::field_errors({{"reference", "is taken by another query"}}));
    }
    TRY_VOID(refuse_cycle(tx, who, query.reference, query.sql_query));
    TRY_VOID(tx.execute(
        "INSERT INTO queries (id, workspace_id, user_id, name, reference, description, sql_query, "
        "tags, folder, shared, parameter_definitions, reading, chart, status, created_at, "
        "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'saved', $14, "
        "$14)",
        {query.id, who.workspace_id, who.user_id, query.name, query.reference, query.description,
         query.sql_query, store::Value::json(query.tags), query.folder, query.shared,
         store::Value::json(query.parameter_definitions), json_or_null(query.reading),
         json_or_null(query.chart), now()}));
    TRY_VOID(keep_version(tx, who, query));
    return announce(tx, who, "query.saved", query.id);
  }));
  return get(who, query.id);
}

Result<SavedQuery> SavedQueries::change(const catalog::Principal& who, const std::string& query_id,
                                        const QueryFields& fields) {
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(auto query, find(tx, who, query_id, false));
    TRY_VOID(authorise(who, Action::write, resource(query, who)));
    if (fields.version && *fields.version != query.version) {
      return fail(ErrorCode::conflict,
                  fmt::format("The query was changed meanwhile: it is at version {}, not {}.",
                              query.version, *fields.version),
                  "Load it again and repeat the change.", {{"version", query.version}});
    }
    if (fields.shared && *fields.shared != query.shared) {
      query.shared = true;
      TRY_VOID(
          authorise(who, *fields.shared ? Action::share : Action::remove, resource(query, who)));
      query.shared = *fields.shared;
    }
    const SavedQuery before = query;
    if (fields.reference && *fields.reference != query.reference) {
      TRY(query.reference, free_reference(tx, who, *fields.reference, query_id));
      if (query.reference != *fields.reference) {
        return fail(json::field_errors({{"reference", "is taken by another query"}}));
      }
    }
    query.name = fields.name.value_or(query.name);
    query.description = fields.description.value_or(query.description);
    query.tags = fields.tags.value_or(query.tags);
    query.folder = fields.folder.value_or(query.folder);
    query.sql_query = fields.sql_query.value_or(query.sql_query);
    query.parameter_definitions =
        fields.parameter_definitions.value_or(query.parameter_definitions);
    if (query.sql_query != before.sql_query) query.reading.reset();
    if (fields.reading) query.reading = fields.reading;
    if (fields.chart) query.chart = fields.chart;
    TRY_VOID(refuse_cycle(tx, who, query.reference, query.sql_query));
    const bool content_changed =
        query.sql_query != before.sql_query || query.reading != before.reading ||
        query.chart != before.chart ||
        json::to_value(query.parameter_definitions) != json::to_value(before.parameter_definitions);
    if (content_changed) {
      ++query.version;
      TRY_VOID(keep_version(tx, who, query));
    }
    TRY_VOID(tx.execute(
        "UPDATE queries SET name = $2, reference = $3, description = $4, sql_query = $5, "
        "tags = $6, folder = $7, shared = $8, version = $9, parameter_definitions = $10, "
        "reading = $11, chart = $12, updated_at = $13 WHERE id = $1",
        {query_id, query.name, query.reference, query.description, query.sql_query,
         store::Value::json(query.tags), query.folder, query.shared, query.version,
         store::Value::json(query.parameter_definitions), json_or_null(query.reading),
         json_or_null(query.chart), now()}));
    return announce(tx, who, "query.saved", query_id);
  }));
  return get(who, query_id);
}

Result<> SavedQueries::remove(const catalog::Principal& who, const std::string& query_id,
                              bool permanently) {
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(const auto query, find(tx, who, query_id, permanently));
    TRY_VOID(authorise(who, Action::remove, resource(query, who)));
    if (permanently) {
      TRY_VOID(tx.execute("DELETE FROM queries WHERE id = $1", {query_id}));
    } else {
      TRY_VOID(tx.execute("UPDATE queries SET deleted_at = $2, updated_at = $2 WHERE id = $1",
                          {query_id, now()}));
    }
    return announce(tx, who, "query.deleted", query_id);
  });
}

Result<SavedQuery> SavedQueries::restore(const catalog::Principal& who,
                                         const std::string& query_id) {
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(const auto query, find(tx, who, query_id, true));
    TRY_VOID(authorise(who, Action::write, resource(query, who)));
    // Meanwhile another one may have taken its name.
    TRY(const auto reference, free_reference(tx, who, query.reference, query_id));
    TRY_VOID(refuse_cycle(tx, who, reference, query.sql_query));
    TRY_VOID(
        tx.execute("UPDATE queries SET deleted_at = NULL, reference = $2, updated_at = $3 "
                   "WHERE id = $1",
                   {query_id, reference, now()}));
    return announce(tx, who, "query.saved", query_id);
  }));
  return get(who, query_id);
}

Result<SavedQuery> SavedQueries::duplicate(const catalog::Principal& who,
                                           const std::string& query_id,
                                           const std::optional<std::string>& name) {
  TRY(auto query, get(who, query_id));
  QueryFields fields;
  fields.name = name.value_or("Copy of " + query.name);
  fields.sql_query = std::move(query.sql_query);
  fields.description = std::move(query.description);
  fields.tags = std::move(query.tags);
  fields.folder = std::move(query.folder);
  fields.parameter_definitions = std::move(query.parameter_definitions);
  fields.reading = std::move(query.reading);
  fields.chart = std::move(query.chart);
  return create(who, fields);
}

}  // namespace sextant::queries
