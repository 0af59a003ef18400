#pragma once
// A thin RAII wrapper over DuckDB's C API: databases, connections, bound parameters, results,
// errors as Result<>. Everything in `analysis` that touches data goes through this header.
//
// How to use it
//   formats (writes a new file):
//     TRY(auto database, Database::open(path, {.threads = 2, .memory_limit = 1 << 30}));
//     TRY(auto connection, database.connect());
//     connection.set_stop(stop);                       // cancels whatever runs on it
//     TRY_VOID(connection.query("CREATE TABLE t AS SELECT * FROM read_csv($1)", {path}));
//     TRY_VOID(connection.query("CHECKPOINT"));
//   profile, ask (read through an Engine, see engine.h; trusted SQL of our own, no gate):
//     TRY(auto rows, connection.query("SELECT count(*), avg(x) FROM t WHERE y = $1", {"EUR"}));
//     std::int64_t n = rows.int64(0, 0);               // (row, column), 0-based
//     std::optional<double> mean = rows.is_null(0, 1) ? std::nullopt : rows.number(0, 1);
//   large results:
//     TRY(auto stream, connection.stream("SELECT …"));
//     while (true) { TRY(auto chunk, stream.next()); if (!chunk) break; … }
//
// Threads: a Database may be used from several threads. A Connection and what it returned belong to
// one thread at a time; `interrupt()` and `progress()` may be called from any thread.
// Errors: invalid_sql (detail.position is a byte offset when DuckDB knows it; detail.candidates and
// detail.name when a name was not found), resource_exhausted, cancelled, storage_full, unavailable
// (a file that can not be opened), internal.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analysis/engine/cell.h"
#include "base/json.h"
#include "base/result.h"
#include "catalog/query.h"

// DuckDB's opaque handles, so that its header stays out of this one.
struct _duckdb_database;
struct _duckdb_connection;
struct _duckdb_data_chunk;
struct _duckdb_prepared_statement;

namespace sextant::engine {

// A bound parameter. Constructed from what callers have at hand.
class Parameter {
 public:
  struct Date {
    std::int32_t days = 0;  // since 1970-01-01
  };
  struct Timestamp {
    std::int64_t micros = 0;  // since 1970-01-01 00:00
  };
  using Value =
      std::variant<std::monostate, bool, std::int64_t, double, std::string, Date, Timestamp,
                   std::vector<std::string>, std::vector<std::int64_t>, std::vector<double>>;
  Parameter(std::nullptr_t) {}
  Parameter(bool v) : value_(v) {}
  Parameter(int v) : value_(static_cast<std::int64_t>(v)) {}
  Parameter(std::int64_t v) : value_(v) {}
  Parameter(double v) : value_(v) {}
  Parameter(std::string v) : value_(std::move(v)) {}
  Parameter(std::string_view v) : value_(std::string(v)) {}
  Parameter(const char* v) : value_(std::string(v)) {}
  explicit Parameter(Value v) : value_(std::move(v)) {}
  // From JSON: null, true/false, numbers and texts; arrays and objects as their JSON text.
  static Parameter from_json(const json::Value& value);
  const Value& value() const { return value_; }

 private:
  Value value_;
};

// A block of rows (at most 2,048) as DuckDB produced it. Move-only.
class Chunk {
 public:
  Chunk() = default;
  explicit Chunk(_duckdb_data_chunk* handle);
  Chunk(Chunk&& other) noexcept;
  Chunk& operator=(Chunk&& other) noexcept;
  ~Chunk();
  std::int64_t rows() const { return rows_; }
  _duckdb_data_chunk* handle() const { return handle_; }

 private:
  _duckdb_data_chunk* handle_ = nullptr;
  std::int64_t rows_ = 0;
};

// Column names and types of a result; shared by ResultSet, Stream and the row encoders.
struct Shape {
  std::vector<catalog::ResultColumn> columns;  // type is DuckDB's name, e.g. DECIMAL(18,2)
  std::vector<ColumnType> types;
};

// A whole result in memory. Reading a cell of another type converts it: `int64` and `number` of any
// number or boolean, `text` of anything. Reading NULL gives 0 and ""; ask `is_null` first where
// that matters. Rows and columns out of range are a programming error (checked, gives NULL).
class ResultSet {
 public:
  ResultSet(ResultSet&&) noexcept;
  ResultSet& operator=(ResultSet&&) noexcept;
  ~ResultSet();

  std::int64_t rows() const { return rows_; }
  std::int64_t columns() const;
  const std::vector<catalog::ResultColumn>& column_info() const;
  // Position of a column by exact name.
  std::optional<std::int64_t> column(std::string_view name) const;

