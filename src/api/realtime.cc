#include "api/realtime.h"

namespace sextant::api {

void add_realtime_routes(http::Router& router, http::Hub& hub) {
  router.route<http::Empty, http::Ticket>(
      {.method = http::Method::post,
       .path = "/api/realtime/ticket",
       .tag = "realtime",
       .summary = "A ticket for the WebSocket",
       .description =
           "Connect to /api/realtime?ticket=…&after=SEQ. A ticket works once, for a short time. "
           "Messages are {seq, type, source_id?, data}; `after` is the last seq seen, so that "
           "nothing is missed."},
      [&hub](const http::RequestContext& c, http::Empty) -> Result<http::Ticket> {
        return hub.issue_ticket(*c.principal);
      });
}

}  // namespace sextant::api
