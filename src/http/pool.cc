#include "http/pool.h"

#include <utility>

namespace sextant::http {

Pool::Pool(int threads, std::size_t queue_limit)
    : max_threads_(static_cast<std::size_t>(threads)), queue_limit_(queue_limit) {}

Pool::~Pool() { stop(); }

bool Pool::submit(Task task) { return push(std::move(task), true); }
bool Pool::submit_urgent(Task task) { return push(std::move(task), false); }

bool Pool::push(Task task, bool bounded) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || (bounded && queue_.size() >= queue_limit_)) return false;
    if (bounded)
      queue_.push_back(std::move(task));
    else
      queue_.push_front(std::move(task));
    // `idle_` counts waiting threads, some of which may be about to take an earlier task.
    if (idle_ < queue_.size() && threads_.size() < max_threads_) {
      threads_.emplace_back([this] { run(); });
    }
  }
  ready_.notify_one();
  return true;
}

void Pool::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    ready_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
  }
}

void Pool::stop() {
  std::vector<std::jthread> threads;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
  }
  ready_.notify_all();
}

}  // namespace sextant::http
