#pragma once
// Threads for blocking work, with a bounded queue. Threads start when first needed. Thread-safe.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sextant::http {

class Pool {
 public:
  using Task = std::move_only_function<void()>;  // must not throw

  Pool(int threads, std::size_t queue_limit);
  ~Pool();  // as stop()
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // False when the queue is full or the pool has stopped; the task is then not taken.
  bool submit(Task task);
  // Continues work that was admitted already: the queue's bound does not apply.
  bool submit_urgent(Task task);

  // Runs what is queued, then joins.
  void stop();

 private:
  bool push(Task task, bool bounded);
  void run();

  const std::size_t max_threads_;
  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Task> queue_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace sextant::http
