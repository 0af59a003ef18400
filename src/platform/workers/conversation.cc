#include "platform/workers/conversation.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <optional>

#include "wire/frame.h"

namespace sextant::workers {
namespace {

using Clock = std::chrono::steady_clock;

// Wakes a poll when the stop is requested.
class StopSignal {
 public:
  explicit StopSignal(const std::stop_token& stop) {
    if (!stop.stop_possible()) return;
    fd_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    callback_.emplace(stop, [this] {
      if (fd_ >= 0) eventfd_write(fd_, 1);
    });
  }
  ~StopSignal() {
    callback_.reset();
    if (fd_ >= 0) close(fd_);
  }
  int descriptor() const { return fd_; }

 private:
  int fd_ = -1;
  std::optional<std::stop_callback<std::function<void()>>> callback_;
};

class Conversation {
 public:
  Conversation(Process& process, const RunOptions& options, std::chrono::milliseconds kill_after)
      : fd_(process.connection()),
        options_(options),
        kill_after_(kill_after),
        signal_(options.stop) {}

  Outcome run(const std::string& payload) {
    Outcome out{fail(ErrorCode::worker_lost, "The worker ended.")};
    // The worker stops itself at the time-out; this side only makes sure.
    deadline_ = Clock::now() + options_.timeout + std::chrono::milliseconds(200);
    if (!wire::write_frame(fd_, wire::FrameKind::request, payload)) {
      out.alive = false;
      return out;
    }
    while (true) {
      const auto now = Clock::now();
      if (!cancelled_ && (now >= deadline_ || options_.stop.stop_requested())) cancel();
      if (cancelled_ && now >= kill_at_) {
        out.alive = false;
        out.killed = true;
        out.reply = fail(why_stopped());
        return out;
      }
      if (!wait(cancelled_ ? kill_at_ : deadline_)) continue;
      auto frame = wire::read_frame(fd_);
      if (!frame) {
        out.alive = false;
        return out;
      }
      out.begun = true;
      if (finished(*frame, out)) return out;
    }
  }

 private:
  // True: there is something to read.
  bool wait(Clock::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd sources[2] = {{fd_, POLLIN, 0}, {cancelled_ ? -1 : signal_.descriptor(), POLLIN, 0}};
    poll(sources, 2, static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000)));
    return sources[0].revents != 0;
  }

  void cancel() {
    cancelled_ = true;
    kill_at_ = Clock::now() + kill_after_;
    // A worker that is gone is found out by the next read.
    static_cast<void>(wire::write_frame(fd_, wire::FrameKind::cancel, {}));
  }

  Error why_stopped() const {
    if (refusal_) return *refusal_;
    if (options_.stop.stop_requested()) {
      return Error(ErrorCode::cancelled, "The request was cancelled.");
    }
    return Error(ErrorCode::timeout,
                 fmt::format("This took longer than the {:g} seconds allowed.",
                             std::chrono::duration<double>(options_.timeout).count()),
                 "Filter earlier, aggregate, or read fewer rows.");
  }

  bool finished(const wire::Frame& frame, Outcome& out) {
    switch (frame.kind) {
      case wire::FrameKind::data: {
        if (cancelled_ || !options_.on_data) return false;
        const auto begun = Clock::now();
        if (auto taken = options_.on_data(frame.payload); !taken) {
          refusal_ = std::move(taken).error();
          cancel();
        }
        deadline_ += Clock::now() - begun;
        return false;
      }
      case wire::FrameKind::progress:
        if (options_.on_progress && !cancelled_) {
          auto progress = json::parse_as<wire::Progress>(frame.payload, json::Missing::use_default);
          if (progress && progress->stage != "accepted") options_.on_progress(*progress);
        }
        return false;
      case wire::FrameKind::result:
        out.reply = refusal_ ? Result<json::Value>(fail(*refusal_)) : json::parse(frame.payload);
        return true;
      case wire::FrameKind::error: {
        auto error = json::parse_as<wire::WireError>(frame.payload, json::Missing::use_default);
        out.reply = fail(error ? wire::from_wire(*error) : std::move(error).error());
        if (cancelled_ && out.reply.error().code == ErrorCode::cancelled) {
          out.reply = fail(why_stopped());
        }
        return true;
      }
      default:
        out.alive = false;
        return true;  // not a worker's frame
    }
  }

  const int fd_;
  const RunOptions& options_;
  const std::chrono::milliseconds kill_after_;
  StopSignal signal_;
  Clock::time_point deadline_, kill_at_;
  bool cancelled_ = false;
  std::optional<Error> refusal_;  // what on_data answered
};

}  // namespace

Outcome converse(Process& process, const std::string& payload, const RunOptions& options,
                 std::chrono::milliseconds kill_after) {
  return Conversation(process, options, kill_after).run(payload);
}

}  // namespace sextant::workers
