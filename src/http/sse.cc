#include "http/sse.h"

#include <fmt/format.h>

namespace sextant::http {

Result<> SseWriter::start() {
  return writer_.start(200, "text/event-stream",
                       {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}});
}

Result<> SseWriter::event(std::string_view name, const json::Value& data) {
  return writer_.write(fmt::format("event: {}\ndata: {}\n\n", name, json::dump(data)));
}

Result<> SseWriter::keep_alive() { return writer_.write(": keep-alive\n\n"); }

}  // namespace sextant::http
