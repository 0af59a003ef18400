#pragma once
// /api/queries: running SQL, the history of runs, saved queries.

#include "http/router.h"
#include "platform/queries/query_service.h"
#include "platform/queries/schedules.h"
#include "platform/queries/suggestions.h"

namespace sextant::api {

void add_query_routes(http::Router& router, queries::QueryService& queries);
void add_run_routes(http::Router& router, queries::QueryService& queries);
void add_saved_query_routes(http::Router& router, queries::SavedQueries& saved,
                            queries::QueryService& queries);
void add_query_export_route(http::Router& router, queries::QueryService& queries);
void add_query_schedule_routes(http::Router& router, queries::Schedules& schedules);
void add_query_suggestion_route(http::Router& router, queries::Suggestions& suggestions);

}  // namespace sextant::api
