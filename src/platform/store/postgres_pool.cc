#include "platform/store/postgres_pool.h"

#include <sodium.h>

#include <thread>

#include "base/log.h"

namespace sextant::store {

using std::chrono::milliseconds;

bool Backoff::wait(Clock::time_point deadline) {
  const auto pause =
      milliseconds(1 + randombytes_uniform(static_cast<std::uint32_t>(next_.count())));
  next_ = std::min(next_ * 2, milliseconds(1000));
  if (Clock::now() + pause > deadline) return false;
  std::this_thread::sleep_for(pause);
  return true;
}

PostgresPool::Lease::~Lease() {
  if (connection_) pool_->give_back(std::move(connection_));
}

Result<PostgresPool::Lease> PostgresPool::lease(Clock::time_point deadline) {
  {
    std::unique_lock lock(mutex_);
    const auto free = [&] { return !idle_.empty() || open_ < options_.connections; };
    if (!returned_.wait_until(lock, deadline, free)) {
      return fail(ErrorCode::unavailable, "All connections to the database are in use.",
                  "Try again in a moment.");
    }
    if (!idle_.empty()) {
      Lease found(*this, std::move(idle_.back()));
      idle_.pop_back();
      return found;
    }
    ++open_;
  }
  Backoff backoff;
  while (true) {
    auto opened = PostgresConnection::open(url_, options_.patience);
    if (opened) return Lease(*this, std::move(*opened));
    if (!backoff.wait(deadline)) {
      log::error("store.unreachable", {{"error", opened.error().message}});
      give_back(nullptr);
      return fail(std::move(opened).error());
    }
  }
}

void PostgresPool::give_back(std::unique_ptr<PostgresConnection> connection) {
  std::vector<std::unique_ptr<PostgresConnection>> closing;
  {
    const std::lock_guard lock(mutex_);
    if (connection && connection->reusable()) {
      idle_.push_back(std::move(connection));
    } else {
      --open_;
      // The server has most likely restarted: the idle ones are as dead as this one.
      if (connection && connection->lost()) {
        open_ -= static_cast<int>(idle_.size());
        closing.swap(idle_);
      }
    }
  }
  returned_.notify_all();
}

}  // namespace sextant::store
