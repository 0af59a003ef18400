#pragma once
// From an accepted ticket to an open WebSocket. Used by session_dispatch.cc only.

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/message.hpp>
#include <optional>

#include "http/transport.h"

namespace sextant::http {

struct WebSocketRequest {
  boost::beast::http::request<boost::beast::http::buffer_body> head;
  catalog::Principal principal;
  std::optional<std::int64_t> after;  // replay what came later; none: only what comes now
  std::string request_id;
};

// Takes the socket over; the new connection joins the thread's connections and lives by itself.
void start_websocket(IoThread& io, Socket socket, WebSocketRequest request);

}  // namespace sextant::http
