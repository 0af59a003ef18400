#include "platform/events/event_log.h"

#include "base/log.h"

namespace sextant::events {

Result<catalog::Event> EventLog::append(store::Transaction& tx, const std::string& workspace_id,
                                        const std::string& type,
                                        const std::optional<std::string>& source_id,
                                        json::Value data) {
  // The row stays locked until the commit, so numbers are given in the order of the commits.
  TRY(const store::Row row,
      tx.one("INSERT INTO event_sequences (workspace_id, last_seq) VALUES ($1, 1) "
             "ON CONFLICT (workspace_id) DO UPDATE SET last_seq = event_sequences.last_seq + 1 "
             "RETURNING last_seq",
             {workspace_id}, "workspace"));
  catalog::Event event{row.integer("last_seq"), type, source_id, std::move(data)};
  TRY_VOID(
      tx.execute("INSERT INTO events (workspace_id, seq, type, source_id, data, created_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6)",
                 {workspace_id, event.seq, event.type, event.source_id,
                  store::Value::json(event.data), now()}));
  if (listener_) {
    // Taken note of before the commit: whoever gets the next number finds it.
    auto state = delivery(workspace_id, event.seq);
    tx.after_commit(
        [this, workspace_id, state, seq = event.seq] { deliver(workspace_id, *state, seq); });
  }
  return event;
}

Result<catalog::Event> EventLog::append(const std::string& workspace_id, const std::string& type,
                                        const std::optional<std::string>& source_id,
                                        json::Value data) {
  return database_.transaction(
      [&](store::Transaction& tx) { return append(tx, workspace_id, type, source_id, data); });
}

Result<std::vector<catalog::Event>> EventLog::after(const std::string& workspace_id,
                                                    std::int64_t seq, std::int64_t limit) {
  TRY(const std::int64_t newest, last(workspace_id));
  TRY(auto found, read(workspace_id, seq, limit));
  const bool next_is_missing = found.empty() ? newest > seq : found.front().seq != seq + 1;
  if (next_is_missing) {
    return fail(ErrorCode::gone, "The events that came next are not kept any more.",
                "Load the page again.", {{"last_seq", newest}});
  }
  return found;
}

Result<std::int64_t> EventLog::last(const std::string& workspace_id) {
  TRY(const auto row,
      database_.first("SELECT last_seq FROM event_sequences WHERE workspace_id = $1",
                      {workspace_id}));
  return row ? row->integer("last_seq") : 0;
}

Result<std::int64_t> EventLog::prune(Timestamp before) {
  return database_.execute("DELETE FROM events WHERE created_at < $1", {before});
}

std::shared_ptr<EventLog::Delivery> EventLog::delivery(const std::string& workspace_id,
                                                       std::int64_t first_seq) {
  const std::lock_guard lock(mutex_);
  auto& found = deliveries_[workspace_id];
  if (!found) {
    found = std::make_shared<Delivery>();
    found->told = first_seq - 1;
  }
  return found;
}

void EventLog::deliver(const std::string& workspace_id, Delivery& delivery, std::int64_t seq) {
  const std::lock_guard lock(delivery.mutex);
  // Commits may report in another order than they happened; the log has the true one. What another
  // server appended in between is told as well.
  while (delivery.told < seq) {
    auto events = read(workspace_id, delivery.told, 1000);
    if (!events) {
      log::warn("events.delivery_delayed", {{"error", events.error().message}});
      return;
    }
    if (events->empty()) return;
    for (const auto& event : *events) listener_(workspace_id, event);
    delivery.told = events->back().seq;
  }
}

Result<std::vector<catalog::Event>> EventLog::read(const std::string& workspace_id,
                                                   std::int64_t seq, std::int64_t limit) {
  TRY(const auto rows,
      database_.query(
          "SELECT seq, type, source_id, data FROM events WHERE workspace_id = $1 AND seq > $2 "
          "ORDER BY seq LIMIT $3",
          {workspace_id, seq, limit}));
  std::vector<catalog::Event> events;
  events.reserve(rows.size());
  for (const auto& row : rows) {
    TRY(json::Value data, row.json("data"));
    events.push_back(
        {row.integer("seq"), row.text("type"), row.maybe_text("source_id"), std::move(data)});
  }
  return events;
}

}  // namespace sextant::events
