#include "platform/jobs/job_runner.h"

#include <fmt/format.h>

#include "base/id.h"
#include "base/log.h"

namespace sextant::jobs {
namespace {

constexpr char kColumns[] =
    "id, kind, workspace_id, subject, payload, status, stage, state, attempt, max_attempts, fence, "
    "progress, "
    "error, lease_until, run_after, created_at, updated_at";

constexpr char kInsert[] =
    "INSERT INTO jobs (id, kind, workspace_id, subject, payload, max_attempts, run_after, "
    "created_at, "
    "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)";

// Only the holder of the newest fence may write.
constexpr char kStage[] =
    "UPDATE jobs SET stage = $3, state = $4, updated_at = $5 WHERE id = $1 AND fence = $2 AND "
    "status = 'running'";
constexpr char kProgress[] =
    "UPDATE jobs SET progress = $3, updated_at = $4 WHERE id = $1 AND fence = $2 AND status = "
    "'running'";
constexpr char kTouch[] =
    "UPDATE jobs SET updated_at = $3 WHERE id = $1 AND fence = $2 AND status = 'running'";
constexpr char kRenew[] =
    "UPDATE jobs SET lease_until = $3 WHERE id = $1 AND fence = $2 AND status = 'running'";
constexpr char kDone[] =
    "UPDATE jobs SET status = 'done', progress = 1, error = NULL, lease_owner = NULL, lease_until "
    "= NULL, "
    "updated_at = $3 WHERE id = $1 AND fence = $2 AND status = 'running'";
constexpr char kFailed[] =
    "UPDATE jobs SET status = 'failed', error = $3, lease_owner = NULL, lease_until = NULL, "
    "updated_at = $4 "
    "WHERE id = $1 AND fence = $2 AND status = 'running'";
constexpr char kAgain[] =
    "UPDATE jobs SET status = 'queued', error = $3, run_after = $4, lease_owner = NULL, "
    "lease_until = NULL, "
    "updated_at = $5 WHERE id = $1 AND fence = $2 AND status = 'running'";
constexpr char kGiveBack[] =
    "UPDATE jobs SET status = 'queued', attempt = attempt - 1, lease_owner = NULL, lease_until = "
    "NULL, "
    "updated_at = $3 WHERE id = $1 AND fence = $2 AND status = 'running'";

constexpr char kCutOff[] = "worker_lost";  // code of the error of a job that was given up

bool retryable(ErrorCode code) {
  switch (code) {
    case ErrorCode::unavailable:
    case ErrorCode::worker_lost:
    case ErrorCode::storage_full:
    case ErrorCode::rate_limited:
      return true;
    default:
      return false;
  }
}

JobError stored_error(const Error& error) {
  return {std::string(to_string(error.code)), error.message, error.hint, error.detail};
}

Result<Job> job_from(const store::Row& row) {
  Job job;
  job.id = row.text("id");
  job.kind = row.text("kind");
  job.workspace_id = row.maybe_text("workspace_id");
  job.subject = row.text("subject");
  TRY(job.payload, row.json("payload"));
  job.status = json::enum_from<JobStatus>(row.text("status")).value_or(JobStatus::failed);
  job.stage = row.text("stage");
  TRY(job.state, row.json("state"));
  job.attempt = row.integer("attempt");
  job.max_attempts = row.integer("max_attempts");
  job.fence = row.integer("fence");
  job.progress = row.real("progress");
  if (!row.is_null("error")) {
    TRY(job.error, row.document<JobError>("error"));
  }
  job.lease_until = row.maybe_text("lease_until");
  job.run_after = row.text("run_after");
  job.created_at = row.text("created_at");
  job.updated_at = row.text("updated_at");
  return job;
}

Result<> fenced(const Result<std::int64_t>& changed) {
  if (!changed) return std::unexpected(changed.error());
  if (*changed == 1) return {};
  return fail(ErrorCode::conflict, "This job was taken over by another run.",
              "Nothing is to be done; the other run finishes it.");
}

}  // namespace

bool JobContext::will_retry(const Error& error) const {
  return retryable(error.code) && job_.attempt < job_.max_attempts;
}

Result<> JobContext::save_stage(const std::string& stage, json::Value state) {
  TRY_VOID(fenced(
      database_.execute(kStage, {job_.id, job_.fence, stage, store::Value::json(state), now()})));
  job_.stage = stage;
  job_.state = std::move(state);
  return {};
}

Result<> JobContext::save_progress(double fraction) {
  return fenced(database_.execute(kProgress, {job_.id, job_.fence, fraction, now()}));
}

Result<> JobContext::check_fence(store::Session& session) const {
  // A write, so that a claim has to wait for the end of the transaction.
  return fenced(session.execute(kTouch, {job_.id, job_.fence, now()}));
}

JobRunner::JobRunner(store::Database& database, RunnerOptions options)
    : database_(database), options_(options), owner_(new_id()) {}

JobRunner::~JobRunner() { stop(); }

void JobRunner::handle(const std::string& kind, Handler handler, GaveUp gave_up) {
  handlers_[kind] = {std::move(handler), std::move(gave_up)};
}

void JobRunner::start() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = false;
  }
  for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(); });
  threads_.emplace_back([this] { renew_leases(); });
}

void JobRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (JobContext* context : running_) context->stop_.request_stop();
  }
  changed_.notify_all();
  threads_.clear();  // joins
}

Result<std::string> JobRunner::enqueue(store::Transaction& tx, const NewJob& job) {
  const std::string id = new_id();
  const Timestamp time = now();
  TRY_VOID(tx.execute(kInsert,
                      {id, job.kind, job.workspace_id, job.subject, store::Value::json(job.payload),
                       job.max_attempts, job.run_after.value_or(time), time}));
  tx.after_commit([this] { wake(); });
  return id;
}

Result<std::string> JobRunner::enqueue(const NewJob& job) {
  return database_.transaction([&](store::Transaction& tx) { return enqueue(tx, job); });
}

Result<Job> JobRunner::get(const std::string& id) {
  TRY(const auto row,
      database_.one(fmt::format("SELECT {} FROM jobs WHERE id = $1", kColumns), {id}, "job"));
  return job_from(row);
}

Result<std::vector<Job>> JobRunner::list_stuck(const std::optional<std::string>& workspace_id) {
  TRY(const auto rows,
      database_.query(
          fmt::format("SELECT {} FROM jobs WHERE (status = 'running' AND lease_until < $1 OR "
                      "status = 'failed') AND (CAST($2 AS TEXT) IS NULL OR workspace_id = $2) "
                      "ORDER BY created_at, id LIMIT 1000",
                      kColumns),
          {now(), workspace_id}));
  std::vector<Job> stuck;
  for (const auto& row : rows) {
    TRY(Job job, job_from(row));
    if (job.status == JobStatus::running || (job.error && job.error->code == kCutOff)) {
      stuck.push_back(std::move(job));
    }
  }
  return stuck;
}

Result<std::int64_t> JobRunner::reset_stuck(const std::optional<std::string>& workspace_id) {
  TRY(const auto stuck, list_stuck(workspace_id));
  std::int64_t count = 0;
  for (const Job& job : stuck) {
    TRY(const auto changed,
        database_.execute(
            "UPDATE jobs SET status = 'queued', attempt = 0, fence = fence + 1, run_after = $3, "
            "lease_owner = NULL, lease_until = NULL, updated_at = $3 "
            "WHERE id = $1 AND fence = $2 AND status IN ('running', 'failed')",
            {job.id, job.fence, now()}));
    count += changed;
  }
  wake();
  return count;
}

void JobRunner::work() {
  while (true) {
    std::int64_t seen;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      seen = wakes_;
    }
    auto claimed = claim();
    if (claimed && *claimed) {
      run(std::move(**claimed));
      continue;
    }
    if (!claimed) log::warn("jobs.claim_failed", {{"error", claimed.error().message}});
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, options_.poll, [&] { return stopping_ || wakes_ != seen; });
  }
}

Result<std::optional<Job>> JobRunner::claim() {
  if (handlers_.empty()) return std::nullopt;
  const Timestamp time = now();
  store::Params params{owner_, time + options_.lease, time};
  std::string kinds;
  for (const auto& [kind, registered] : handlers_) {
    params.emplace_back(kind);
    kinds += fmt::format("{}${}", kinds.empty() ? "" : ", ", params.size());
  }
  // Due jobs, and those whose holder has gone. Other servers skip the row instead of waiting for
  // it.
  const char* skip =
      database_.dialect() == store::Dialect::postgresql ? "FOR UPDATE SKIP LOCKED" : "";
  TRY(const auto rows,
      database_.query(
          fmt::format("UPDATE jobs SET status = 'running', lease_owner = $1, lease_until = $2, "
                      "fence = fence + 1, attempt = attempt + 1, updated_at = $3 WHERE id = ("
                      "SELECT id FROM jobs WHERE kind IN ({}) AND (status = 'queued' AND run_after "
                      "<= $3 OR "
                      "status = 'running' AND lease_until < $3) ORDER BY run_after, id LIMIT 1 {}) "
                      "RETURNING {}",
                      kinds, skip, kColumns),
          params));
  if (rows.empty()) return std::nullopt;
  TRY(Job job, job_from(rows.front()));
  return job;
}

