#include "platform/store/sqlite_connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/log.h"
#include "platform/store/backend.h"

namespace sextant::store {
namespace {

// Statements kept per connection. Beyond it all are dropped: only SQL that is put together at run
// time can come near.
constexpr std::size_t kMaxStatements = 512;

constexpr char kSettings[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"  // an acknowledged commit survives a power cut, not only kill -9
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA journal_size_limit = 67108864;";

Value column_value(sqlite3_stmt* statement, int i) {
  switch (sqlite3_column_type(statement, i)) {
    case SQLITE_INTEGER:
      return Value(static_cast<std::int64_t>(sqlite3_column_int64(statement, i)));
    case SQLITE_FLOAT:
      return Value(sqlite3_column_double(statement, i));
    case SQLITE_NULL:
      return Value();
    default: {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      return Value(
          std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, i))));
    }
  }
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const std::string& path, Mode mode, std::chrono::milliseconds patience) {
  if (mode == Mode::read_write) {
    // Only the owner may read it: password hashes are inside. SQLite gives its side files the same
    // mode.
    const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) {
      return fail(errno == ENOSPC ? ErrorCode::storage_full : ErrorCode::unavailable,
                  fmt::format("The database file {} can not be opened: {}", path,
                              std::system_category().message(errno)),
                  "Check DATABASE_URL, that the folder exists, and who may write there.");
    }
    ::close(file);
  }
  sqlite3* raw = nullptr;
  // Each connection is used by one thread at a time, so SQLite's own mutexes are not needed.
  const int rc =
      sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  auto connection = std::make_unique<SqliteConnection>();
  connection->handle_.reset(raw);
  if (rc != SQLITE_OK) return fail(connection->last_error());
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, static_cast<int>(patience.count()));
  TRY_VOID(connection->script(kSettings));
  if (mode == Mode::read_only) TRY_VOID(connection->script("PRAGMA query_only = ON"));
  return connection;
}

Result<Outcome> SqliteConnection::run(std::string_view sql, const Params& params) {
  TRY(Prepared * prepared, prepare(sql));
  sqlite3_stmt* statement = prepared->statement.get();
  TRY_VOID(bind(statement, params));
  Outcome outcome;
  const int columns = sqlite3_column_count(statement);
  int rc;
  while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    std::vector<Value> values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) values.push_back(column_value(statement, i));
    outcome.rows.emplace_back(prepared->names, std::move(values));
  }
  if (rc != SQLITE_DONE) {
    Error error = last_error();
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return fail(std::move(error));
  }
  if (!sqlite3_stmt_readonly(statement)) outcome.affected = sqlite3_changes64(handle_.get());
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return outcome;
}

Result<> SqliteConnection::script(const std::string& statements) {
  if (sqlite3_exec(handle_.get(), statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return fail(last_error());
  }
  return {};
}

Result<SqliteConnection::Prepared*> SqliteConnection::prepare(std::string_view sql) {
  if (const auto found = statements_.find(std::string(sql)); found != statements_.end()) {
    return &found->second;
  }
  if (statements_.size() >= kMaxStatements) statements_.clear();
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK) {
    Error error = last_error();
    log::error("store.statement_refused", {{"sql", std::string(sql)}, {"error", error.message}});
    return fail(std::move(error));
  }
  Prepared prepared;
  prepared.statement.reset(raw);
  auto names = std::make_shared<std::vector<std::string>>();
  for (int i = 0; i < sqlite3_column_count(raw); ++i)
    names->emplace_back(sqlite3_column_name(raw, i));
  prepared.names = std::move(names);
  return &statements_.emplace(std::string(sql), std::move(prepared)).first->second;
}

Result<> SqliteConnection::bind(sqlite3_stmt* statement, const Params& params) {
  if (sqlite3_bind_parameter_count(statement) != static_cast<int>(params.size())) {
    return fail(ErrorCode::internal, fmt::format("a statement has {} parameters, {} were given: {}",
                                                 sqlite3_bind_parameter_count(statement),
                                                 params.size(), sqlite3_sql(statement)));
  }
  for (std::size_t n = 0; n < params.size(); ++n) {
    const int at = sqlite3_bind_parameter_index(statement, fmt::format("${}", n + 1).c_str());
    if (at == 0) {
      return fail(ErrorCode::internal,
                  fmt::format("a statement lacks ${}: {}", n + 1, sqlite3_sql(statement)));
    }
    const Value& v = params[n];
    int rc = SQLITE_OK;
    if (const auto* i = v.if_integer()) {
      rc = sqlite3_bind_int64(statement, at, *i);
    } else if (const auto* d = v.if_real()) {
      rc = sqlite3_bind_double(statement, at, *d);
    } else if (const auto* b = v.if_boolean()) {
      rc = sqlite3_bind_int(statement, at, *b ? 1 : 0);
    } else if (const auto* s = v.if_text()) {
      if (s->find('\0') != std::string::npos) return fail(nul_character_error());
      // The parameters outlive the statement's run, so no copy is needed.
      rc = sqlite3_bind_text64(statement, at, s->data(), s->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else {
      rc = sqlite3_bind_null(statement, at);
    }
    if (rc != SQLITE_OK) return fail(last_error());
  }
  return {};
}

Error SqliteConnection::last_error() const {
  const int code = handle_ ? sqlite3_extended_errcode(handle_.get()) : SQLITE_NOMEM;
  const std::string message = handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory";
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY: {
      static constexpr std::string_view kPrefix = "UNIQUE constraint failed: ";
      return unique_violation(message.starts_with(kPrefix) ? message.substr(kPrefix.size()) : "");
    }
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return foreign_key_violation();
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_FULL:
      return Error(ErrorCode::storage_full, "The disk that holds the database is full.",
                   "Free some space; nothing that was saved before is lost.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error(ErrorCode::unavailable, "The database is busy with another program's work.",
                   "Try again in a moment.");
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_PERM:
      return Error(ErrorCode::unavailable,
                   fmt::format("The database file can not be used: {}.", message),
                   "Check the disk and who may write there.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error(ErrorCode::internal, fmt::format("The database file is damaged: {}.", message),
                   "Stop Sextant and restore the last backup.");
    default:
      return Error(ErrorCode::internal,
                   fmt::format("The database refused a statement: {}.", message));
  }
}

}  // namespace sextant::store
