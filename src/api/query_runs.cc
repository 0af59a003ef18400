#include "api/queries.h"
#include "base/time.h"

namespace sextant::api {
namespace {

using http::Empty;
using http::Method;
using http::RequestContext;
using queries::QueryService;

struct RunningList {
  std::vector<queries::RunningQuery> runs;
};
BOOST_DESCRIBE_STRUCT(RunningList, (), (runs))

struct RunId {
  std::string run_id;
};
BOOST_DESCRIBE_STRUCT(RunId, (), (run_id))

struct HistoryInput {
  std::optional<queries::RunStatus> status;
  std::optional<std::string> search;
  std::optional<std::string> saved_query_id;
  std::optional<std::string> since;
  std::optional<std::string> until;
  std::optional<std::int64_t> limit;
  std::optional<std::string> cursor;

  static constexpr http::FieldDoc kDocs[] = {{"search", "Part of the SQL, without regard to case"},
                                             {"since", "RFC 3339; runs from then on"},
                                             {"until", "RFC 3339; runs before then"},
                                             {"limit", "1 to 500; 50 when not given"},
                                             {"cursor", "next_cursor of the page before"}};

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors;
    if (limit && (*limit < 1 || *limit > 500)) errors.push_back({"limit", "must be from 1 to 500"});
    if (since && !parse_time(*since))
      errors.push_back({"since", "is no time such as 2026-01-31T10:00:00Z"});
    if (until && !parse_time(*until))
      errors.push_back({"until", "is no time such as 2026-01-31T10:00:00Z"});
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(HistoryInput, (),
                      (status, search, saved_query_id, since, until, limit, cursor))

}  // namespace

void add_run_routes(http::Router& router, QueryService& service) {
  router.route<Empty, RunningList>(
      {.method = Method::get,
       .path = "/api/queries/running",
       .tag = "queries",
       .summary = "Own queries under way"},
      [&service](const RequestContext& c, Empty) -> Result<RunningList> {
        return RunningList{service.running().list(*c.principal)};
      });

  router.route<RunId, Empty>(
      {.method = Method::post,
       .path = "/api/queries/running/{run_id}/cancel",
       .tag = "queries",
       .summary = "Cancel a query under way, by its query_id or client_run_id"},
      [&service](const RequestContext& c, RunId in) -> Result<Empty> {
        TRY_VOID(service.running().cancel(*c.principal, in.run_id));
        return Empty{};
      });

  router.route<HistoryInput, queries::RunPage>(
      {.method = Method::get,
       .path = "/api/queries/history",
       .tag = "queries",
       .summary = "Own runs, newest first"},
      [&service](const RequestContext& c, HistoryInput in) {
        queries::RunFilter filter;
        filter.status = in.status;
        filter.search = in.search;
        filter.saved_query_id = in.saved_query_id;
        if (in.since) filter.since = parse_time(*in.since);
        if (in.until) filter.until = parse_time(*in.until);
        filter.limit = in.limit.value_or(50);
        filter.cursor = in.cursor;
        return service.history().list(*c.principal, filter);
      });

  router.route<RunId, queries::Run>({.method = Method::get,
                                     .path = "/api/queries/history/{run_id}",
                                     .tag = "queries",
                                     .summary = "A run with the first rows of its result"},
                                    [&service](const RequestContext& c, RunId in) {
                                      return service.history().get(*c.principal, in.run_id);
                                    });

  router.route<Empty, queries::LimitsInForce>(
      {.method = Method::get,
       .path = "/api/queries/limits",
       .tag = "queries",
       .summary = "How much the workspace's queries may take"},
      [&service](const RequestContext& c, Empty) {
        return service.limits().shown(c.principal->workspace_id);
      });

  router.route<queries::LimitsChange, queries::LimitsInForce>(
      {.method = Method::put,
       .path = "/api/queries/limits",
       .tag = "queries",
       .summary = "Set the workspace's limits, within those of the server",
       .description = "By administrators. What is not given is the server's setting again."},
      [&service](const RequestContext& c, queries::LimitsChange in) {
        return service.limits().set(*c.principal, in);
      });
}

}  // namespace sextant::api
