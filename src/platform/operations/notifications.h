#pragma once
// Notifications to a user: kept, counted, marked as read. Thread-safe.

#include <boost/describe.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "catalog/principal.h"
#include "platform/store/database.h"

namespace sextant::operations {

struct Notification {
  std::string id;
  std::string type;  // noun.verb, as of events: source.ready, file.failed
  std::string title;
  std::string message;
  std::optional<std::string> feature;
  boost::json::object data;
  bool read = false;
  std::string created_at;
};
BOOST_DESCRIBE_STRUCT(Notification, (), (id, type, title, message, feature, data, read, created_at))

struct NotificationPage {
  std::vector<Notification> notifications;  // newest first
  std::int64_t unread_count = 0;
  std::optional<std::string> next_cursor;
};

class Notifications {
 public:
  explicit Notifications(store::Database& database) : database_(database) {}

  Result<NotificationPage> list(const catalog::Principal& who, bool unread_only,
                                const std::optional<std::string>& cursor);
  // These, or all when there are no ids.
  Result<> mark_read(const catalog::Principal& who,
                     const std::optional<std::vector<std::string>>& ids);

 private:
  store::Database& database_;
};

}  // namespace sextant::operations
