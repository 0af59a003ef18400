#include "platform/workers/pool.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <thread>

#include "base/id.h"
#include "base/log.h"
#include "platform/workers/conversation.h"
#include "wire/exit_codes.h"
#include "wire/frame.h"

namespace sextant::workers {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBindPatience{10'000};
// Of a request that no worker had begun.
constexpr int kRetries = 2;
constexpr std::chrono::milliseconds kRestartPause{200};
// Starts in a row that failed, after which waiting makes no sense.
constexpr int kHopelessStarts = 3;
constexpr std::chrono::milliseconds kHousekeeping{1'000};
// After the last spare worker was taken: whoever took it shall not share a processor with the start
// of its successor.
constexpr std::chrono::milliseconds kCalm{1'000};

std::string in_words(std::int64_t bytes) {
  return fmt::format("{:.3g} GiB", static_cast<double>(bytes) / (1 << 30));
}

}  // namespace

Pool::Pool(PoolOptions options) : options_(std::move(options)) {
  if (options_.max_workers <= 0) {
    options_.max_workers = 2 * std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }
  options_.warm = std::max(options_.warm, 1);
  options_.command.insert(options_.command.end(),
                          {"--address-space", std::to_string(options_.address_space)});
}

Pool::~Pool() { stop(); }

Result<> Pool::start() {
  std::unique_lock lock(mutex_);
  stopped_ = false;
  failed_starts_ = 0;
  // Workers die with the thread that started them, so one thread starts them all.
  maintainer_ = std::jthread([this](std::stop_token stop) { maintain(std::move(stop)); });
  changed_.wait(lock, [this] { return !workers_.empty() || failed_starts_ > 0; });
  if (workers_.empty()) return fail(start_error_);
  return {};
}

void Pool::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    stopped_ = true;
    for (const auto& worker : workers_) worker->process->hang_up();
  }
  changed_.notify_all();
  maintainer_.request_stop();
  maintainer_.join();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] {
    return waiters_.empty() &&
           std::none_of(workers_.begin(), workers_.end(), [](const auto& w) { return w->busy; });
  });
  auto rest = std::move(workers_);
  workers_.clear();
  lock.unlock();
  for (auto& worker : rest) discard(std::move(worker));
}

