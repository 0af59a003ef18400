#include "analysis/engine/duckdb.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "analysis/engine/error.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

// While it lives, a stop request interrupts the connection every few milliseconds. The thread for
// that exists only once the stop has been requested.
class StopGuard {
 public:
  StopGuard(duckdb_connection connection, const std::stop_token& stop)
      : connection_(connection), callback_(std::in_place, stop, [this] { begin(); }) {}
  ~StopGuard() {
    callback_.reset();
    if (!thread_.joinable()) return;
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

 private:
  void begin() {
    thread_ = std::thread([this] {
      std::unique_lock lock(mutex_);
      while (!done_) {
        duckdb_interrupt(connection_);
        changed_.wait_for(lock, std::chrono::milliseconds(5), [this] { return done_; });
      }
    });
  }
  duckdb_connection connection_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
  std::optional<std::stop_callback<std::function<void()>>> callback_;
};

Error cancelled() {
  return Error(ErrorCode::cancelled, "The query was stopped before it had finished.");
}

std::shared_ptr<const Shape> read_shape(duckdb_result& result) {
  auto shape = std::make_shared<Shape>();
  const idx_t count = duckdb_column_count(&result);
  shape->columns.reserve(count);
  shape->types.reserve(count);
  for (idx_t i = 0; i < count; ++i) {
    duckdb_logical_type type = duckdb_column_logical_type(&result, i);
    shape->types.push_back(read_type(type));
    duckdb_destroy_logical_type(&type);
    shape->columns.push_back({duckdb_column_name(&result, i), shape->types.back().name});
  }
  return shape;
}

struct ResultHandle {
  duckdb_result result{};
  bool owned = false;
  ResultHandle() = default;
  ResultHandle(const ResultHandle&) = delete;
  ResultHandle& operator=(const ResultHandle&) = delete;
  ~ResultHandle() {
    if (owned) duckdb_destroy_result(&result);
  }
};

struct Pending {
  duckdb_pending_result handle = nullptr;
  ~Pending() { duckdb_destroy_pending(&handle); }
};

struct Extracted {
  duckdb_extracted_statements handle = nullptr;
  idx_t count = 0;
  ~Extracted() { duckdb_destroy_extracted(&handle); }
};

}  // namespace

Parameter Parameter::from_json(const json::Value& value) {
  switch (value.kind()) {
    case boost::json::kind::null:
      return nullptr;
    case boost::json::kind::bool_:
      return value.get_bool();
    case boost::json::kind::int64:
      return value.get_int64();
    case boost::json::kind::uint64:
      return std::to_string(value.get_uint64());
    case boost::json::kind::double_:
      return value.get_double();
    case boost::json::kind::string:
      return std::string(value.get_string());
    default:
      return json::dump(value);
  }
}

// --- Chunk -------------------------------------------------------------------------------------

Chunk::Chunk(_duckdb_data_chunk* handle)
    : handle_(handle), rows_(static_cast<std::int64_t>(duckdb_data_chunk_get_size(handle))) {}
Chunk::Chunk(Chunk&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), rows_(std::exchange(other.rows_, 0)) {}
Chunk& Chunk::operator=(Chunk&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(rows_, other.rows_);
  return *this;
}
Chunk::~Chunk() {
  if (handle_) duckdb_destroy_data_chunk(&handle_);
}

// --- ResultSet ---------------------------------------------------------------------------------

ResultSet::ResultSet(std::shared_ptr<const Shape> shape, std::vector<Chunk> chunks)
    : shape_(std::move(shape)), chunks_(std::move(chunks)) {
  for (const auto& chunk : chunks_) {
    first_row_.push_back(rows_);
    rows_ += chunk.rows();
  }
}
ResultSet::ResultSet(ResultSet&&) noexcept = default;
ResultSet& ResultSet::operator=(ResultSet&&) noexcept = default;
ResultSet::~ResultSet() = default;

std::int64_t ResultSet::columns() const { return std::ssize(shape_->columns); }
const std::vector<catalog::ResultColumn>& ResultSet::column_info() const { return shape_->columns; }

std::optional<std::int64_t> ResultSet::column(std::string_view name) const {
  for (std::size_t i = 0; i < shape_->columns.size(); ++i) {
    if (shape_->columns[i].name == name) return static_cast<std::int64_t>(i);
  }
  return std::nullopt;
}

