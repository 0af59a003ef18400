#pragma once
// Answers in Redis, shared by the servers of one install. A help that nothing waits for: an answer
// that is not there within kPatience counts as none, writing happens in the background, and after
// trouble Redis is left alone for kRest. Thread-safe.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "platform/queries/redis_connection.h"
#include "platform/queries/result_cache.h"

namespace sextant::queries {

// Since the start of the server.
struct RedisCacheStats {
  bool connected = false;
  std::int64_t hits = 0;
  std::int64_t misses = 0;   // asked for in vain
  std::int64_t skipped = 0;  // not asked for: no connection was free, or it is left alone
  std::int64_t written = 0;
  std::int64_t dropped = 0;   // not written: too large, or too many at once
  std::int64_t failures = 0;  // lost connections, missed deadlines, refusals
};

class RedisCache {
 public:
  static constexpr std::chrono::milliseconds kPatience{30};
  static constexpr std::chrono::seconds kRest{5};
  static constexpr std::chrono::hours kKept{24};
  static constexpr std::size_t kMaxEntryBytes = 1 << 20;
  static constexpr std::size_t kMaxWaitingBytes = 16 << 20;

  explicit RedisCache(RedisAddress address);
  ~RedisCache();  // what waits to be written is not; a Redis that hangs is not waited for

  // None when there is none in time, or the data has changed since.
  SharedResult find(const std::string& key, const catalog::Catalog& catalog);
  void put(const std::string& key, const CachedResult& result);

  RedisCacheStats stats() const;

 private:
  struct Entry {
    std::string key, value;
  };
  using Connections = std::vector<std::unique_ptr<RedisConnection>>;

  void work(std::stop_token stop);
  bool write(const Entry& entry, std::unique_ptr<RedisConnection>& connection,
             const std::stop_token& stop);
  void failed(const Error& error);
  bool rests() const;

  const RedisAddress address_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  Connections free_;      // for reading
  std::size_t open_ = 0;  // of those
  std::deque<Entry> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool wanted_ = true;  // one more connection for reading
  std::chrono::steady_clock::time_point rests_until_{};
  std::atomic<std::int64_t> hits_ = 0, misses_ = 0, skipped_ = 0, written_ = 0, dropped_ = 0,
                            failures_ = 0;
  std::jthread thread_;  // last: it uses all of the above
};

// As an answer stands in Redis, and back; none when it is none of ours.
std::string written_result(const CachedResult& result);
SharedResult read_result(std::string_view text);

}  // namespace sextant::queries
