#include "platform/queries/saved_queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "platform/accounts/authorise.h"
#include "platform/queries/references.h"

namespace sextant::queries {
namespace {

using accounts::Action;
using accounts::authorise;

constexpr const char* kColumns =
    "SELECT q.id, q.name, q.reference, q.description, q.sql_query, q.tags, q.folder, q.shared, "
    "q.version, q.parameter_definitions, q.reading, q.chart, q.user_id, q.created_at, "
    "q.updated_at, q.deleted_at, r.id AS run_id, r.status AS run_status, "
    "r.created_at AS run_created_at, r.row_count AS run_row_count, "
    "r.execution_time AS run_execution_time "
    "FROM queries q LEFT JOIN queries r ON r.id = (SELECT l.id FROM queries l "
    "WHERE l.saved_query_id = q.id ORDER BY l.created_at DESC, l.id DESC LIMIT 1) "
    "WHERE q.workspace_id = $1 AND q.name IS NOT NULL AND (q.shared = TRUE OR q.user_id = $2) ";

// With the values $3 trash, $4 search, $5 tag, $6 folder, $7 what is below the folder.
constexpr const char* kFilter =
    "AND (q.deleted_at IS NOT NULL) = $3 "
    "AND (CAST($4 AS TEXT) IS NULL OR lower(q.name) LIKE $4 ESCAPE '\\' "
    "OR lower(COALESCE(q.description, '')) LIKE $4 ESCAPE '\\' "
    "OR lower(q.sql_query) LIKE $4 ESCAPE '\\') "
    "AND (CAST($5 AS TEXT) IS NULL OR CAST(q.tags AS TEXT) LIKE $5 ESCAPE '\\') "
    "AND (CAST($6 AS TEXT) IS NULL OR q.folder = $6 OR q.folder LIKE $7 ESCAPE '\\') ";

std::string escape_like(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::optional<std::string> pattern(const std::optional<std::string>& part) {
  if (!part || part->empty()) return std::nullopt;
  return "%" + escape_like(*part) + "%";
}

Result<std::optional<json::Value>> maybe_json(const store::Row& row, const char* column) {
  if (row.is_null(column)) return std::nullopt;
  TRY(auto value, row.json(column));
  return std::optional(std::move(value));
}

store::Value json_or_null(const std::optional<json::Value>& value) {
  return value ? store::Value::json(*value) : store::Value();
}

Result<SavedQuery> read(const store::Row& row, const catalog::Principal& who) {
  SavedQuery out;
  out.id = row.text("id");
  out.name = row.text("name");
  out.reference = row.text("reference");
  out.description = row.text("description");
  out.sql_query = row.text("sql_query");
  TRY(out.tags, row.document<std::vector<std::string>>("tags"));
  out.folder = row.text("folder");
  out.shared = row.boolean("shared");
  out.version = row.integer("version");
  TRY(out.parameter_definitions,
      row.document<std::vector<ParameterDefinition>>("parameter_definitions"));
  TRY(out.reading, maybe_json(row, "reading"));
  TRY(out.chart, maybe_json(row, "chart"));
  out.user_id = row.maybe_text("user_id");
  out.owned = out.user_id == who.user_id;
  out.created_at = row.text("created_at");
  out.updated_at = row.text("updated_at");
  out.deleted_at = row.maybe_text("deleted_at");
  if (!row.is_null("run_id")) {
    out.last_run =
        LastRun{row.text("run_id"),
                json::enum_from<RunStatus>(row.text("run_status")).value_or(RunStatus::failed),
                row.text("run_created_at"), row.maybe_integer("run_row_count"),
                row.real("run_execution_time")};
  }
  return out;
}

accounts::Resource resource(const SavedQuery& query, const catalog::Principal& who) {
  return {"query", who.workspace_id, query.user_id, !query.shared};
}

}  // namespace

Result<SavedQueryPage> SavedQueries::list(const catalog::Principal& who,
                                          const SavedQueryFilter& filter) {
  TRY_VOID(authorise(who, Action::read, {"query", who.workspace_id}));
  std::optional<std::string> search, tag, below;
  if (filter.search) search = text::lower_ascii(*filter.search);
  if (filter.tag) tag = json::dump(json::Value(boost::json::string(*filter.tag)));
  if (filter.folder) below = escape_like(*filter.folder) + "/%";
  const store::Params common{who.workspace_id, who.user_id,   filter.trash, pattern(search),
                             pattern(tag),     filter.folder, below};
  SavedQueryPage page;
  TRY(auto counted, database_.one(std::string("SELECT count(*) AS n FROM queries q "
                                              "WHERE q.workspace_id = $1 AND q.name IS NOT NULL "
                                              "AND (q.shared = TRUE OR q.user_id = $2) ") +
                                      kFilter,
                                  common, "count"));
  page.total_count = counted.integer("n");

  // "time~id" of the last one shown.
  std::optional<std::string> time, id;
  if (filter.cursor) {
    const auto parts = text::split(*filter.cursor, '~');
    if (parts.size() != 2 || !parse_time(parts[0])) {
      return fail(json::field_errors({{"cursor", "is not one that was given out"}}));
    }
    time = parts[0];
    id = parts[1];
  }
  store::Params params = common;
  params.insert(params.end(), {time, id, filter.limit + 1});
  TRY(auto rows, database_.query(std::string(kColumns) + kFilter +
                                     "AND (CAST($9 AS TEXT) IS NULL OR q.updated_at < $8 "
                                     "OR (q.updated_at = $8 AND q.id < $9)) "
                                     "ORDER BY q.updated_at DESC, q.id DESC LIMIT $10",
                                 params));
  for (const auto& row : rows) {
    if (std::ssize(page.queries) == filter.limit) {
      page.next_cursor = page.queries.back().updated_at + "~" + page.queries.back().id;
      break;
    }
    TRY(auto query, read(row, who));
    page.queries.push_back(std::move(query));
  }

  TRY(auto places,
      database_.query("SELECT DISTINCT folder, CAST(tags AS TEXT) AS tags FROM queries "
                      "WHERE workspace_id = $1 AND name IS NOT NULL "
                      "AND (shared = TRUE OR user_id = $2) AND deleted_at IS NULL",
                      {who.workspace_id, who.user_id}));
  std::set<std::string> folders, tags;
  for (const auto& row : places) {
    if (auto folder = row.text("folder"); !folder.empty()) folders.insert(std::move(folder));
    TRY(auto list, row.document<std::vector<std::string>>("tags"));
    tags.insert(list.begin(), list.end());
  }
  page.folders.assign(folders.begin(), folders.end());
  page.tags.assign(tags.begin(), tags.end());
  return page;
}

Result<SavedQuery> SavedQueries::find(store::Session& session, const catalog::Principal& who,
                                      const std::string& query_id, bool in_trash) {
  TRY(auto row,
      session.one(std::string(kColumns) + "AND q.id = $3 AND (q.deleted_at IS NOT NULL) = $4",
                  {who.workspace_id, who.user_id, query_id, in_trash}, "query"));
  return read(row, who);
}

Result<SavedQuery> SavedQueries::get(const catalog::Principal& who, const std::string& query_id) {
  TRY_VOID(authorise(who, Action::read, {"query", who.workspace_id}));
  return find(database_, who, query_id, false);
}

Result<std::string> SavedQueries::free_reference(store::Session& session,
                                                 const catalog::Principal& who,
                                                 const std::string& wanted,
                                                 const std::string& query_id) {
  for (int number = 1;; ++number) {
    std::string candidate = number == 1 ? wanted : fmt::format("{}_{}", wanted, number);
    TRY(auto taken, session.first("SELECT id FROM queries WHERE workspace_id = $1 "
                                  "AND reference = $2 AND deleted_at IS NULL AND id <> $3",
                                  {who.workspace_id, candidate, query_id}));
    if (!taken) return candidate;
  }
}

Result<> SavedQueries::refuse_cycle(store::Session& session, const catalog::Principal& who,
                                    const std::string& reference, const std::string& sql) {
  TRY(const auto sources, resolve(session, who, sql));
  std::map<std::string, std::string> others;
  for (const auto& [name, source] : sources) others[name] = source.sql;
  const auto cycle = find_cycle(reference, sql, others);
  if (!cycle) return {};
  json::Array way;
  for (const auto& step : *cycle) way.emplace_back(step);
  return fail(
      ErrorCode::invalid_sql,
      fmt::format("The query would read itself: saved.{}.", text::join(*cycle, " reads saved.")),
      "Read the tables themselves, or another saved query.", {{"cycle", std::move(way)}});
}

Result<> SavedQueries::keep_version(store::Session& session, const catalog::Principal& who,
                                    const SavedQuery& query) {
  TRY_VOID(session.execute(
      "INSERT INTO query_versions (query_id, version, sql_query, parameter_definitions, reading, "
      "chart, user_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {query.id, query.version, query.sql_query, store::Value::json(query.parameter_definitions),
       json_or_null(query.reading), json_or_null(query.chart), who.user_id, now()}));
  return {};
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

Result<std::map<std::string, SavedSource>> SavedQueries::resolve(const catalog::Principal& who,
                                                                 const std::string& sql) {
  return resolve(database_, who, sql);
}

Result<std::map<std::string, SavedSource>> SavedQueries::resolve(store::Session& session,
                                                                 const catalog::Principal& who,
                                                                 const std::string& sql) {
  std::map<std::string, SavedSource> out;
  std::vector<std::string> wanted = references_in(sql);
  while (!wanted.empty()) {
    const std::string reference = std::move(wanted.back());
    wanted.pop_back();
    if (out.contains(reference)) continue;
    TRY(auto row,
        session.first(
            "SELECT sql_query, parameter_definitions FROM queries WHERE workspace_id = $1 "
            "AND reference = $2 AND deleted_at IS NULL "
            "AND (shared = TRUE OR user_id = $3)",
            {who.workspace_id, reference, who.user_id}));
    if (!row) continue;
    SavedSource source{row->text("sql_query"), {}};
    TRY(source.parameters,
        row->document<std::vector<ParameterDefinition>>("parameter_definitions"));
    for (auto& next : references_in(source.sql)) wanted.push_back(std::move(next));
    out.emplace(reference, std::move(source));
  }
  return out;
}

}  // namespace sextant::queries