ResultSet::Cell ResultSet::find(std::int64_t row, std::int64_t column) const {
  if (row < 0 || row >= rows_ || column < 0 || column >= columns()) return {};
  const auto after = std::upper_bound(first_row_.begin(), first_row_.end(), row);
  const auto index = static_cast<std::size_t>(after - first_row_.begin() - 1);
  return {&chunks_[index], row - first_row_[index]};
}

namespace {
ColumnView view(const Shape& shape, const Chunk& chunk, std::int64_t column) {
  return ColumnView(shape.types[static_cast<std::size_t>(column)],
                    duckdb_data_chunk_get_vector(chunk.handle(), static_cast<idx_t>(column)));
}
}  // namespace

bool ResultSet::is_null(std::int64_t row, std::int64_t column) const {
  const Cell cell = find(row, column);
  return !cell.chunk || view(*shape_, *cell.chunk, column).is_null(cell.row);
}
bool ResultSet::boolean(std::int64_t row, std::int64_t column) const {
  return int64(row, column) != 0;
}
std::int64_t ResultSet::int64(std::int64_t row, std::int64_t column) const {
  const Cell cell = find(row, column);
  return cell.chunk ? view(*shape_, *cell.chunk, column).int64(cell.row) : 0;
}
double ResultSet::number(std::int64_t row, std::int64_t column) const {
  const Cell cell = find(row, column);
  return cell.chunk ? view(*shape_, *cell.chunk, column).number(cell.row) : 0;
}
std::string ResultSet::text(std::int64_t row, std::int64_t column) const {
  std::string out;
  const Cell cell = find(row, column);
  if (cell.chunk) view(*shape_, *cell.chunk, column).write_text(out, cell.row);
  return out;
}
json::Value ResultSet::to_json(std::int64_t row, std::int64_t column) const {
  const Cell cell = find(row, column);
  if (!cell.chunk) return nullptr;
  std::string out;
  view(*shape_, *cell.chunk, column).write_json(out, cell.row);
  auto value = json::parse(out);
  return value ? std::move(*value) : json::Value(out);
}

json::Array ResultSet::rows_to_json(std::int64_t limit) const {
  json::Array out;
  for (std::int64_t row = 0; row < std::min(rows_, limit); ++row) {
    json::Array cells;
    for (std::int64_t c = 0; c < columns(); ++c) cells.push_back(to_json(row, c));
    out.push_back(std::move(cells));
  }
  return out;
}

// --- Statement ---------------------------------------------------------------------------------

Statement::Statement(_duckdb_prepared_statement* handle) : handle_(handle) {
  const idx_t count = duckdb_nparams(handle_);
  for (idx_t i = 1; i <= count; ++i) {
    const char* name = duckdb_parameter_name(handle_, i);
    parameters_.emplace_back(name ? name : "");
    if (name) duckdb_free(const_cast<char*>(name));
  }
}
Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), parameters_(std::move(other.parameters_)) {}
Statement::~Statement() {
  if (handle_) duckdb_destroy_prepare(&handle_);
}

bool Statement::is_select() const {
  return duckdb_prepared_statement_type(handle_) == DUCKDB_STATEMENT_TYPE_SELECT;
}

std::string Statement::parameter_type(std::size_t index) const {
  duckdb_logical_type type = duckdb_param_logical_type(handle_, index + 1);
  if (!type) return {};
  const auto id = duckdb_get_type_id(type);
  std::string name =
      id == DUCKDB_TYPE_INVALID || id == DUCKDB_TYPE_ANY ? std::string() : read_type(type).name;
  duckdb_destroy_logical_type(&type);
  return name;
}

std::vector<catalog::ResultColumn> Statement::columns() const {
  std::vector<catalog::ResultColumn> out;
  const idx_t count = duckdb_prepared_statement_column_count(handle_);
  for (idx_t i = 0; i < count; ++i) {
    const char* name = duckdb_prepared_statement_column_name(handle_, i);
    duckdb_logical_type type = duckdb_prepared_statement_column_logical_type(handle_, i);
    out.push_back({name ? name : "", type ? read_type(type).name : ""});
    if (name) duckdb_free(const_cast<char*>(name));
    if (type) duckdb_destroy_logical_type(&type);
  }
  return out;
}

