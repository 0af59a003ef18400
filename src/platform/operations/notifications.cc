#include "platform/operations/notifications.h"

#include "platform/accounts/authorise.h"

namespace sextant::operations {
namespace {

constexpr std::int64_t kPageSize = 50;

}  // namespace

Result<NotificationPage> Notifications::list(const catalog::Principal& who, bool unread_only,
                                             const std::optional<std::string>& cursor) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"notification", who.workspace_id}));
  // Ids sort by time, so the id of the last one shown is the cursor.
  TRY(auto rows,
      database_.query(
          "SELECT id, type, title, message, feature, data, read, created_at FROM notifications "
          "WHERE workspace_id = $1 AND user_id = $2 AND (NOT $3 OR read = FALSE) "
          "AND (CAST($4 AS TEXT) IS NULL OR id < $4) ORDER BY id DESC LIMIT $5",
          {who.workspace_id, who.user_id, unread_only, cursor, kPageSize + 1}));
  NotificationPage page;
  for (const auto& row : rows) {
    if (static_cast<std::int64_t>(page.notifications.size()) == kPageSize) {
      page.next_cursor = page.notifications.back().id;
      break;
    }
    TRY(auto data, row.document<boost::json::object>("data"));
    page.notifications.push_back({row.text("id"), row.text("type"), row.text("title"),
                                  row.text("message"), row.maybe_text("feature"), std::move(data),
                                  row.boolean("read"), row.text("created_at")});
  }
  TRY(auto unread, database_.one("SELECT count(*) AS n FROM notifications "
                                 "WHERE workspace_id = $1 AND user_id = $2 AND read = FALSE",
                                 {who.workspace_id, who.user_id}, "count"));
  page.unread_count = unread.integer("n");
  return page;
}

Result<> Notifications::mark_read(const catalog::Principal& who,
                                  const std::optional<std::vector<std::string>>& ids) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"notification", who.workspace_id}));
  if (!ids) {
    TRY_VOID(
        database_.execute("UPDATE notifications SET read = TRUE "
                          "WHERE workspace_id = $1 AND user_id = $2 AND read = FALSE",
                          {who.workspace_id, who.user_id}));
    return {};
  }
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    for (const auto& id : *ids) {
      TRY_VOID(
          tx.execute("UPDATE notifications SET read = TRUE "
                     "WHERE id = $1 AND workspace_id = $2 AND user_id = $3",
                     {id, who.workspace_id, who.user_id}));
    }
    return {};
  });
}

}  // namespace sextant::operations
