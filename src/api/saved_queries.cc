#include "api/queries.h"

namespace sextant::api {
namespace {

using http::Empty;
using http::Method;
using http::RequestContext;
using queries::QueryFields;
using queries::SavedQueries;
using queries::SavedQuery;

struct SavedListInput {
  std::optional<std::string> search;
  std::optional<std::string> tag;
  std::optional<std::string> folder;
  std::optional<bool> trash;
  std::optional<std::int64_t> limit;
  std::optional<std::string> cursor;

  static constexpr http::FieldDoc kDocs[] = {
      {"search", "Part of the name, description or SQL, without regard to case"},
      {"folder", "With the folders below it"},
      {"trash", "true: the deleted ones instead"},
      {"limit", "1 to 500; 100 when not given"},
      {"cursor", "next_cursor of the page before"}};

  std::vector<json::FieldError> validate() const {
    if (limit && (*limit < 1 || *limit > 500)) return {{"limit", "must be from 1 to 500"}};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(SavedListInput, (), (search, tag, folder, trash, limit, cursor))

struct QueryId {
  std::string query_id;
};
BOOST_DESCRIBE_STRUCT(QueryId, (), (query_id))

struct ChangeInput : QueryFields {
  std::string query_id;
};
BOOST_DESCRIBE_STRUCT(ChangeInput, (QueryFields), (query_id))

struct RemoveInput {
  std::string query_id;
  std::optional<bool> permanently;
};
BOOST_DESCRIBE_STRUCT(RemoveInput, (), (query_id, permanently))

struct DuplicateInput {
  std::string query_id;
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(DuplicateInput, (), (query_id, name))

struct VersionId {
  std::string query_id;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(VersionId, (), (query_id, version))

struct VersionList {
  std::vector<queries::QueryVersion> versions;  // newest first
};
BOOST_DESCRIBE_STRUCT(VersionList, (), (versions))

struct RunsInput {
  std::string query_id;
  std::optional<std::int64_t> limit;
  std::optional<std::string> cursor;

  std::vector<json::FieldError> validate() const {
    if (limit && (*limit < 1 || *limit > 500)) return {{"limit", "must be from 1 to 500"}};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(RunsInput, (), (query_id, limit, cursor))

Result<> check(QueryFields& fields, bool is_new) {
  std::vector<json::FieldError> errors;
  if (is_new && !fields.name) errors.push_back({"name", "is required"});
  if (is_new && !fields.sql_query) errors.push_back({"sql_query", "is required"});
  for (auto& error : queries::normalise_fields(fields)) errors.push_back(std::move(error));
  if (!errors.empty()) return fail(json::field_errors(errors));
  return {};
}

void add_version_routes(http::Router& router, SavedQueries& saved) {
  router.route<QueryId, VersionList>(
      {.method = Method::get,
       .path = "/api/queries/{query_id}/versions",
       .tag = "queries",
       .summary = "The versions of a saved query, newest first"},
      [&saved](const RequestContext& c, QueryId in) -> Result<VersionList> {
        TRY(auto versions, saved.versions(*c.principal, in.query_id));
        return VersionList{std::move(versions)};
      });

  router.route<VersionId, SavedQuery>(
      {.method = Method::post,
       .path = "/api/queries/{query_id}/versions/{version}/restore",
       .tag = "queries",
       .summary = "Bring the content of an earlier version back, as a new version"},
      [&saved](const RequestContext& c, VersionId in) {
        return saved.restore_version(*c.principal, in.query_id, in.version);
      });
}

}  // namespace

void add_saved_query_routes(http::Router& router, SavedQueries& saved,
                            queries::QueryService& service) {
  router.route<SavedListInput, queries::SavedQueryPage>(
      {.method = Method::get,
       .path = "/api/queries",
       .tag = "queries",
       .summary = "Saved queries, own and shared, last changed first"},
      [&saved](const RequestContext& c, SavedListInput in) {
        return saved.list(*c.principal, {in.search, in.tag, in.folder, in.trash.value_or(false),
                                         in.limit.value_or(100), in.cursor});
      });

  router.route<QueryFields, SavedQuery>(
      {.method = Method::post,
       .path = "/api/queries",
       .tag = "queries",
       .summary = "Save a query",
       .description = "`name` and `sql_query` are needed. `reference` is its name in SQL, FROM "
                      "saved.<reference>; it is made from the name when not given.",
       .status = 201},
      [&saved](const RequestContext& c, QueryFields in) -> Result<SavedQuery> {
        TRY_VOID(check(in, true));
        return saved.create(*c.principal, in);
      });

  router.route<QueryId, SavedQuery>({.method = Method::get,
                                     .path = "/api/queries/{query_id}",
                                     .tag = "queries",
                                     .summary = "A saved query"},
                                    [&saved](const RequestContext& c, QueryId in) {
                                      return saved.get(*c.principal, in.query_id);
                                    });

  router.route<ChangeInput, SavedQuery>(
      {.method = Method::patch,
       .path = "/api/queries/{query_id}",
       .tag = "queries",
       .summary = "Change a saved query",
       .description =
           "What is not given stays. A change of SQL, parameters, reading or chart makes "
           "a new version; a reading is dropped when the SQL changes without it. With "
           "`version` the change is refused when that is not the present one."},
      [&saved](const RequestContext& c, ChangeInput in) -> Result<SavedQuery> {
        TRY_VOID(check(in, false));
        return saved.change(*c.principal, in.query_id, in);
      });

  router.route<RemoveInput, Empty>(
      {.method = Method::del,
       .path = "/api/queries/{query_id}",
       .tag = "queries",
       .summary = "Put a saved query into the trash, or delete one that is in it for good"},
      [&saved](const RequestContext& c, RemoveInput in) -> Result<Empty> {
        TRY_VOID(saved.remove(*c.principal, in.query_id, in.permanently.value_or(false)));
        return Empty{};
      });

  router.route<QueryId, SavedQuery>({.method = Method::post,
                                     .path = "/api/queries/{query_id}/restore",
                                     .tag = "queries",
                                     .summary = "Take a saved query out of the trash"},
                                    [&saved](const RequestContext& c, QueryId in) {
                                      return saved.restore(*c.principal, in.query_id);
                                    });

  router.route<DuplicateInput, SavedQuery>(
      {.method = Method::post,
       .path = "/api/queries/{query_id}/duplicate",
       .tag = "queries",
       .summary = "A copy of one's own",
       .status = 201},
      [&saved](const RequestContext& c, DuplicateInput in) -> Result<SavedQuery> {
        QueryFields name;
        name.name = in.name;
        TRY_VOID(check(name, false));
        return saved.duplicate(*c.principal, in.query_id, name.name);
      });

  router.route<RunsInput, queries::RunPage>(
      {.method = Method::get,
       .path = "/api/queries/{query_id}/runs",
       .tag = "queries",
       .summary = "Runs of a saved query, newest first; of a shared one everybody's"},
      [&saved, &service](const RequestContext& c, RunsInput in) -> Result<queries::RunPage> {
        TRY_VOID(saved.get(*c.principal, in.query_id));
        queries::RunFilter filter;
        filter.saved_query_id = in.query_id;
        filter.of_everybody = true;
        filter.limit = in.limit.value_or(50);
        filter.cursor = in.cursor;
        return service.history().list(*c.principal, filter);
      });

  add_version_routes(router, saved);
}

}  // namespace sextant::api
