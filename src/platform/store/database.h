#pragma once
// The metadata store: SQLite or PostgreSQL behind one interface. No users' data, only what is
// remembered about it.
//
//   TRY(auto db, store::Database::open("sqlite:///var/lib/sextant/sextant.db"));
//   TRY_VOID(db->migrate());
//   TRY(auto rows, db->query("SELECT id, email FROM users WHERE is_active = $1", {true}));
//   for (const auto& row : rows) use(row.text("email"));
//   TRY(auto balance, db->transaction([&](store::Transaction& tx) -> Result<std::int64_t> { … }));
//
// SQL is written once for both dialects: $1…$n (a number may be used twice), ON CONFLICT,
// RETURNING, TRUE/FALSE, CAST($1 AS TEXT) where PostgreSQL can not infer a parameter's type. No
// SELECT *.
//
// Errors: conflict (unique or foreign key; detail.constraint), unavailable (the database can not be
// reached; after at most 10 s of trying again), storage_full, internal.
// Thread-safe. Calls block; run them on a pool, never on I/O threads.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "platform/store/value.h"

namespace sextant::store {

enum class Dialect { sqlite, postgresql };

struct Outcome {
  Rows rows;
  std::int64_t affected = 0;  // rows inserted, updated or deleted
};

// Where a statement can run: the database itself (each statement its own transaction) or an open
// transaction. Repositories take a Session&, so that their callers choose.
class Session {
 public:
  virtual ~Session() = default;

  virtual Dialect dialect() const = 0;

  // Also for INSERT/UPDATE/DELETE … RETURNING.
  Result<Rows> query(std::string_view sql, const Params& params = {});
  // The number of rows changed.
  Result<std::int64_t> execute(std::string_view sql, const Params& params = {});
  // The first row, if there is one.
  Result<std::optional<Row>> first(std::string_view sql, const Params& params = {});
  // The first row, or not_found: "There is no such <what>."
  Result<Row> one(std::string_view sql, const Params& params, std::string_view what);

 protected:
  virtual Result<Outcome> run(std::string_view sql, const Params& params) = 0;
};

// An open transaction: serialisable on both dialects. After a failed statement every further one
// returns the same error, and the transaction is rolled back whatever the function returns.
class Transaction : public Session {
 public:
  // Runs after this transaction is committed, on the same thread; forgotten when it is rolled back.
  virtual void after_commit(std::function<void()> action) = 0;
};

struct Options {
  int connections = 16;                        // to PostgreSQL, or readers of SQLite
  std::chrono::milliseconds patience{10'000};  // how long a lost database or a lock is waited for
};

class Backend;  // one dialect

class Database final : public Session {
 public:
  // "sqlite:///relative.db", "sqlite:////absolute/file.db" or "postgresql://user:pw@host:port/name"
  // (also postgres:// and libpq's options after "?"). Creates the SQLite file when it is not there.
  // The error never shows the password.
  static Result<std::unique_ptr<Database>> open(const std::string& url, Options options = {});
  ~Database() override;

  Dialect dialect() const override;

  // Brings the schema up to what this program knows. Safe when several programs start at once.
  // Refuses a database that a newer program has made, or whose migrations were changed.
  Result<> migrate();

  // A real query with a short deadline, for health checks.
  Result<> ping();

  // Runs `work` in a transaction: committed when it returns a value, rolled back when it returns an
  // error or throws. It may be run again (another transaction was in the way, or the connection was
  // lost before the commit), so it must change nothing but the database. A commit whose answer was
  // lost is looked up, never repeated. Must not be nested, nor write through the Database
  // meanwhile.
  template <class Work>
  std::invoke_result_t<Work&, Transaction&> transaction(Work&& work) {
    std::optional<std::invoke_result_t<Work&, Transaction&>> answer;
    Result<> committed = run_transaction([&](Transaction& tx) -> Result<> {
      answer.emplace(work(tx));
      if (!*answer) return std::unexpected(answer->error());
      return {};
    });
    if (!committed) return std::unexpected(std::move(committed).error());
    return std::move(*answer);
  }

 private:
  explicit Database(std::unique_ptr<Backend> backend);
  Result<Outcome> run(std::string_view sql, const Params& params) override;
  Result<> run_transaction(const std::function<Result<>(Transaction&)>& work);

  std::unique_ptr<Backend> backend_;
};

}  // namespace sextant::store
