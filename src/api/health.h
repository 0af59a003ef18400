#pragma once
// /api/health: whether the process lives, and whether it can do its work.

#include "http/router.h"
#include "platform/operations/health.h"

namespace sextant::api {

void add_health_routes(http::Router& router, operations::Health& health);

}  // namespace sextant::api