namespace {

struct Binder {
  duckdb_prepared_statement s;
  idx_t i;
  duckdb_state operator()(std::monostate) const { return duckdb_bind_null(s, i); }
  duckdb_state operator()(bool v) const { return duckdb_bind_boolean(s, i, v); }
  duckdb_state operator()(std::int64_t v) const { return duckdb_bind_int64(s, i, v); }
  duckdb_state operator()(double v) const { return duckdb_bind_double(s, i, v); }
  duckdb_state operator()(const std::string& v) const {
    return duckdb_bind_varchar_length(s, i, v.data(), v.size());
  }
  duckdb_state operator()(Parameter::Date v) const { return duckdb_bind_date(s, i, {v.days}); }
  duckdb_state operator()(Parameter::Timestamp v) const {
    return duckdb_bind_timestamp(s, i, {v.micros});
  }
  duckdb_state operator()(const std::vector<std::string>& v) const {
    return list(v, DUCKDB_TYPE_VARCHAR, [](const std::string& item) {
      return duckdb_create_varchar_length(item.data(), item.size());
    });
  }
  duckdb_state operator()(const std::vector<std::int64_t>& v) const {
    return list(v, DUCKDB_TYPE_BIGINT, duckdb_create_int64);
  }
  duckdb_state operator()(const std::vector<double>& v) const {
    return list(v, DUCKDB_TYPE_DOUBLE, duckdb_create_double);
  }
  duckdb_state list(const auto& items, duckdb_type id, const auto& create) const {
    std::vector<duckdb_value> values;
    for (const auto& item : items) values.push_back(create(item));
    duckdb_logical_type type = duckdb_create_logical_type(id);
    duckdb_value none = nullptr;  // an empty list needs a place, too
    duckdb_value whole =
        duckdb_create_list_value(type, values.empty() ? &none : values.data(), values.size());
    const auto state = duckdb_bind_value(s, i, whole);
    duckdb_destroy_value(&whole);
    duckdb_destroy_logical_type(&type);
    for (auto& value : values) duckdb_destroy_value(&value);
    return state;
  }
};

}  // namespace

Result<> Statement::bind(std::string_view name, const Parameter& parameter) {
  idx_t index = 0;
  if (duckdb_bind_parameter_index(handle_, &index, std::string(name).c_str()) != DuckDBSuccess) {
    return fail(ErrorCode::invalid_sql, fmt::format("The statement has no parameter ${}.", name),
                "Parameters are written $1, $2 … or $name.");
  }
  if (const auto* v = std::get_if<std::string>(&parameter.value()); v && !text::valid_utf8(*v)) {
    return fail(ErrorCode::invalid_sql, fmt::format("The value of ${} is not valid UTF-8.", name));
  }
  if (std::visit(Binder{handle_, index}, parameter.value()) != DuckDBSuccess) {
    return fail(ErrorCode::invalid_sql, fmt::format("The value of ${} can not be bound.", name));
  }
  return {};
}

Result<> Statement::bind_all(const std::vector<Parameter>& values) {
  if (values.size() != parameters_.size()) {
    return fail(ErrorCode::invalid_sql,
                fmt::format("The statement has {} parameters, {} values were given.",
                            parameters_.size(), values.size()));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    TRY_VOID(bind(parameters_[i], values[i]));
  }
  return {};
}

// --- Connection --------------------------------------------------------------------------------

struct Connection::State {
  duckdb_connection handle = nullptr;
  std::stop_token stop;
  std::function<void(double)> on_progress;
  ~State() {
    if (handle) duckdb_disconnect(&handle);
  }

  // Runs a bound statement; the result is complete (or its first rows are there when streaming).
  Result<> run(duckdb_prepared_statement statement, bool streaming, ResultHandle& out) {
    Pending pending;
    const auto begun = streaming ? duckdb_pending_prepared_streaming(statement, &pending.handle)
                                 : duckdb_pending_prepared(statement, &pending.handle);
    if (begun != DuckDBSuccess) {
      const char* message = pending.handle ? duckdb_pending_error(pending.handle) : nullptr;
      return fail(convert_error(message ? message : "the statement could not be started"));
    }
    while (on_progress) {
      const auto state = duckdb_pending_execute_task(pending.handle);
      if (duckdb_pending_execution_is_finished(state) || state == DUCKDB_PENDING_ERROR) break;
      on_progress(fraction());
      if (state == DUCKDB_PENDING_NO_TASKS_AVAILABLE) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
    }
    out.owned = true;
    if (duckdb_execute_pending(pending.handle, &out.result) != DuckDBSuccess) {
      const char* message = duckdb_result_error(&out.result);
      return fail(convert_error(message ? message : ""));
    }
    return {};
  }

