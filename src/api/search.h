#pragma once
// Passages of documents: found by a search, and listed in order.

#include "http/router.h"
#include "platform/search/search_service.h"
#include "platform/sources/source_service.h"

namespace sextant::api {

void add_search_routes(http::Router& router, search::SearchService& search,
                       sources::SourceService& sources);

}  // namespace sextant::api
