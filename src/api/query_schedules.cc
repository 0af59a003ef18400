#include "api/queries.h"

namespace sextant::api {
namespace {

using http::Empty;
using http::Method;
using http::RequestContext;
using queries::Schedule;

struct QueryId {
  std::string query_id;
};
BOOST_DESCRIBE_STRUCT(QueryId, (), (query_id))

struct ScheduleInput : queries::ScheduleFields {
  std::string query_id;
};
BOOST_DESCRIBE_STRUCT(ScheduleInput, (queries::ScheduleFields), (query_id))

}  // namespace

void add_query_schedule_routes(http::Router& router, queries::Schedules& schedules) {
  router.route<QueryId, Schedule>({.method = Method::get,
                                   .path = "/api/queries/{query_id}/schedule",
                                   .tag = "queries",
                                   .summary = "When a saved query runs by itself"},
                                  [&schedules](const RequestContext& c, QueryId in) {
                                    return schedules.get(*c.principal, in.query_id);
                                  });

  router.route<ScheduleInput, Schedule>(
      {.method = Method::put,
       .path = "/api/queries/{query_id}/schedule",
       .tag = "queries",
       .summary = "Let a saved query run by itself, in the caller's name",
       .description =
           "Times are in UTC: `minute` 0 to 59, `hour` 0 to 23 (not of hourly), `weekday` "
           "1 Monday to 7 (of weekly), `day` 1 to 28 (of monthly). Its runs are in the "
           "history, started by the schedule."},
      [&schedules](const RequestContext& c, ScheduleInput in) {
        return schedules.set(*c.principal, in.query_id, in);
      });

  router.route<QueryId, Empty>({.method = Method::del,
                                .path = "/api/queries/{query_id}/schedule",
                                .tag = "queries",
                                .summary = "Let a saved query not run by itself any more"},
                               [&schedules](const RequestContext& c, QueryId in) -> Result<Empty> {
                                 TRY_VOID(schedules.remove(*c.principal, in.query_id));
                                 return Empty{};
                               });
}

}  // namespace sextant::api