void JobRunner::run(Job job) {
  if (job.attempt > job.max_attempts) {
    // Every attempt was cut off, most likely by the job itself.
    if (auto given_up = give_up(job); !given_up) {
      log::warn("jobs.give_up_failed", {{"job", job.id}, {"error", given_up.error().message}});
    }
    return;
  }
  JobContext context(database_, std::move(job));
  {
    const std::lock_guard lock(mutex_);
    running_.push_back(&context);
    if (stopping_) context.stop_.request_stop();
  }
  Result<> outcome;
  try {
    outcome = handlers_.at(context.job_.kind).handler(context);
  } catch (const std::exception& error) {
    log::error("jobs.handler_threw",
               {{"job", context.id()}, {"kind", context.job_.kind}, {"what", error.what()}});
    outcome = fail(ErrorCode::internal, "The work failed because of a fault in Sextant.",
                   "The server's log says more.");
  }
  {
    const std::lock_guard lock(mutex_);
    std::erase(running_, &context);
  }
  finish(context, outcome);
}

void JobRunner::finish(JobContext& context, const Result<>& outcome) {
  const Job& job = context.job_;
  const Timestamp time = now();
  Result<std::int64_t> written;
  if (outcome) {
    written = database_.execute(kDone, {job.id, job.fence, time});
  } else if (context.stop_token().stop_requested()) {
    written = database_.execute(kGiveBack, {job.id, job.fence, time});
  } else {
    const auto error = store::Value::json(stored_error(outcome.error()));
    const bool again = context.will_retry(outcome.error());
    log::warn("jobs.attempt_failed", {{"job", job.id},
                                      {"kind", job.kind},
                                      {"attempt", job.attempt},
                                      {"again", again},
                                      {"error", outcome.error().message}});
    if (again) {
      const auto doubled =
          options_.first_retry * (1 << std::min<std::int64_t>(job.attempt - 1, 10));
      const auto pause = std::min<std::chrono::milliseconds>(doubled, std::chrono::minutes(5));
      written = database_.execute(kAgain, {job.id, job.fence, error, time + pause, time});
    } else {
      written = database_.execute(kFailed, {job.id, job.fence, error, time});
    }
  }
  // Not written: the lease runs out, and the job is done again by someone who can write.
  if (!written)
    log::warn("jobs.outcome_not_saved", {{"job", job.id}, {"error", written.error().message}});
}

Result<> JobRunner::give_up(const Job& job) {
  const Error error(
      ErrorCode::worker_lost,
      fmt::format("The work was cut off {} times before it was done.", job.max_attempts),
      "It may need more memory than there is; try again, or with a smaller file.");
  TRY_VOID(fenced(database_.execute(
      kFailed, {job.id, job.fence, store::Value::json(stored_error(error)), now()})));
  log::error("jobs.gave_up", {{"job", job.id}, {"kind", job.kind}});
  if (const auto& gave_up = handlers_.at(job.kind).gave_up) gave_up(job, error);
  return {};
}

void JobRunner::renew_leases() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, options_.lease / 3, [&] { return stopping_; })) {
    std::vector<std::pair<std::string, std::int64_t>> held;
    for (const JobContext* context : running_)
      held.emplace_back(context->job_.id, context->job_.fence);
    lock.unlock();
    std::vector<std::pair<std::string, std::int64_t>> lost;
    for (const auto& [id, fence] : held) {
      const auto renewed = database_.execute(kRenew, {id, fence, now() + options_.lease});
      if (renewed && *renewed == 0) lost.emplace_back(id, fence);
    }
    lock.lock();
    for (JobContext* context : running_) {
      const std::pair key(context->job_.id, context->job_.fence);
      if (std::ranges::find(lost, key) != lost.end()) context->stop_.request_stop();
    }
  }
}

void JobRunner::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_all();
}

}  // namespace sextant::jobs
