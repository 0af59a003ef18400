#pragma once
// /api/realtime/ticket: the way into the WebSocket that pushes a workspace's events.

#include "http/hub.h"
#include "http/router.h"

namespace sextant::api {

void add_realtime_routes(http::Router& router, http::Hub& hub);

}  // namespace sextant::api
