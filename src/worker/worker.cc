#include "worker/worker.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <new>
#include <optional>
#include <thread>

#include "analysis/engine/error.h"
#include "analysis/formats/load.h"
#include "wire/exit_codes.h"
#include "wire/frame.h"
#include "worker/operations.h"

namespace sextant::worker {
namespace {

using Clock = std::chrono::steady_clock;

// A request that has used so much of a processor gives way to shorter ones of other workers. Time
// that it waited for a processor does not count: a short one would lose its turn by having lost it.
constexpr std::chrono::milliseconds kShort{150};
// A tenth of what a thread of the usual priority gets, and all of what nobody else wants.
constexpr int kGivesWay = 10;

// Of all threads of this worker, which works for one request at a time.
std::chrono::nanoseconds processor_time() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

// The request that runs, as the reading thread sees it.
struct Running {
  std::stop_source stop;
  std::chrono::nanoseconds used_before;  // processor time
  Clock::time_point deadline;
  bool timed_out = false;
};

class Worker {
 public:
  explicit Worker(int fd) : fd_(fd) {}

  int serve() {
    if (!send_ready()) return wire::kExitClosed;
    std::thread([this] { read_frames(); }).detach();
    warm_up();
    // A thread may lower its priority and never raise it again: after that another takes its place.
    bool connected = true;
    while (connected) std::thread([&] { connected = answer_until_lowered(); }).join();
    return wire::kExitClosed;
  }

 private:
  bool send_ready() {
    const json::Value hello = json::Object{{"process", static_cast<std::int64_t>(getpid())},
                                           {"landlock", landlock_version()},
                                           {"version", SEXTANT_VERSION}};
    return wire::write_frame(fd_, wire::FrameKind::ready, json::dump(hello)).has_value();
  }

  // False: the connection is gone.
  bool answer_until_lowered() {
    {
      const std::lock_guard lock(mutex_);
      answering_ = gettid();
      gives_way_ = false;
    }
    while (true) {
      const std::string payload = next_request();
      if (!answer(payload)) return false;
      const std::lock_guard lock(mutex_);
      if (gives_way_) return true;
    }
  }

  // With mutex_ held. Threads that the answering one makes from now on are as low.
  void give_way() {
    if (gives_way_) return;
    gives_way_ = true;
    setpriority(PRIO_PROCESS, static_cast<id_t>(answering_), kGivesWay);
  }

  // Touches what the first query needs, while nobody waits for it: a third of that query's time.
  static void warm_up() {
    const auto engine = engine::Engine::open({}, {});
    if (!engine || !(*engine)->check("SELECT 1"))
      std::fprintf(stderr, "worker: warming up failed\n");
  }

  // The reading thread: requests to the answering thread; cancellation, time-outs and priority to
  // the one that runs.
  void read_frames() {
    while (true) {
      const auto readable = wire::wait_readable(fd_, wait_time());
      check_clock();
      if (readable && !*readable) continue;
      auto frame = wire::read_frame(fd_);
      // Without a server there is nobody to work for.
      if (!frame) _exit(wire::kExitClosed);
      const std::lock_guard lock(mutex_);
      if (frame->kind == wire::FrameKind::cancel) {
        if (running_) running_->stop.request_stop();
      } else if (frame->kind == wire::FrameKind::request) {
        waiting_ = std::move(frame->payload);
        // From here on a cancel that follows finds what it is meant for.
        running_.emplace();
        running_->used_before = processor_time();
        running_->deadline = Clock::now() + std::chrono::hours(1);
        arrived_.notify_one();
      }
    }
  }

  // Milliseconds until the clocks are to be looked at; the deadline may be set at any time.
  int wait_time() {
    constexpr std::chrono::nanoseconds kLeast = std::chrono::milliseconds(1),
                                       kMost = std::chrono::milliseconds(250);
    const std::lock_guard lock(mutex_);
    if (!running_ || running_->timed_out) return kMost / std::chrono::milliseconds(1);
    std::chrono::nanoseconds left = running_->deadline - Clock::now();
    if (!gives_way_) left = std::min(left, kShort - used());
    return static_cast<int>(std::clamp(left, kLeast, kMost) / std::chrono::milliseconds(1));
  }

  // With mutex_ held and a request that runs.
  std::chrono::nanoseconds used() const { return processor_time() - running_->used_before; }

  void check_clock() {
    const std::lock_guard lock(mutex_);
    if (!running_) return;
    if (used() >= kShort) give_way();
    const auto now = Clock::now();
    if (running_->timed_out || now < running_->deadline) return;
    running_->timed_out = true;
    running_->stop.request_stop();
  }

