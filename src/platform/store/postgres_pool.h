#pragma once
// A bounded pool of PostgreSQL connections that outlives the server's restarts. Private to this
// folder. Thread-safe.

#include <condition_variable>
#include <mutex>

#include "platform/store/postgres_connection.h"

namespace sextant::store {

using Clock = std::chrono::steady_clock;

// Pauses that double up to a second, shortened at random so that waiting threads spread out.
class Backoff {
 public:
  // False, at once, when the deadline comes before the pause is over.
  bool wait(Clock::time_point deadline);

 private:
  std::chrono::milliseconds next_{4};
};

class PostgresPool {
 public:
  // A connection on loan. Goes back to the pool when it is still of use, and is closed otherwise.
  class Lease {
   public:
    Lease(PostgresPool& pool, std::unique_ptr<PostgresConnection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&& other) noexcept : pool_(other.pool_), connection_(std::move(other.connection_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    PostgresConnection& operator*() const { return *connection_; }
    PostgresConnection* operator->() const { return connection_.get(); }

   private:
    PostgresPool* pool_;
    std::unique_ptr<PostgresConnection> connection_;
  };

  PostgresPool(std::string url, Options options) : url_(std::move(url)), options_(options) {}

  // An idle connection, or a new one; tries again until the deadline. Errors: unavailable.
  Result<Lease> lease(Clock::time_point deadline);

 private:
  void give_back(std::unique_ptr<PostgresConnection> connection);

  const std::string url_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  int open_ = 0;
};

}  // namespace sextant::store
