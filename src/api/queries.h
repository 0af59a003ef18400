#pragma once
// /api/queries: running SQL.

#include "http/router.h"
#include "platform/queries/query_service.h"

namespace sextant::api {

void add_query_routes(http::Router& router, queries::QueryService& queries);

}  // namespace sextant::api
