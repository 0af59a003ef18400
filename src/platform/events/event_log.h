#pragma once
// The ordered log of what happened in each workspace. Numbers are 1, 2, 3, … without gaps: a client
// that remembers the last one it saw misses nothing. Thread-safe.

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "catalog/event.h"
#include "platform/store/database.h"

namespace sextant::events {

class EventLog {
 public:
  // Called after the commit, in the order of the numbers of each workspace, on the thread that
  // committed. Must not block, and must not append to the same workspace.
  using Listener = std::function<void(const std::string& workspace_id, const catalog::Event&)>;

  // The database must outlive the log, and the log all open transactions.
  explicit EventLog(store::Database& database) : database_(database) {}

  // At most one; set before the first append.
  void listen(Listener listener) { listener_ = std::move(listener); }

  // Appends in the caller's transaction: visible, and told to the listener, with its commit.
  Result<catalog::Event> append(store::Transaction& tx, const std::string& workspace_id,
                                const std::string& type,
                                const std::optional<std::string>& source_id, json::Value data);
  // Appends in a transaction of its own.
  Result<catalog::Event> append(const std::string& workspace_id, const std::string& type,
                                const std::optional<std::string>& source_id, json::Value data);

  // The events after number `seq`, oldest first, at most `limit`. `gone` when some of them are
  // pruned already: the client then loads everything again and goes on from last().
  Result<std::vector<catalog::Event>> after(const std::string& workspace_id, std::int64_t seq,
                                            std::int64_t limit = 1000);

  // The number of the newest event; 0 when there is none yet.
  Result<std::int64_t> last(const std::string& workspace_id);

  // Deletes events older than this; gives how many. Numbers are never used again.
  Result<std::int64_t> prune(Timestamp before);

 private:
  // How far the listener has been told of a workspace.
  struct Delivery {
    std::mutex mutex;
    std::int64_t told = 0;
  };

  std::shared_ptr<Delivery> delivery(const std::string& workspace_id, std::int64_t first_seq);
  void deliver(const std::string& workspace_id, Delivery& delivery, std::int64_t seq);
  Result<std::vector<catalog::Event>> read(const std::string& workspace_id, std::int64_t seq,
                                           std::int64_t limit);

  store::Database& database_;
  Listener listener_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Delivery>> deliveries_;
};

}  // namespace sextant::events
