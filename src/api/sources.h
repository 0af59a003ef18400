#pragma once
// /api/sources: plans, versions, steps and raw cells of data sources.

#include "http/router.h"
#include "platform/sources/source_cells.h"
#include "platform/sources/version_service.h"

namespace sextant::api {

void add_source_routes(http::Router& router, sources::VersionService& versions,
                       sources::SourceCells& cells);

}  // namespace sextant::api