  std::string next_request() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return waiting_.has_value(); });
    std::string payload = std::move(*waiting_);
    waiting_.reset();
    return payload;
  }

  // False: the connection is gone.
  bool answer(const std::string& payload) {
    if (!send(wire::FrameKind::progress, json::dump(wire::Progress{.stage = "accepted"})))
      return false;
    auto reply = run(payload);
    bool timed_out = false;
    {
      const std::lock_guard lock(mutex_);
      timed_out = running_->timed_out;
      running_.reset();
    }
    if (reply) return send(wire::FrameKind::result, json::dump(*reply));
    Error error = std::move(reply).error();
    if (error.code == ErrorCode::cancelled && timed_out) {
      error = Error(ErrorCode::timeout,
                    fmt::format("This took longer than the {:g} seconds allowed.",
                                static_cast<double>(timeout_ms_) / 1000),
                    "Filter earlier, aggregate, or read fewer rows.");
    } else if (error.code == ErrorCode::resource_exhausted) {
      error.message =
          fmt::format("This needs more memory than its limit of {}.",
                      engine::bytes_in_words(session_.engines ? session_.engines->memory_limit()
                                                              : session_.memory_limit));
    }
    return send(wire::FrameKind::error, json::dump(wire::to_wire(error)));
  }

  // Everything that goes wrong in a request ends here.
  Result<json::Value> run(const std::string& payload) {
    try {
      return dispatch(payload);
    } catch (const std::bad_alloc&) {
      return fail(ErrorCode::resource_exhausted, "There is not enough memory for this.",
                  "Filter earlier, aggregate, or read fewer rows.");
    } catch (const std::exception& e) {
      return fail(ErrorCode::internal, fmt::format("The worker failed: {}", e.what()));
    }
  }

  Result<json::Value> dispatch(const std::string& payload) {
    TRY(auto request, json::parse_as<wire::Request>(payload));
    const Handler handler = find_handler(request.operation);
    if (!handler) {
      return fail(ErrorCode::bad_request, fmt::format("This worker does not know the operation {}.",
                                                      json::enum_name(request.operation)));
    }
    if (request.operation != wire::Operation::bind && !session_.engines) {
      return fail(ErrorCode::bad_request, "This worker is not bound to a workspace.");
    }
    timeout_ms_ = request.timeout_ms;
    // Two threads at most work for one request.
    allow_cpu_seconds(request.timeout_ms / 1000 * 2 + 10);
    std::stop_token stop;
    {
      const std::lock_guard lock(mutex_);
      if (request.background) give_way();
      running_->deadline = Clock::now() + std::chrono::milliseconds(request.timeout_ms);
      stop = running_->stop.get_token();
    }
    Call call{session_, request.body, std::move(stop),
              [this](std::string_view bytes) { return send_data(bytes); },
              [this](const wire::Progress& p) { send(wire::FrameKind::progress, json::dump(p)); }};
    return handler(call);
  }

  // Time that a slow reader takes does not count.
  Result<> send_data(std::string_view bytes) {
    const auto begun = Clock::now();
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), wire::kDataFrameBytes))) {
      const std::lock_guard lock(writing_);
      TRY_VOID(
          wire::write_frame(fd_, wire::FrameKind::data, bytes.substr(0, wire::kDataFrameBytes)));
    }
    const std::lock_guard lock(mutex_);
    running_->deadline += Clock::now() - begun;
    return {};
  }

  bool send(wire::FrameKind kind, std::string_view payload) {
    const std::lock_guard lock(writing_);
    auto sent = wire::write_frame(fd_, kind, payload);
    if (!sent && sent.error().code == ErrorCode::too_large) {
      const Error error(ErrorCode::too_large, "The answer is too large to be sent.");
      sent = wire::write_frame(fd_, wire::FrameKind::error, json::dump(wire::to_wire(error)));
    }
    return sent.has_value();
  }

  const int fd_;
  Session session_;
  std::int64_t timeout_ms_ = 0;
  std::mutex writing_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::optional<std::string> waiting_;
  std::optional<Running> running_;
  pid_t answering_ = 0;
  bool gives_way_ = false;
};

// Memory may end where no error can be returned (in a noexcept function): say so to the pool.
[[noreturn]] void on_terminate() {
  if (const auto current = std::current_exception()) {
    try {
      std::rethrow_exception(current);
    } catch (const std::bad_alloc&) {
      _exit(wire::kExitOutOfMemory);
    } catch (const std::exception& e) {
      std::fprintf(stderr, "worker: %s\n", e.what());
    } catch (...) {
      std::fprintf(stderr, "worker: an unknown exception\n");
    }
  }
  abort();
}

}  // namespace

int worker_main(int fd, std::int64_t address_space) {
  std::set_terminate(on_terminate);
  formats::load_document_libraries();
  if (const auto jailed = enter_jail({.keep_fd = fd, .address_space = address_space}); !jailed) {
    std::fprintf(stderr, "%s\n", jailed.error().message.c_str());
    return wire::kExitNoJail;
  }
  Worker worker(fd);
  // The reading thread is still in there: no destructors.
  _exit(worker.serve());
}

}  // namespace sextant::worker
