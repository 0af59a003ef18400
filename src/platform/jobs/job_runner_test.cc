#include "platform/jobs/job_runner.h"

#include <gmock/gmock.h>

#include <future>

#include "platform/store/testing.h"

namespace sextant::jobs {
namespace {

using namespace std::chrono_literals;
using store::testing::why;

constexpr auto kSoon = 20s;  // how long a test waits before it fails

// What a handler tells its test.
template <class T>
class Mailbox {
 public:
  void put(T value) {
    {
      const std::lock_guard lock(mutex_);
      values_.push_back(std::move(value));
    }
    changed_.notify_all();
  }
  // The values once there are `count` of them, or fewer when that takes too long.
  std::vector<T> wait(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kSoon, [&] { return values_.size() >= count; });
    return values_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<T> values_;
};

class JobsTest : public store::testing::DatabaseTest {
 protected:
  // Waits until a job is what is asked for: reads it again after each change that a runner makes.
  Job job_when(JobRunner& runner, const std::string& id, JobStatus status) {
    const auto deadline = std::chrono::steady_clock::now() + kSoon;
    Job job;
    do {
      auto found = runner.get(id);
      EXPECT_TRUE(found.has_value()) << why(found);
      if (!found) break;
      job = *found;
      std::this_thread::yield();
    } while (job.status != status && std::chrono::steady_clock::now() < deadline);
    EXPECT_EQ(job.status, status);
    return job;
  }
  std::string enqueue(JobRunner& runner, NewJob job) {
    auto id = runner.enqueue(job);
    EXPECT_TRUE(id.has_value()) << why(id);
    return id.value_or("");
  }
  // Lets the lease of a running job end now, as if its holder had gone long ago.
  void expire_lease(const std::string& id) {
    EXPECT_EQ(database()
                  .execute("UPDATE jobs SET lease_until = $2 WHERE id = $1", {id, now() - 1s})
                  .value(),
              1);
  }
  static RunnerOptions quick() {
    return {.threads = 2, .lease = 60s, .poll = 20ms, .first_retry = 1ms};
  }
};

TEST_P(JobsTest, a_job_runs_once_with_its_payload) {
  JobRunner runner(database(), quick());
  Mailbox<std::string> seen;
  runner.handle("greet", [&](JobContext& job) -> Result<> {
    seen.put(json::dump(job.payload()) + " " + std::to_string(job.attempt()) + " " + job.subject());
    return {};
  });
  runner.start();
  const auto id =
      enqueue(runner, {.kind = "greet", .subject = "f1", .payload = json::Object{{"name", "Ada"}}});
  EXPECT_THAT(seen.wait(1), ::testing::ElementsAre(R"({"name":"Ada"} 1 f1)"));
  const Job done = job_when(runner, id, JobStatus::done);
  EXPECT_EQ(done.progress, 1);
  EXPECT_FALSE(done.lease_until.has_value());
}

TEST_P(JobsTest, a_job_of_a_rolled_back_transaction_never_runs) {
  JobRunner runner(database(), quick());
  Mailbox<std::string> seen;
  runner.handle("k", [&](JobContext& job) -> Result<> {
    seen.put(job.subject());
    return {};
  });
  (void)database().transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(runner.enqueue(tx, {.kind = "k", .subject = "lost"}));
    return fail(ErrorCode::internal, "no");
  });
  ASSERT_TRUE(database()
                  .transaction([&](store::Transaction& tx) -> Result<> {
                    TRY_VOID(runner.enqueue(tx, {.kind = "k", .subject = "kept"}));
                    return {};
                  })
                  .has_value());
  runner.start();
  EXPECT_THAT(seen.wait(1), ::testing::ElementsAre("kept"));
  runner.stop();
  EXPECT_EQ(database().one("SELECT count(*) AS n FROM jobs", {}, "n")->integer("n"), 1);
}

TEST_P(JobsTest, several_runners_do_each_job_once) {
  constexpr int kJobs = 40;
  JobRunner a(database(), quick()), b(database(), quick());
  Mailbox<std::string> seen;
  const auto handler = [&](JobContext& job) -> Result<> {
    seen.put(job.subject());
    return {};
  };
  a.handle("k", handler);
  b.handle("k", handler);
  std::set<std::string> expected;
  for (int i = 0; i < kJobs; ++i) {
    expected.insert(std::to_string(i));
    enqueue(a, {.kind = "k", .subject = std::to_string(i)});
  }
  a.start();
  b.start();
  seen.wait(kJobs);
  a.stop();
  b.stop();
  const auto all = seen.wait(kJobs);
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kJobs));
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()), expected);
}

