#pragma once
// /api/ai/teachings: what the question engine was taught.

#include "http/router.h"
#include "platform/models/teaching_service.h"

namespace sextant::api {

void add_teaching_routes(http::Router& router, models::TeachingService& service);

}  // namespace sextant::api
