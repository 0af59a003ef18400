#pragma once
// /api/integration: what every feature knows of every source.

#include "http/router.h"
#include "platform/operations/notifications.h"
#include "platform/sources/source_service.h"

namespace sextant::api {

void add_integration_routes(http::Router& router, sources::SourceService& sources,
                            operations::Notifications& notifications);

}  // namespace sextant::api