TEST_P(JobsTest, what_may_pass_is_tried_again_and_then_kept_as_failed) {
  JobRunner runner(database(), quick());
  Mailbox<bool> will_retry;
  runner.handle("k", [&](JobContext& job) -> Result<> {
    const Error error(ErrorCode::unavailable, "try " + std::to_string(job.attempt()), "hint",
                      {{"a", 1}});
    will_retry.put(job.will_retry(error));
    return fail(error);
  });
  runner.start();
  const auto id = enqueue(runner, {.kind = "k", .max_attempts = 3});
  const Job failed = job_when(runner, id, JobStatus::failed);
  EXPECT_THAT(will_retry.wait(3), ::testing::ElementsAre(true, true, false));
  ASSERT_TRUE(failed.error.has_value());
  EXPECT_EQ(failed.error->code, "unavailable");
  EXPECT_EQ(failed.error->message, "try 3");
  EXPECT_EQ(failed.error->detail.at("a").as_int64(), 1);
  EXPECT_TRUE(runner.list_stuck(std::nullopt)->empty()) << "a plain failure is not stuck";
}

TEST_P(JobsTest, what_can_not_pass_is_tried_once_and_a_throwing_handler_costs_only_its_job) {
  JobRunner runner(database(), quick());
  runner.handle("bad", [&](JobContext&) -> Result<> {
    return fail(ErrorCode::unreadable_file, "not a file");
  });
  runner.handle("throws", [&](JobContext&) -> Result<> { throw std::runtime_error("a bug"); });
  runner.handle("good", [&](JobContext&) -> Result<> { return {}; });
  runner.start();
  const auto bad = enqueue(runner, {.kind = "bad"}), throws = enqueue(runner, {.kind = "throws"}),
             good = enqueue(runner, {.kind = "good"});
  EXPECT_EQ(job_when(runner, bad, JobStatus::failed).attempt, 1);
  EXPECT_EQ(job_when(runner, throws, JobStatus::failed).error->code, "internal");
  job_when(runner, good, JobStatus::done);
}

TEST_P(JobsTest, a_stage_is_there_for_the_next_attempt) {
  JobRunner runner(database(), quick());
  Mailbox<std::string> seen;
  runner.handle("k", [&](JobContext& job) -> Result<> {
    seen.put(job.stage() + json::dump(job.state()));
    TRY_VOID(job.save_stage("loaded", json::Object{{"rows", 7}}));
    TRY_VOID(job.save_progress(0.5));
    if (job.attempt() == 1) return fail(ErrorCode::unavailable, "again");
    return {};
  });
  runner.start();
  const auto id = enqueue(runner, {.kind = "k"});
  EXPECT_THAT(seen.wait(2), ::testing::ElementsAre("{}", R"(loaded{"rows":7})"));
  EXPECT_EQ(job_when(runner, id, JobStatus::done).stage, "loaded");
}

TEST_P(JobsTest, a_holder_whose_lease_ran_out_can_write_no_more) {
  RunnerOptions one_thread = quick();  // which is busy with the job, so it claims nothing else
  one_thread.threads = 1;
  JobRunner first(database(), one_thread), second(database(), quick());
  Mailbox<std::string> started;
  std::promise<void> go_on;
  auto gate = go_on.get_future().share();
  Mailbox<std::string> stale;
  first.handle("k", [&](JobContext& job) -> Result<> {
    started.put(job.id());
    gate.wait();
    const auto code = [](const auto& result) {
      return std::string(result ? "written" : to_string(result.error().code));
    };
    stale.put(code(job.save_stage("stale")));
    stale.put(code(job.save_progress(0.1)));
    stale.put(code(database().transaction([&](store::Transaction& tx) -> Result<> {
      TRY_VOID(job.check_fence(tx));
      TRY_VOID(tx.execute("INSERT INTO install_settings (key, value) VALUES ('stale', 'x')"));
      return {};
    })));
    return {};
  });
  second.handle("k", [&](JobContext& job) -> Result<> { return job.save_stage("fresh"); });
  first.start();
  const auto id = enqueue(first, {.kind = "k"});
  ASSERT_EQ(started.wait(1).size(), 1u);
  expire_lease(id);
  second.start();
  EXPECT_EQ(job_when(second, id, JobStatus::done).stage, "fresh");
  go_on.set_value();
  EXPECT_THAT(stale.wait(3), ::testing::ElementsAre("conflict", "conflict", "conflict"));
  first.stop();
  const Job after = second.get(id).value();
  EXPECT_EQ(after.stage, "fresh");
  EXPECT_EQ(after.attempt, 2);
  EXPECT_FALSE(
      database().first("SELECT value FROM install_settings WHERE key = 'stale'")->has_value());
}

