#pragma once
// Tells somebody of something: kept for the bell, and pushed to the open pages. Thread-safe.

#include <optional>
#include <string>

#include "platform/events/event_log.h"

namespace sextant::events {

struct Notice {
  std::string workspace_id;
  std::string user_id;  // whom
  std::string type;     // noun.verb: file.failed
  std::string title;
  std::string message;
  json::Object data;                                    // ids of what it is about
  std::optional<std::string> source_id = std::nullopt;  // of the event
  json::Object event_data = {};                         // of the event, besides type and title
};

// In the caller's transaction: seen with its commit.
Result<> notify(store::Transaction& tx, EventLog& events, Notice notice);

}  // namespace sextant::events
