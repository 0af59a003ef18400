#pragma once
// The pool of worker processes: whatever is computed from users' data is asked for here.
//
//   Pool pool({.command = {"/proc/self/exe", "worker"}});
//   TRY_VOID(pool.start());
//   TRY(auto reply, pool.run({workspace_id, folder}, wire::Operation::query,
//   json::to_value(request),
//                            {.timeout = 30s, .stop = stop, .on_data = relay}));
//
// One request at a time per process; a process is bound to one workspace for life. A request that
// crashes its process costs only itself: it fails with `resource_exhausted` (it hit its limits) or
// `worker_lost`, and a new process takes the place. A request that was never begun (the idle
// process had died) is tried once more on another. Waiting requests are served by turns of
// workspaces: the one with the fewest running first. `background` requests never take the last
// processes, so that queries do not wait behind loads. `on_data` may block: the worker then waits
// too, and that time does not count. At the deadline (or on a stop request) the worker is told to
// cancel; two seconds later it is killed. Thread-safe. `run` blocks; callbacks are called on the
// calling thread.

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "platform/workers/process.h"
#include "wire/messages.h"

namespace sextant::workers {

struct WorkspaceRef {
  std::string id;
  std::filesystem::path folder;  // absolute
};

enum class Lane { interactive, background };

struct RunOptions {
  std::chrono::milliseconds timeout{30'000};
  std::stop_token stop;
  std::function<void(const wire::Progress&)> on_progress;
  std::function<Result<>(std::string_view)> on_data;  // an error cancels the request
  Lane lane = Lane::interactive;
};

struct PoolOptions {
  std::vector<std::string> command;        // `--fd N` and `--address-space B` are added
  int max_workers = 0;                     // 0: two for each processor
  int warm = 1;                            // unbound ones kept ready beyond that, in calm times
  int interactive_reserve = 1;             // workers that background requests leave free
  int max_waiting = 256;                   // more are refused with `unavailable`
  std::int64_t address_space = 3ll << 30;  // bytes, per worker
  std::int64_t memory_limit = 1ll << 30;   // bytes for the engine of a worker
  std::int64_t retire_above = 1ll << 30;   // resident bytes after a request
  std::chrono::milliseconds retire_idle{120'000};
  std::chrono::milliseconds kill_after{2'000};  // from the cancel to the kill
  std::chrono::milliseconds start_patience{10'000};
};

struct PoolStats {
  std::int64_t workers = 0;
  std::int64_t busy = 0;
  std::int64_t waiting = 0;
  std::int64_t started = 0;       // since the start of the pool
  std::int64_t lost = 0;          // ended in the middle of a request by themselves
  std::int64_t killed = 0;        // did not stop in time
  std::int64_t memory_bytes = 0;  // PSS of all
  int landlock = 0;               // version that confines them; 0: the kernel has none
};
BOOST_DESCRIBE_STRUCT(PoolStats, (),
                      (workers, busy, waiting, started, lost, killed, memory_bytes, landlock))

class Pool {
 public:
  explicit Pool(PoolOptions options);
  ~Pool();  // stops

  // Starts the first worker; fails when none can be started.
  Result<> start();
  // Kills all workers. Call it when no `run` is under way any more or may fail.
  void stop();

  Result<json::Value> run(const WorkspaceRef& workspace, wire::Operation operation,
                          json::Value body, const RunOptions& options = {});

  PoolStats stats();

 private:
  struct Worker {
    std::unique_ptr<Process> process;
    std::string workspace;  // empty: not bound yet
    std::filesystem::path temp;
    bool busy = false;
    Lane lane = Lane::interactive;
    std::chrono::steady_clock::time_point idle_since;
  };
  using Workers = std::list<std::unique_ptr<Worker>>;
  struct Waiter {
    std::string workspace;
    Lane lane;
  };
  struct Attempt {
    Result<json::Value> reply;
    bool begun = false;  // the worker had accepted the request
    bool usable = true;  // the worker can serve the next one
  };
  class Conversation;

  Result<Worker*> acquire(const WorkspaceRef& workspace, const RunOptions& options);
  void release(Worker* worker, bool usable);
  Result<> bind(Worker& worker, const WorkspaceRef& workspace);
  Error explain_end(const Ending& ending) const;
  bool is_stopped();

  // With mutex_ held:
  Worker* find_worker(const Waiter& waiter) const;  // an idle one that may serve it now
  const Waiter* next_waiter() const;                // whose turn it is, of those that can be served
  bool no_hope() const;                             // no worker is there and none can be started
  int busy_of(const std::string& workspace) const;
  int places() const;             // workers that may exist
  std::int64_t unserved() const;  // waiters that need an unbound worker

  void maintain(std::stop_token stop);
  bool wants_another() const;
  Workers::iterator superfluous();               // an idle one that should end
  void discard(std::unique_ptr<Worker> worker);  // without mutex_

  PoolOptions options_;
  std::mutex mutex_;
  std::condition_variable_any changed_;  // workers, waiters or `stopped_`
  Workers workers_;
  std::list<Waiter> waiters_;  // oldest first
  int starting_ = 0;
  std::chrono::steady_clock::time_point spare_taken_{};  // the last time an unbound one was
  bool stopped_ = true;
  Error start_error_;      // of the last start that failed
  int failed_starts_ = 0;  // in a row
  std::int64_t started_ = 0, lost_ = 0, killed_ = 0;
  int landlock_ = 0;
  std::jthread maintainer_;  // last: ends before what it uses
};

}  // namespace sextant::workers