  void tell_progress() const {
    if (on_progress) on_progress(fraction());
  }

  double fraction() const {
    const double percent = duckdb_query_progress(handle).percentage;
    return percent > 0 ? std::min(percent / 100, 1.0) : 0;
  }
};

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

void Connection::set_stop(std::stop_token stop) { state_->stop = std::move(stop); }
void Connection::set_progress(std::function<void(double)> on_progress) {
  state_->on_progress = std::move(on_progress);
  if (!state_->on_progress) return;
  // A locked instance refuses; then the fraction stays 0.
  for (const char* sql : {"SET enable_progress_bar=true", "SET enable_progress_bar_print=false"}) {
    duckdb_query(state_->handle, sql, nullptr);
  }
}
void Connection::interrupt() const { duckdb_interrupt(state_->handle); }
double Connection::progress() const { return state_->fraction(); }
_duckdb_connection* Connection::handle() const { return state_->handle; }

namespace {

Result<> extract(duckdb_connection connection, const std::string& sql, Extracted& out) {
  if (sql.find('\0') != std::string::npos) {
    return fail(ErrorCode::invalid_sql, "The statement contains a NUL character.");
  }
  out.count = duckdb_extract_statements(connection, sql.c_str(), &out.handle);
  if (out.count == 0) {
    const char* message = out.handle ? duckdb_extract_statements_error(out.handle) : nullptr;
    if (message && *message) return fail(convert_error(message));
    return fail(ErrorCode::invalid_sql, "The statement is empty.");
  }
  return {};
}

Result<_duckdb_prepared_statement*> prepare_extracted(duckdb_connection connection,
                                                      const Extracted& all, idx_t index) {
  duckdb_prepared_statement handle = nullptr;
  if (duckdb_prepare_extracted_statement(connection, all.handle, index, &handle) != DuckDBSuccess) {
    const char* message = handle ? duckdb_prepare_error(handle) : nullptr;
    Error error = convert_error(message ? message : "the statement could not be prepared");
    duckdb_destroy_prepare(&handle);
    return fail(std::move(error));
  }
  return handle;
}

}  // namespace

Result<std::int64_t> Connection::count_statements(const std::string& sql) {
  Extracted all;
  TRY_VOID(extract(state_->handle, sql, all));
  return static_cast<std::int64_t>(all.count);
}

Result<Statement> Connection::prepare(const std::string& sql) {
  Extracted all;
  TRY_VOID(extract(state_->handle, sql, all));
  // All but the last run at once; a dynamic PIVOT becomes such a pair.
  const StopGuard guard(state_->handle, state_->stop);
  for (idx_t i = 0; i + 1 < all.count; ++i) {
    TRY(auto* handle, prepare_extracted(state_->handle, all, i));
    const Statement statement(handle);
    ResultHandle ignored;
    TRY_VOID(state_->run(handle, false, ignored));
  }
  TRY(auto* handle, prepare_extracted(state_->handle, all, all.count - 1));
  return Statement(handle);
}

Result<ResultSet> Connection::query(Statement& statement) {
  if (state_->stop.stop_requested()) return fail(cancelled());
  const StopGuard guard(state_->handle, state_->stop);
  ResultHandle result;
  TRY_VOID(state_->run(statement.handle_, false, result));
  auto shape = read_shape(result.result);
  std::vector<Chunk> chunks;
  while (duckdb_data_chunk handle = duckdb_fetch_chunk(result.result)) {
    Chunk chunk(handle);
    if (chunk.rows() > 0) chunks.push_back(std::move(chunk));
  }
  return ResultSet(std::move(shape), std::move(chunks));
}

Result<ResultSet> Connection::query(const std::string& sql,
                                    const std::vector<Parameter>& parameters) {
  TRY(auto statement, prepare(sql));
  TRY_VOID(statement.bind_all(parameters));
  return query(statement);
}