TEST_P(JobsTest, leases_are_renewed_while_the_handler_works) {
  RunnerOptions options = quick();
  options.lease = 300ms;
  JobRunner holder(database(), options), other(database(), options);
  Mailbox<int> started;
  std::promise<void> go_on;
  auto gate = go_on.get_future().share();
  const auto handler = [&](JobContext&) -> Result<> {
    started.put(1);
    gate.wait();
    return {};
  };
  holder.handle("k", handler);
  other.handle("k", handler);
  holder.start();
  const auto id = enqueue(holder, {.kind = "k"});
  ASSERT_EQ(started.wait(1).size(), 1u);
  const auto first_lease = holder.get(id)->lease_until.value();
  other.start();
  const auto deadline = std::chrono::steady_clock::now() + kSoon;
  while (holder.get(id)->lease_until.value() <= first_lease &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  EXPECT_GT(holder.get(id)->lease_until.value(), first_lease);
  go_on.set_value();
  EXPECT_EQ(job_when(holder, id, JobStatus::done).attempt, 1);
}

TEST_P(JobsTest, a_stopped_runner_gives_its_jobs_back_untouched) {
  JobRunner runner(database(), quick());
  Mailbox<int> started;
  runner.handle("k", [&](JobContext& job) -> Result<> {
    started.put(1);
    std::promise<void> stopped;
    const std::stop_callback callback(job.stop_token(), [&] { stopped.set_value(); });
    stopped.get_future().wait();
    return fail(ErrorCode::cancelled, "stopped");
  });
  runner.start();
  const auto id = enqueue(runner, {.kind = "k"});
  ASSERT_EQ(started.wait(1).size(), 1u);
  runner.stop();
  const Job job = runner.get(id).value();
  EXPECT_EQ(job.status, JobStatus::queued);
  EXPECT_EQ(job.attempt, 0);
}

TEST_P(JobsTest, a_job_that_is_always_cut_off_is_given_up_then_stuck_then_reset) {
  JobRunner runner(database(), quick());
  Mailbox<std::string> told;
  Mailbox<int> ran;
  runner.handle(
      "k",
      [&](JobContext&) -> Result<> {
        ran.put(1);
        return {};
      },
      [&](const Job& job, const Error& error) { told.put(job.subject + ": " + error.message); });
  const auto id = enqueue(runner, {.kind = "k", .subject = "f1", .max_attempts = 2});
  // Two attempts that were killed left this behind.
  ASSERT_TRUE(database()
                  .execute("UPDATE jobs SET status = 'running', attempt = 2, lease_owner = 'gone', "
                           "lease_until = $2 WHERE id = $1",
                           {id, now() - 1s})
                  .has_value());
  EXPECT_EQ(runner.list_stuck(std::nullopt)->size(), 1u);
  runner.start();
  EXPECT_THAT(told.wait(1),
              ::testing::ElementsAre("f1: The work was cut off 2 times before it was done."));
  EXPECT_EQ(job_when(runner, id, JobStatus::failed).error->code, "worker_lost");
  ASSERT_EQ(runner.list_stuck(std::nullopt)->size(), 1u);
  EXPECT_TRUE(runner.list_stuck("another workspace")->empty());
  EXPECT_EQ(runner.reset_stuck(std::nullopt).value(), 1);
  EXPECT_EQ(ran.wait(1).size(), 1u);
  EXPECT_EQ(job_when(runner, id, JobStatus::done).attempt, 1);
}

TEST_P(JobsTest, jobs_wait_for_their_time_and_for_someone_who_knows_them) {
  JobRunner runner(database(), quick());
  Mailbox<std::string> seen;
  runner.handle("k", [&](JobContext& job) -> Result<> {
    seen.put(job.subject());
    return {};
  });
  const auto later = enqueue(runner, {.kind = "k", .subject = "later", .run_after = now() + 1h});
  const auto unknown = enqueue(runner, {.kind = "of another program"});
  enqueue(runner, {.kind = "k", .subject = "now"});
  runner.start();
  EXPECT_THAT(seen.wait(1), ::testing::ElementsAre("now"));
  runner.stop();
  EXPECT_EQ(runner.get(later)->status, JobStatus::queued);
  EXPECT_EQ(runner.get(unknown)->status, JobStatus::queued);
}

SEXTANT_ON_BOTH_DIALECTS(JobsTest);

}  // namespace
}  // namespace sextant::jobs
