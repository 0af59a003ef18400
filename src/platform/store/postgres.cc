// PostgreSQL: transactions, and what happens when the connection is lost under one.

#include <fmt/format.h>

#include "base/id.h"
#include "base/log.h"
#include "platform/store/backend.h"
#include "platform/store/postgres_pool.h"

namespace sextant::store {
namespace {

using std::chrono::milliseconds;

// Held, by the session, by the program that changes the schema.
constexpr char kLockSchema[] = "SELECT pg_advisory_lock(7236843201)";

// A token is needed for as long as its transaction may be tried again: seconds.
constexpr char kForgetTokens[] =
    "DELETE FROM transaction_tokens WHERE created_at < now() - interval '1 hour'";
constexpr std::int64_t kCommitsPerCleaning = 1000;

class PostgresTransaction final : public BackendTransaction {
 public:
  explicit PostgresTransaction(PostgresConnection& connection) : connection_(connection) {}

  Dialect dialect() const override { return Dialect::postgresql; }
  Result<> script(std::string_view statements) override {
    if (failure_) return fail(*failure_);
    TRY_VOID(remember(connection_.script(std::string(statements))));
    return {};
  }
  Result<Outcome> run(std::string_view sql, const Params& params) override {
    if (failure_) return fail(*failure_);
    return remember(connection_.run(sql, params));
  }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  Result<Outcome> remember(Result<Outcome> result) {
    if (!result && !failure_) failure_ = result.error();
    return result;
  }

  PostgresConnection& connection_;
  std::optional<Error> failure_;
};

using Work = std::function<Result<>(PostgresTransaction&)>;
using Actions = std::vector<std::function<void()>>;

// How one attempt at a transaction ended.
struct Attempt {
  enum class End {
    committed,
    committed_before,  // by an earlier attempt whose answer was lost
    failed,            // for good: the work's own error, or a statement that can not succeed
    again,             // nothing was changed, and the same work may succeed now
    unknown,           // the answer to COMMIT was lost
  };
  End end = End::failed;
  Error error;
  Actions actions;
};

// Every transaction writes a token of its own. When the answer to COMMIT is lost, the next attempt
// writes the same token: it waits for the end of the first, if that still runs, and then either
// succeeds (the first left nothing) or finds the token taken (the first is committed).
std::string begin_statement(const char* isolation, const std::string& token) {
  std::string sql = fmt::format("BEGIN ISOLATION LEVEL {}", isolation);
  if (!token.empty()) {
    sql += fmt::format("; INSERT INTO transaction_tokens (token) VALUES ('{}')", token);
  }
  return sql;
}

Attempt attempt_once(PostgresConnection& connection, const std::string& begin, const Work& work) {
  if (auto begun = connection.script(begin); !begun) {
    auto end = Attempt::End::failed;
    if (begun.error().code == ErrorCode::unavailable) end = Attempt::End::again;
    if (begun.error().code == ErrorCode::conflict) end = Attempt::End::committed_before;
    if (!connection.lost()) (void)connection.script("ROLLBACK");
    return {end, begun.error(), {}};
  }
  PostgresTransaction tx(connection);
  Result<> done = work(tx);
  // A failed statement decides, also when the work made another error of it or swallowed it.
  if (tx.failure() && (connection.lost() || connection.in_the_way())) {
    const Error error = *tx.failure();
    if (!connection.lost()) (void)connection.script("ROLLBACK");
    return {Attempt::End::again, error, {}};
  }
  if (done && tx.failure()) done = fail(*tx.failure());
  if (!done) {
    (void)connection.script("ROLLBACK");
    return {Attempt::End::failed, done.error(), {}};
  }
  if (auto committed = connection.script("COMMIT"); !committed) {
    const auto end = connection.lost()         ? Attempt::End::unknown
                     : connection.in_the_way() ? Attempt::End::again
                                               : Attempt::End::failed;
    return {end, committed.error(), tx.take_actions()};
  }
  return {Attempt::End::committed, {}, tx.take_actions()};
}

class PostgresBackend final : public Backend {
 public:
  PostgresBackend(std::string url, Options options)
      : url_(std::move(url)), options_(options), pool_(url_, options) {}

