#include "platform/store/database.h"

#include <fmt/format.h>

#include "base/text.h"
#include "platform/store/backend.h"
#include "platform/store/migrations.h"

namespace sextant::store {
namespace {

// The database whose transaction this thread is in. Using the Database itself then would wait for
// the very lock or connection that the transaction holds.
thread_local const Backend* current_transaction = nullptr;

struct InTransaction {
  explicit InTransaction(const Backend* backend) { current_transaction = backend; }
  ~InTransaction() { current_transaction = nullptr; }
};

Error used_inside_transaction() {
  return Error(
      ErrorCode::internal,
      "the database was used beside a transaction of the same thread; use the Transaction");
}

}  // namespace

Result<Rows> Session::query(std::string_view sql, const Params& params) {
  TRY(Outcome outcome, run(sql, params));
  return std::move(outcome.rows);
}

Result<std::int64_t> Session::execute(std::string_view sql, const Params& params) {
  TRY(Outcome outcome, run(sql, params));
  return outcome.affected;
}

Result<std::optional<Row>> Session::first(std::string_view sql, const Params& params) {
  TRY(Outcome outcome, run(sql, params));
  if (outcome.rows.empty()) return std::nullopt;
  return std::move(outcome.rows.front());
}

Result<Row> Session::one(std::string_view sql, const Params& params, std::string_view what) {
  TRY(std::optional<Row> row, first(sql, params));
  if (!row) {
    return fail(ErrorCode::not_found, fmt::format("There is no such {}.", what),
                "It may have been deleted; load the list again.");
  }
  return std::move(*row);
}

Database::Database(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::string& url, Options options) {
  static constexpr std::string_view kSqlite = "sqlite:///";
  std::unique_ptr<Backend> backend;
  if (url.starts_with(kSqlite) && url.size() > kSqlite.size()) {
    TRY(backend, open_sqlite(url.substr(kSqlite.size()), options));
  } else if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    TRY(backend, open_postgres(url, options));
  } else {
    return fail(ErrorCode::bad_request,
                fmt::format("DATABASE_URL names no database that can be used (it starts with '{}')",
                            text::truncate_utf8(url.substr(0, url.find(':')), 20)),
                "Use sqlite:///relative.db, sqlite:////absolute/file.db or "
                "postgresql://user:password@host:5432/name.");
  }
  return std::unique_ptr<Database>(new Database(std::move(backend)));
}

Dialect Database::dialect() const { return backend_->dialect(); }

Result<> Database::ping() { return backend_->ping(); }

Result<> Database::migrate() {
  TRY_VOID(backend_->transaction(
      [&](BackendTransaction& tx) { return apply_migrations(tx, known_migrations(dialect())); },
      Backend::Exclusion::whole_schema));
  return {};
}

Result<Outcome> Database::run(std::string_view sql, const Params& params) {
  if (current_transaction == backend_.get()) return fail(used_inside_transaction());
  return backend_->run(sql, params);
}

Result<> Database::run_transaction(const std::function<Result<>(Transaction&)>& work) {
  if (current_transaction == backend_.get()) return fail(used_inside_transaction());
  std::vector<std::function<void()>> actions;
  {
    const InTransaction marker(backend_.get());
    TRY(actions, backend_->transaction([&](BackendTransaction& tx) { return work(tx); },
                                       Backend::Exclusion::none));
  }
  for (const auto& action : actions) action();
  return {};
}

bool reads_only(std::string_view sql) {
  const std::string statement = text::lower_ascii(text::trim(sql));
  if (statement.starts_with("select")) return true;
  if (!statement.starts_with("with")) return false;
  for (const char* writing : {"insert into", "update ", "delete from"}) {
    if (statement.find(writing) != std::string::npos) return false;
  }
  return true;
}

Error unique_violation(std::string columns) {
  Error error(ErrorCode::conflict, "Something with the same identity is there already.",
              "Use another name or id, or change the one that is there.");
  if (!columns.empty()) error.detail["constraint"] = std::move(columns);
  return error;
}

Error foreign_key_violation() {
  return Error(
      ErrorCode::conflict, "This refers to something that is not there, or is still referred to.",
      "It may have been deleted meanwhile; load the page again.", {{"constraint", "foreign_key"}});
}

Error nul_character_error() {
  return Error(ErrorCode::invalid_fields,
               "A text holds the NUL character, which can not be stored.",
               "Remove the character U+0000 from the text.");
}

}  // namespace sextant::store
