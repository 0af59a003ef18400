#pragma once
// Durable jobs: rows that say what is to be done, and the threads that do it. A job that was cut
// off (the server was killed, the machine lost power) is claimed again when its lease has run out,
// by whichever server is there. So a handler looks at what is already done before it works, and
// passes check_fence() in the transaction that publishes its result. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "platform/store/database.h"

namespace sextant::jobs {

enum class JobStatus { queued, running, done, failed, cancelled };
BOOST_DESCRIBE_ENUM(JobStatus, queued, running, done, failed, cancelled)

struct JobError {
  std::string code;
  std::string message;
  std::string hint;
  json::Object detail;
};
BOOST_DESCRIBE_STRUCT(JobError, (), (code, message, hint, detail))

struct NewJob {
  std::string kind;
  std::optional<std::string> workspace_id = std::nullopt;
  std::string subject = {};  // what it is about, e.g. a file's id
  json::Value payload = json::Object{};
  int max_attempts = 3;
  std::optional<Timestamp> run_after = std::nullopt;  // none: at once
};

struct Job {
  std::string id;
  std::string kind;
  std::optional<std::string> workspace_id;
  std::string subject;
  json::Value payload;
  JobStatus status = JobStatus::queued;
  std::string stage;
  json::Value state;         // kept by save_stage for later attempts
  std::int64_t attempt = 0;  // 1 for the first
  std::int64_t max_attempts = 3;
  std::int64_t fence = 0;
  double progress = 0;
  std::optional<JobError> error;  // of the last attempt
  std::optional<std::string> lease_until;
  std::string run_after;
  std::string created_at;
  std::string updated_at;
};

// One attempt at a job, as its handler sees it. Used by the handler's thread; stop_token() by any.
class JobContext {
 public:
  const std::string& id() const { return job_.id; }
  const std::optional<std::string>& workspace_id() const { return job_.workspace_id; }
  const std::string& subject() const { return job_.subject; }
  const json::Value& payload() const { return job_.payload; }
  const std::string& stage() const { return job_.stage; }
  const json::Value& state() const { return job_.state; }
  std::int64_t attempt() const { return job_.attempt; }

  // Requested when the runner stops or the lease was lost: come to an end soon, with any error.
  std::stop_token stop_token() const { return stop_.get_token(); }

  // Whether the runner would try again after this error.
  bool will_retry(const Error& error) const;

  // Remember how far the job is. Refused (conflict) when another runner has claimed it since.
  Result<> save_stage(const std::string& stage, json::Value state = json::Object{});
  Result<> save_progress(double fraction);

  // Inside the transaction that publishes: refuses (conflict) when another runner has claimed the
  // job since, and keeps others from claiming it until the transaction ends.
  Result<> check_fence(store::Session& session) const;

 private:
  friend class JobRunner;
  JobContext(store::Database& database, Job job) : database_(database), job_(std::move(job)) {}

  store::Database& database_;
  Job job_;
  std::stop_source stop_;
};

struct RunnerOptions {
  int threads = 4;
  std::chrono::milliseconds lease{30'000};       // renewed three times within it
  std::chrono::milliseconds poll{2'000};         // how often work of other servers is looked for
  std::chrono::milliseconds first_retry{2'000};  // doubles with each attempt, at most 5 minutes
};

class JobRunner {
 public:
  using Handler = std::function<Result<>(JobContext&)>;
  // Told when a job failed for good without its handler knowing: each attempt was cut off.
  using GaveUp = std::function<void(const Job&, const Error&)>;

  explicit JobRunner(store::Database& database, RunnerOptions options = {});
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  // Before start(). Jobs of other kinds are left for other programs.
  void handle(const std::string& kind, Handler handler, GaveUp gave_up = {});

  void start();
  // Asks running handlers to stop, waits for them, and gives unfinished jobs back untouched.
  void stop();

  // The id of the new job. In a transaction: it runs once that is committed.
  Result<std::string> enqueue(store::Transaction& tx, const NewJob& job);
  Result<std::string> enqueue(const NewJob& job);

  Result<Job> get(const std::string& id);
  // Jobs whose lease ran out, and failed ones whose attempts were all cut off; of one workspace or
  // all.
  Result<std::vector<Job>> list_stuck(const std::optional<std::string>& workspace_id);
  // Queues them again with all their attempts; gives how many.
  Result<std::int64_t> reset_stuck(const std::optional<std::string>& workspace_id);

 private:
  struct Registered {
    Handler handler;
    GaveUp gave_up;
  };

  void work();
  void renew_leases();
  Result<std::optional<Job>> claim();
  void run(Job job);
  void finish(JobContext& context, const Result<>& outcome);
  Result<> give_up(const Job& job);
  void wake();

  store::Database& database_;
  const RunnerOptions options_;
  const std::string owner_;  // this runner, in the rows
  std::map<std::string, Registered> handlers_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::int64_t wakes_ = 0;
  std::vector<JobContext*> running_;

  std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace sextant::jobs