  Dialect dialect() const override { return Dialect::postgresql; }

  Result<Outcome> run(std::string_view sql, const Params& params) override {
    if (reads_only(sql)) return read(sql, params, Clock::now() + options_.patience);
    // In a transaction of its own, so that a lost answer is told from a lost statement.
    Outcome outcome;
    TRY_VOID(until_done(begin_statement("READ COMMITTED", new_id()), Exclusion::none,
                        [&](PostgresTransaction& tx) -> Result<> {
                          TRY(outcome, tx.run(sql, params));
                          return {};
                        }));
    return outcome;
  }

  Result<Actions> transaction(const TransactionWork& work, Exclusion exclusion) override {
    // The work on the schema makes the table of the tokens; it looks itself at what is done
    // already.
    const std::string token = exclusion == Exclusion::whole_schema ? "" : new_id();
    return until_done(begin_statement("SERIALIZABLE", token), exclusion,
                      [&](PostgresTransaction& tx) { return work(tx); });
  }

  Result<> ping() override {
    TRY_VOID(read("SELECT count(*) AS n FROM pg_catalog.pg_namespace", {},
                  Clock::now() + std::min(options_.patience, milliseconds(2000))));
    return {};
  }

 private:
  // Reads may be repeated freely.
  Result<Outcome> read(std::string_view sql, const Params& params, Clock::time_point deadline) {
    Backoff backoff;
    while (true) {
      TRY(const auto connection, pool_.lease(deadline));
      auto outcome = connection->run(sql, params);
      if (outcome || !connection->lost() || !backoff.wait(deadline)) return outcome;
    }
  }

  Result<Actions> until_done(const std::string& begin, Exclusion exclusion, const Work& work) {
    auto deadline = Clock::now() + options_.patience;
    std::optional<Actions> unsure;  // of the attempt whose end is not known
    Backoff backoff;
    while (true) {
      auto attempt = attempt_on_some_connection(begin, exclusion, work, deadline);
      if (attempt && attempt->end == Attempt::End::committed) return std::move(attempt->actions);
      if (attempt && attempt->end == Attempt::End::committed_before && unsure)
        return std::move(*unsure);
      if (attempt && attempt->end == Attempt::End::failed) return fail(std::move(attempt->error));
      if (attempt && attempt->end == Attempt::End::unknown) {
        log::warn("store.commit_answer_lost");
        unsure = std::move(attempt->actions);
        deadline = Clock::now() + options_.patience;
      }
      if (!attempt || !backoff.wait(deadline)) {
        if (unsure) return fail(end_not_known());
        return fail(attempt ? std::move(attempt->error) : std::move(attempt).error());
      }
    }
  }

  Result<Attempt> attempt_on_some_connection(const std::string& begin, Exclusion exclusion,
                                             const Work& work, Clock::time_point deadline) {
    if (exclusion == Exclusion::whole_schema) {
      // A connection of its own, without a time limit; closing it gives the lock back.
      TRY(const auto connection, PostgresConnection::open(url_, milliseconds(0)));
      TRY_VOID(connection->script(kLockSchema));
      return attempt_once(*connection, begin, work);
    }
    TRY(const auto connection, pool_.lease(deadline));
    Attempt attempt = attempt_once(*connection, begin, work);
    if (attempt.end == Attempt::End::committed && ++commits_ % kCommitsPerCleaning == 0) {
      (void)connection->script(kForgetTokens);
    }
    return attempt;
  }

  static Error end_not_known() {
    return Error(
        ErrorCode::unavailable,
        "The connection to PostgreSQL was lost while a change was being saved; whether it was "
        "saved is not known.",
        "Load the page again to see it.");
  }

  const std::string url_;
  const Options options_;
  PostgresPool pool_;
  std::atomic<std::int64_t> commits_ = 0;
};

}  // namespace

Result<std::unique_ptr<Backend>> open_postgres(const std::string& url, Options options) {
  auto backend = std::make_unique<PostgresBackend>(url, options);
  TRY_VOID(backend->run("SELECT 1 AS one", {}));
  return backend;
}

}  // namespace sextant::store