// --- Stream ------------------------------------------------------------------------------------

struct Stream::State {
  StopGuard guard;
  std::stop_token stop;
  std::optional<Statement> statement;  // owned when the caller gave only text
  ResultHandle result;
  std::shared_ptr<const Shape> shape;
  const Connection::State& connection;
  State(const Connection::State& of, std::stop_token token)
      : guard(of.handle, token), stop(std::move(token)), connection(of) {}
};

Stream::Stream(std::unique_ptr<State> state) : state_(std::move(state)) {}
Stream::Stream(Stream&&) noexcept = default;
Stream::~Stream() = default;
const Shape& Stream::shape() const { return *state_->shape; }
std::shared_ptr<const Shape> Stream::shared_shape() const { return state_->shape; }

Result<std::optional<Chunk>> Stream::next() {
  while (true) {
    if (state_->stop.stop_requested()) return fail(cancelled());
    // The engine goes on with its work as rows are taken, most of it when they are many.
    state_->connection.tell_progress();
    duckdb_data_chunk handle = duckdb_fetch_chunk(state_->result.result);
    if (!handle) {
      const char* message = duckdb_result_error(&state_->result.result);
      if (message && *message) return fail(convert_error(message));
      return std::optional<Chunk>();
    }
    Chunk chunk(handle);
    if (chunk.rows() > 0) return std::optional<Chunk>(std::move(chunk));
  }
}

Result<Stream> Connection::stream(Statement& statement) {
  if (state_->stop.stop_requested()) return fail(cancelled());
  auto state = std::make_unique<Stream::State>(*state_, state_->stop);
  TRY_VOID(state_->run(statement.handle_, true, state->result));
  state->shape = read_shape(state->result.result);
  return Stream(std::move(state));
}

Result<Stream> Connection::stream(const std::string& sql,
                                  const std::vector<Parameter>& parameters) {
  TRY(auto statement, prepare(sql));
  TRY_VOID(statement.bind_all(parameters));
  TRY(auto stream, this->stream(statement));
  stream.state_->statement.emplace(std::move(statement));
  return stream;
}

// --- Database ----------------------------------------------------------------------------------

Result<Database> Database::open(const std::string& path, const DatabaseOptions& options) {
  duckdb_config config = nullptr;
  duckdb_create_config(&config);
  duckdb_set_config(config, "access_mode", options.read_only ? "READ_ONLY" : "AUTOMATIC");
  duckdb_set_config(config, "threads", std::to_string(std::max(options.threads, 1)).c_str());
  duckdb_set_config(config, "autoinstall_known_extensions", "false");
  duckdb_set_config(config, "autoload_known_extensions", "false");
  duckdb_database handle = nullptr;
  char* message = nullptr;
  const auto state =
      duckdb_open_ext(path.empty() ? nullptr : path.c_str(), &handle, config, &message);
  duckdb_destroy_config(&config);
  if (state != DuckDBSuccess) {
    Error error = convert_error(message ? message : "the database could not be opened");
    duckdb_free(message);
    if (error.code == ErrorCode::invalid_sql) error.code = ErrorCode::unavailable;
    return fail(std::move(error));
  }
  Database database(handle);
  TRY(auto connection, database.connect());
  // Through duckdb_set_config some of these are refused or not enforced.
  std::string settings =
      "SET GLOBAL errors_as_json=true; SET GLOBAL allow_persistent_secrets=false;"
      "SET GLOBAL temp_directory=" +
      text::quote_literal(options.temp_directory) + ";";
  if (options.memory_limit > 0) {
    settings += fmt::format("SET GLOBAL memory_limit='{}B';", options.memory_limit);
  }
  if (!options.preserve_insertion_order) settings += "SET GLOBAL preserve_insertion_order=false;";
  TRY_VOID(connection.query(settings));
  return database;
}

Database::Database(Database&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
Database& Database::operator=(Database&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}
Database::~Database() {
  if (handle_) duckdb_close(&handle_);
}

Result<Connection> Database::connect() const {
  auto state = std::make_unique<Connection::State>();
  if (duckdb_connect(handle_, &state->handle) != DuckDBSuccess) {
    return fail(ErrorCode::unavailable, "No connection to the database could be opened.");
  }
  return Connection(std::move(state));
}

}  // namespace sextant::engine
