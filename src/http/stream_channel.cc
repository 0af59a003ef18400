#include "http/stream_channel.h"

namespace sextant::http {
namespace {

auto client_left() {
  return fail(ErrorCode::cancelled, "the client left before the answer was complete");
}

}  // namespace

StreamChannel::StreamChannel(std::function<void()> wake, std::size_t limit)
    : wake_(std::move(wake)), limit_(limit) {}

void StreamChannel::wake_locked() {
  if (woken_) return;
  woken_ = true;
  wake_();
}

Result<> StreamChannel::start(int status, std::string content_type, Headers extra) {
  const std::lock_guard lock(mutex_);
  if (closed_) return client_left();
  if (started_) return fail(ErrorCode::internal, "the answer was started twice");
  started_ = true;
  head_ = Answer{status, std::move(content_type), {}, std::move(extra)};
  wake_locked();
  return {};
}

Result<> StreamChannel::write(std::string_view bytes) {
  std::unique_lock lock(mutex_);
  if (!started_) return fail(ErrorCode::internal, "the answer was written before it was started");
  while (!bytes.empty()) {
    space_.wait(lock, [&] { return closed_ || pending_.size() < limit_; });
    if (closed_) return client_left();
    const auto piece = bytes.substr(0, limit_ - pending_.size());
    pending_ += piece;
    bytes.remove_prefix(piece.size());
    wake_locked();
  }
  if (closed_) return client_left();
  return {};
}

bool StreamChannel::started() const {
  const std::lock_guard lock(mutex_);
  return started_;
}

void StreamChannel::finish(Result<> result) {
  const std::lock_guard lock(mutex_);
  if (!result) {
    error_ = std::move(result).error();
  } else if (!started_) {
    error_ = Error(ErrorCode::internal, "the handler gave no answer");
  }
  finished_ = true;
  wake_locked();
}

StreamChannel::Taken StreamChannel::take() {
  Taken taken;
  const std::lock_guard lock(mutex_);
  woken_ = false;
  taken.head = std::exchange(head_, std::nullopt);
  taken.bytes.swap(pending_);
  taken.finished = finished_;
  if (finished_ && error_) {
    taken.failed = started_;
    if (!started_) taken.failure = error_;
  }
  space_.notify_one();
  return taken;
}

void StreamChannel::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  pending_.clear();
  space_.notify_one();
}

}  // namespace sextant::http
