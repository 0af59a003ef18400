#pragma once
// The bounded pipe between a stream handler on a pool thread and its connection on an I/O thread.
//
// The handler side blocks when `limit` bytes wait; the connection side never blocks: it is woken
// through `wake` (called on the handler's thread, at most once until take() is called).

#include <condition_variable>
#include <mutex>
#include <optional>

#include "http/router.h"

namespace sextant::http {

class StreamChannel final : public ResponseWriter {
 public:
  StreamChannel(std::function<void()> wake, std::size_t limit);

  // Handler side.
  Result<> start(int status, std::string content_type, Headers extra) override;
  Result<> write(std::string_view bytes) override;
  bool started() const override;
  // The handler has returned; an error before start() becomes `failure`.
  void finish(Result<> result);

  // Connection side.
  struct Taken {
    std::optional<Answer> head;  // once: status, type and headers
    std::string bytes;
    bool finished = false;         // nothing follows
    bool failed = false;           // the handler failed after start()
    std::optional<Error> failure;  // it failed before
  };
  Taken take();
  // The client has left: writes fail from now on.
  void close();

 private:
  void wake_locked();

  const std::function<void()> wake_;
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable space_;
  std::optional<Answer> head_;
  std::string pending_;
  bool started_ = false;
  bool finished_ = false;
  bool closed_ = false;
  bool woken_ = false;
  std::optional<Error> error_;
};

}  // namespace sextant::http