  bool is_null(std::int64_t row, std::int64_t column) const;
  bool boolean(std::int64_t row, std::int64_t column) const;
  std::int64_t int64(std::int64_t row, std::int64_t column) const;
  double number(std::int64_t row, std::int64_t column) const;
  std::string text(std::int64_t row, std::int64_t column) const;
  // The cell as the page gets it: see encode.h for how each type is written.
  json::Value to_json(std::int64_t row, std::int64_t column) const;
  // One array per row.
  json::Array rows_to_json(std::int64_t limit = INT64_MAX) const;

  const Shape& shape() const { return *shape_; }
  const std::vector<Chunk>& chunks() const { return chunks_; }

 private:
  friend class Connection;
  ResultSet(std::shared_ptr<const Shape> shape, std::vector<Chunk> chunks);
  struct Cell {
    const Chunk* chunk = nullptr;
    std::int64_t row = 0;
  };
  Cell find(std::int64_t row, std::int64_t column) const;

  std::shared_ptr<const Shape> shape_;
  std::vector<Chunk> chunks_;
  std::vector<std::int64_t> first_row_;  // of each chunk
  std::int64_t rows_ = 0;
};

// A result that is computed while it is read. The connection can do nothing else until it is gone.
class Stream {
 public:
  Stream(Stream&&) noexcept;
  ~Stream();
  const Shape& shape() const;
  std::shared_ptr<const Shape> shared_shape() const;
  // The next rows, or nothing at the end.
  Result<std::optional<Chunk>> next();

 private:
  friend class Connection;
  friend class Statement;
  struct State;
  explicit Stream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A prepared statement.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  ~Statement();
  // Names of the parameters in order: "1", "2", … or the names after the `$`.
  const std::vector<std::string>& parameters() const { return parameters_; }
  // Whether it is a SELECT (DuckDB reports some PRAGMA calls as such: no substitute for the gate).
  bool is_select() const;
  // DuckDB's name of the type that the parameter at this place (0, 1, …) must have; empty: any.
  std::string parameter_type(std::size_t index) const;
  // Names and types of what it gives, as far as they are known before the parameters are bound.
  std::vector<catalog::ResultColumn> columns() const;
  Result<> bind(std::string_view name, const Parameter& value);
  // Binds "1", "2", … and checks the count.
  Result<> bind_all(const std::vector<Parameter>& values);

 private:
  friend class Connection;
  Statement(_duckdb_prepared_statement* handle);
  _duckdb_prepared_statement* handle_ = nullptr;
  std::vector<std::string> parameters_;
};

class Connection {
 public:
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  // From now on a stop request interrupts whatever runs on this connection, again and again until
  // it takes (DuckDB forgets an interrupt that arrives before the query has begun).
  void set_stop(std::stop_token stop);

  // Called from time to time by the thread that runs a query or takes its rows, with a fraction
  // 0 … 1. Empty: none.
  void set_progress(std::function<void(double fraction)> on_progress);

  // Runs statements. Several separated by `;` are allowed without parameters; the last one's result
  // is returned.
  Result<ResultSet> query(const std::string& sql, const std::vector<Parameter>& parameters = {});
  Result<Stream> stream(const std::string& sql, const std::vector<Parameter>& parameters = {});

  Result<Statement> prepare(const std::string& sql);
  Result<ResultSet> query(Statement& statement);
  Result<Stream> stream(Statement& statement);

  // How many statements the text holds, or the parser's error.
  Result<std::int64_t> count_statements(const std::string& sql);

  void interrupt() const;   // any thread
  double progress() const;  // of the running query, 0 … 1; 0 when unknown. Any thread.

  // For what this wrapper does not cover (appenders).
  _duckdb_connection* handle() const;

 private:
  friend class Database;
  friend class Stream;
  struct State;
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct DatabaseOptions {
  bool read_only = false;
  int threads = 1;
  std::int64_t memory_limit = 0;  // bytes; 0: DuckDB's own (80 % of the machine)
  std::string temp_directory;     // empty: no spilling to disk
  bool preserve_insertion_order = true;
};

class Database {
 public:
  // `path` empty: in memory. Extensions are never loaded or installed from outside.
  static Result<Database> open(const std::string& path = {}, const DatabaseOptions& options = {});
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();
  Result<Connection> connect() const;

 private:
  explicit Database(_duckdb_database* handle) : handle_(handle) {}
  _duckdb_database* handle_ = nullptr;
};

// The text of a value as a SQL literal or identifier: base/text.h has quote_literal and
// quote_identifier; prefer bound parameters.

}  // namespace sextant::engine
