#pragma once
// /api/ai/golden: answers that somebody vouches for, asked again on new data.

#include "http/router.h"
#include "platform/conversations/golden_service.h"

namespace sextant::api {

void add_golden_routes(http::Router& router, conversations::GoldenService& service);

}  // namespace sextant::api