bool Pool::is_stopped() {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

// --- choosing ----------------------------------------------------------------------------------

int Pool::places() const { return options_.max_workers + options_.warm; }

bool Pool::no_hope() const { return failed_starts_ >= kHopelessStarts && workers_.empty(); }

int Pool::busy_of(const std::string& workspace) const {
  return static_cast<int>(std::count_if(workers_.begin(), workers_.end(), [&](const auto& w) {
    return w->busy && w->workspace == workspace;
  }));
}

Pool::Worker* Pool::find_worker(const Waiter& waiter) const {
  int busy = 0, same_lane = 0;
  for (const auto& worker : workers_) {
    if (!worker->busy) continue;
    ++busy;
    if (worker->lane == waiter.lane) ++same_lane;
  }
  // Neither lane takes the last place from the other.
  const int left_free = waiter.lane == Lane::background ? options_.interactive_reserve : 1;
  if (busy >= options_.max_workers) return nullptr;
  if (options_.max_workers > 1 && same_lane >= std::max(1, options_.max_workers - left_free)) {
    return nullptr;
  }
  Worker* unbound = nullptr;
  for (const auto& worker : workers_) {
    if (worker->busy || worker->process->has_ended()) continue;
    if (worker->workspace == waiter.workspace) return worker.get();
    if (worker->workspace.empty()) unbound = worker.get();
  }
  return unbound;
}

const Pool::Waiter* Pool::next_waiter() const {
  const Waiter* best = nullptr;
  int best_busy = 0;
  for (const auto& waiter : waiters_) {
    if (!find_worker(waiter)) continue;
    const int busy = busy_of(waiter.workspace);
    const bool better =
        !best || (waiter.lane != best->lane ? waiter.lane == Lane::interactive : busy < best_busy);
    if (better) {
      best = &waiter;
      best_busy = busy;
    }
  }
  return best;
}

Result<Pool::Worker*> Pool::acquire(const WorkspaceRef& workspace, const RunOptions& options) {
  const auto give_up = Clock::now() + options.timeout;
  std::unique_lock lock(mutex_);
  if (static_cast<int>(waiters_.size()) >= options_.max_waiting) {
    return fail(ErrorCode::unavailable, "Too many requests are waiting for a worker.",
                "Try again in a moment.");
  }
  const auto me = waiters_.insert(waiters_.end(), Waiter{workspace.id, options.lane});
  changed_.notify_all();
  const auto ready = [&] { return stopped_ || next_waiter() == &*me || no_hope(); };
  changed_.wait_until(lock, options.stop, give_up, ready);
  Worker* worker = !stopped_ && next_waiter() == &*me ? find_worker(*me) : nullptr;
  waiters_.erase(me);
  if (worker) {
    if (worker->workspace.empty()) spare_taken_ = Clock::now();
    worker->busy = true;
    worker->lane = options.lane;
  }
  const auto start_error = start_error_;
  const bool stopped = stopped_;
  const bool hopeless = no_hope();
  lock.unlock();
  changed_.notify_all();
  if (worker) return worker;
  if (options.stop.stop_requested())
    return fail(ErrorCode::cancelled, "The request was cancelled.");
  if (stopped) return fail(ErrorCode::unavailable, "The server is shutting down.");
  if (hopeless) return fail(start_error);
  return fail(ErrorCode::unavailable, "All workers were busy for the whole time allowed.",
              "Try again in a moment.");
}

void Pool::release(Worker* worker, bool usable) {
  // A process that has grown large gives its memory back by ending.
  usable = usable && worker->process->resident_bytes() <= options_.retire_above;
  std::unique_ptr<Worker> ended;
  {
    const std::lock_guard lock(mutex_);
    worker->busy = false;
    worker->idle_since = Clock::now();
    if (!usable) {
      const auto found = std::find_if(workers_.begin(), workers_.end(),
                                      [&](const auto& w) { return w.get() == worker; });
      ended = std::move(*found);
      workers_.erase(found);
    }
  }
  changed_.notify_all();
  if (ended) discard(std::move(ended));
}

void Pool::discard(std::unique_ptr<Worker> worker) {
  worker->process.reset();
  std::error_code ignored;
  if (!worker->temp.empty()) std::filesystem::remove_all(worker->temp, ignored);
}

// --- running -----------------------------------------------------------------------------------

Result<> Pool::bind(Worker& worker, const WorkspaceRef& workspace) {
  if (worker.workspace == workspace.id) return {};
  {
    const std::lock_guard lock(mutex_);
    worker.workspace = workspace.id;
    worker.temp = std::filesystem::absolute(workspace.folder) / "tmp" / ("worker-" + new_id());
  }
  std::error_code ignored;
  std::filesystem::create_directories(worker.temp, ignored);
  const wire::BindRequest request{std::filesystem::absolute(workspace.folder).string(),
                                  worker.temp.string(), options_.memory_limit, 1};
  const wire::Request envelope{wire::Operation::bind, kBindPatience.count(), false,
                               json::to_value(request)};
  auto outcome = converse(*worker.process, json::dump(envelope), {.timeout = kBindPatience},
                          options_.kill_after);
  if (!outcome.reply) return fail(std::move(outcome.reply).error());
  return {};
}

Error Pool::explain_end(const Ending& ending) const {
  const bool out_of_memory =
      (!ending.by_signal && ending.code == wire::kExitOutOfMemory) ||
      (ending.by_signal && ending.code == SIGKILL) ||
      (ending.by_signal && ending.peak_memory > options_.address_space * 6 / 10);
  if (out_of_memory) {
    return Error(ErrorCode::resource_exhausted,
                 fmt::format("This needed more memory than its limit of {}.",
                             in_words(options_.address_space)),
                 "Filter earlier, aggregate, or read fewer rows or shorter values at a time.");
  }
  if (ending.by_signal && ending.code == SIGXCPU) {
    return Error(ErrorCode::resource_exhausted, "This needed more processor time than its limit.",
                 "Filter earlier, aggregate, or read fewer rows.");
  }
  return Error(ErrorCode::worker_lost, "The worker process ended while it worked on this.",
               "Nobody else is affected. If it happens again with the same request, write it "
               "another way.");
}

Result<json::Value> Pool::run(const WorkspaceRef& workspace, wire::Operation operation,
                              json::Value body, const RunOptions& options) {
  const std::string payload = json::dump(wire::Request{
      operation, options.timeout.count(), options.lane == Lane::background, std::move(body)});
  for (int attempt = 0;; ++attempt) {
    TRY(Worker * worker, acquire(workspace, options));
    if (auto bound = bind(*worker, workspace); !bound) {
      release(worker, false);
      if (bound.error().code == ErrorCode::worker_lost && attempt < kRetries) continue;
      return fail(std::move(bound).error());
    }
    Outcome outcome = converse(*worker->process, payload, options, options_.kill_after);
    if (!outcome.alive) {
      const Ending ending = worker->process->finish();
      const bool by_itself = !outcome.killed;
      {
        const std::lock_guard lock(mutex_);
        ++(by_itself ? lost_ : killed_);
      }
      log::warn("worker.ended", {{"workspace_id", workspace.id},
                                 {"operation", std::string(json::enum_name(operation))},
                                 {"signal", ending.by_signal ? ending.code : 0},
                                 {"exit_code", ending.by_signal ? 0 : ending.code},
                                 {"peak_memory", ending.peak_memory},
                                 {"killed", outcome.killed}});
      release(worker, false);
      if (by_itself && !outcome.begun && attempt < kRetries && !is_stopped()) continue;
      if (by_itself && is_stopped())
        return fail(ErrorCode::unavailable, "The server is shutting down.");
      if (by_itself) return fail(explain_end(ending));
      return std::move(outcome.reply);
    }
    release(worker, true);
    return std::move(outcome.reply);
  }
}

// --- the maintaining thread --------------------------------------------------------------------

std::int64_t Pool::unserved() const {
  return std::count_if(waiters_.begin(), waiters_.end(), [&](const Waiter& waiter) {
    return std::none_of(workers_.begin(), workers_.end(), [&](const auto& w) {
      return !w->busy && w->workspace == waiter.workspace;
    });
  });
}

bool Pool::wants_another() const {
  const auto total = static_cast<int>(workers_.size()) + starting_;
  const auto unbound = std::count_if(workers_.begin(), workers_.end(), [](const auto& w) {
    return !w->busy && w->workspace.empty();
  });
  const bool calm = Clock::now() - spare_taken_ > kCalm;
  return total < places() && unbound + starting_ < unserved() + (calm ? options_.warm : 0);
}

Pool::Workers::iterator Pool::superfluous() {
  const auto now = Clock::now();
  const bool crowded = static_cast<int>(workers_.size()) + starting_ >= places() &&
                       unserved() > 0 &&
                       std::none_of(workers_.begin(), workers_.end(),
                                    [](const auto& w) { return !w->busy && w->workspace.empty(); });
  auto chosen = workers_.end();
  for (auto it = workers_.begin(); it != workers_.end(); ++it) {
    auto& worker = **it;
    if (worker.busy) continue;
    if (worker.process->has_ended()) return it;
    if (worker.workspace.empty()) continue;
    const bool old = now - worker.idle_since > options_.retire_idle;
    if ((old || crowded) &&
        (chosen == workers_.end() || worker.idle_since < (*chosen)->idle_since)) {
      chosen = it;
    }
  }
  return chosen;
}

void Pool::maintain(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (const auto found = superfluous(); found != workers_.end()) {
      auto worker = std::move(*found);
      workers_.erase(found);
      lock.unlock();
      discard(std::move(worker));
      lock.lock();
      changed_.notify_all();
      continue;
    }
    if (!wants_another()) {
      changed_.wait_for(lock, stop, kHousekeeping, [this] {
        return stopped_ || wants_another() || superfluous() != workers_.end();
      });
      if (stopped_) return;
      continue;
    }
    ++starting_;
    lock.unlock();
    auto process = Process::start(options_.command, options_.start_patience);
    lock.lock();
    --starting_;
    if (process) {
      auto worker = std::make_unique<Worker>();
      worker->process = std::move(*process);
      worker->idle_since = Clock::now();
      if (auto hello = json::parse(worker->process->hello()); hello && hello->is_object()) {
        if (const auto* v = hello->get_object().if_contains("landlock")) {
          landlock_ = static_cast<int>(v->as_int64());
        }
      }
      workers_.push_back(std::move(worker));
      ++started_;
      failed_starts_ = 0;
      changed_.notify_all();
    } else {
      start_error_ = std::move(process).error();
      ++failed_starts_;
      log::error("worker.not_started", {{"message", start_error_.message}});
      changed_.notify_all();
      changed_.wait_for(lock, stop, kRestartPause, [this] { return stopped_; });
    }
  }
}

PoolStats Pool::stats() {
  PoolStats out;
  std::vector<pid_t> processes;
  {
    const std::lock_guard lock(mutex_);
    out.workers = std::ssize(workers_);
    out.waiting = std::ssize(waiters_);
    out.started = started_;
    out.lost = lost_;
    out.killed = killed_;
    out.landlock = landlock_;
    for (const auto& worker : workers_) {
      out.busy += worker->busy ? 1 : 0;
      processes.push_back(worker->process->id());
    }
  }
  for (const pid_t process : processes) out.memory_bytes += proportional_memory(process);
  return out;
}

}  // namespace sextant::workers
