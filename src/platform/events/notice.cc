#include "platform/events/notice.h"

#include "base/id.h"
#include "base/text.h"

namespace sextant::events {
namespace {

constexpr std::size_t kMaxMessage = 500;  // bytes

}  // namespace

Result<> notify(store::Transaction& tx, EventLog& events, Notice notice) {
  TRY_VOID(tx.execute(
      "INSERT INTO notifications (id, type, title, message, data, user_id, workspace_id, "
      "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {new_id(), notice.type, notice.title,
       std::string(text::truncate_utf8(notice.message, kMaxMessage)),
       store::Value::json(notice.data), notice.user_id, notice.workspace_id, now()}));
  notice.event_data["type"] = notice.type;
  notice.event_data["title"] = notice.title;
  TRY_VOID(events.append(tx, notice.workspace_id, "notification.created", notice.source_id,
                         std::move(notice.event_data)));
  return {};
}

}  // namespace sextant::events
