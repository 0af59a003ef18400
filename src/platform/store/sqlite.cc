// SQLite: one writer, several readers, WAL.

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

#include "platform/store/backend.h"
#include "platform/store/sqlite_connection.h"

namespace sextant::store {
namespace {

Error too_busy() {
  return Error(ErrorCode::unavailable, "The database is busy.", "Try again in a moment.");
}

class SqliteTransaction final : public BackendTransaction {
 public:
  explicit SqliteTransaction(SqliteConnection& connection) : connection_(connection) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  Result<> script(std::string_view statements) override {
    return remember(connection_.script(std::string(statements)));
  }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  Result<Outcome> run(std::string_view sql, const Params& params) override {
    if (failure_) return fail(*failure_);
    return remember(connection_.run(sql, params));
  }
  template <class T>
  Result<T> remember(Result<T> result) {
    if (!result && !failure_) failure_ = result.error();
    return result;
  }

  SqliteConnection& connection_;
  std::optional<Error> failure_;
};

class SqliteBackend final : public Backend {
 public:
  SqliteBackend(std::string path, Options options, std::unique_ptr<SqliteConnection> writer)
      : path_(std::move(path)), options_(options), writer_(std::move(writer)) {}

  Dialect dialect() const override { return Dialect::sqlite; }

  Result<Outcome> run(std::string_view sql, const Params& params) override {
    if (reads_only(sql)) return read(sql, params);
    const std::unique_lock lock(writing_, options_.patience);
    if (!lock) return fail(too_busy());
    return writer_->run(sql, params);
  }

  Result<std::vector<std::function<void()>>> transaction(const TransactionWork& work,
                                                         Exclusion) override {
    const std::unique_lock lock(writing_, options_.patience);
    if (!lock) return fail(too_busy());
    // IMMEDIATE: the only writer from here on, so it never fails half-way for another's sake.
    TRY_VOID(writer_->run("BEGIN IMMEDIATE", {}));
    const Rollback rollback(*writer_);
    SqliteTransaction tx(*writer_);
    TRY_VOID(work(tx));
    if (tx.failure()) return fail(*tx.failure());
    TRY_VOID(writer_->run("COMMIT", {}));
    return tx.take_actions();
  }

  Result<> ping() override {
    TRY_VOID(read("SELECT count(*) AS n FROM sqlite_master", {}));
    return {};
  }

 private:
  // Whatever way the transaction is left, the writer is free afterwards. SQLite ends a transaction
  // itself on some errors, a full disk for one.
  struct Rollback {
    explicit Rollback(SqliteConnection& connection) : connection(connection) {}
    ~Rollback() {
      if (connection.in_transaction()) (void)connection.run("ROLLBACK", {});
    }
    SqliteConnection& connection;
  };

  Result<Outcome> read(std::string_view sql, const Params& params) {
    std::unique_ptr<SqliteConnection> reader;
    {
      std::unique_lock lock(readers_);
      const auto free = [&] { return !idle_.empty() || open_ < options_.connections; };
      if (!reader_back_.wait_for(lock, options_.patience, free)) return fail(too_busy());
      if (idle_.empty()) {
        ++open_;
      } else {
        reader = std::move(idle_.back());
        idle_.pop_back();
      }
    }
    Result<Outcome> outcome;
    if (!reader) {
      auto opened =
          SqliteConnection::open(path_, SqliteConnection::Mode::read_only, options_.patience);
      if (opened) {
        reader = std::move(*opened);
      } else {
        outcome = fail(std::move(opened).error());
      }
    }
    if (reader) outcome = reader->run(sql, params);
    {
      const std::lock_guard lock(readers_);
      if (reader) {
        idle_.push_back(std::move(reader));
      } else {
        --open_;
      }
    }
    reader_back_.notify_one();
    return outcome;
  }

  const std::string path_;
  const Options options_;

  std::timed_mutex writing_;
  std::unique_ptr<SqliteConnection> writer_;

  std::mutex readers_;
  std::condition_variable reader_back_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
  int open_ = 0;
};

}  // namespace

Result<std::unique_ptr<Backend>> open_sqlite(const std::string& path, Options options) {
  TRY(auto writer,
      SqliteConnection::open(path, SqliteConnection::Mode::read_write, options.patience));
  return std::make_unique<SqliteBackend>(path, options, std::move(writer));
}

}  // namespace sextant::store
