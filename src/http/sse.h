#pragma once
// Server-sent events over a ResponseWriter.
//
//   SseWriter events(writer);
//   TRY_VOID(events.start());
//   TRY_VOID(events.event("delta", json::Object{{"text", "…"}}));
//
// Used by one handler thread, as the writer is.

#include <string_view>

#include "http/router.h"

namespace sextant::http {

class SseWriter {
 public:
  explicit SseWriter(ResponseWriter& writer) : writer_(writer) {}

  Result<> start();
  // `name` must be one line; the data is one line of JSON.
  Result<> event(std::string_view name, const json::Value& data);
  // Ignored by clients; keeps proxies from closing a quiet stream, and finds out who has left.
  Result<> keep_alive();

 private:
  ResponseWriter& writer_;
};

}  // namespace sextant::http
