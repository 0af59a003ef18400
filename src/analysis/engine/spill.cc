#include "analysis/engine/spill.h"

#include <duckdb.h>
#include <fmt/format.h>

#include "analysis/engine/encode.h"
#include "analysis/engine/error.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

constexpr std::int64_t kSpillMemory = 128ll << 20;

// A type as CREATE TABLE takes it.
std::string sql_type(const ColumnType& type) {
  const auto fields = [&] {
    std::string out;
    for (std::size_t i = 0; i < type.children.size(); ++i) {
      if (i > 0) out += ", ";
      out += text::quote_identifier(type.fields[i]) + " " + sql_type(type.children[i]);
    }
    return out;
  };
  switch (type.id) {
    case DUCKDB_TYPE_ENUM: {
      std::string labels;
      for (const auto& label : type.labels) {
        labels += (labels.empty() ? "" : ", ") + text::quote_literal(label);
      }
      return "ENUM(" + labels + ")";
    }
    case DUCKDB_TYPE_LIST:
      return sql_type(type.children[0]) + "[]";
    case DUCKDB_TYPE_ARRAY:
      return fmt::format("{}[{}]", sql_type(type.children[0]), type.array_size);
    case DUCKDB_TYPE_MAP:
      return fmt::format("MAP({}, {})", sql_type(type.children[0]), sql_type(type.children[1]));
    case DUCKDB_TYPE_STRUCT:
      return "STRUCT(" + fields() + ")";
    case DUCKDB_TYPE_UNION:
      return "UNION(" + fields() + ")";
    case DUCKDB_TYPE_SQLNULL:
      return "INTEGER";
    default:
      return type.name;
  }
}

}  // namespace

Result<std::unique_ptr<SpillWriter>> SpillWriter::create(std::filesystem::path path,
                                                         const Shape& shape) {
  std::unique_ptr<SpillWriter> writer(new SpillWriter);
  writer->path_ = std::move(path);
  writer->partial_ = writer->path_.string() + ".part";
  std::error_code ignored;
  std::filesystem::create_directories(writer->path_.parent_path(), ignored);
  std::filesystem::remove(writer->partial_, ignored);
  TRY(auto database, Database::open(writer->partial_.string(), {.memory_limit = kSpillMemory}));
  TRY(auto connection, database.connect());
  writer->database_.emplace(std::move(database));
  writer->connection_.emplace(std::move(connection));
  std::string create =
      "BEGIN; CREATE TABLE columns (name VARCHAR, type VARCHAR); CREATE TABLE result (";
  for (std::size_t i = 0; i < shape.types.size(); ++i) {
    create += fmt::format("{}c{} {}", i > 0 ? ", " : "", i, sql_type(shape.types[i]));
  }
  TRY_VOID(writer->connection_->query(create + ")"));
  for (const auto& column : shape.columns) {
    TRY_VOID(writer->connection_->query("INSERT INTO columns VALUES ($1, $2)",
                                        {column.name, column.type}));
  }
  if (duckdb_appender_create(writer->connection_->handle(), nullptr, "result",
                             &writer->appender_) != DuckDBSuccess) {
    return fail(ErrorCode::internal, "The result file could not be prepared.");
  }
  return writer;
}

SpillWriter::~SpillWriter() {
  if (appender_) duckdb_appender_destroy(&appender_);
  if (finished_) return;
  connection_.reset();
  database_.reset();
  std::error_code ignored;
  std::filesystem::remove(partial_, ignored);
  std::filesystem::remove(partial_.string() + ".wal", ignored);
}

Result<> SpillWriter::append(const Chunk& chunk) {
  if (duckdb_append_data_chunk(appender_, chunk.handle()) == DuckDBSuccess) return {};
  const char* message = duckdb_appender_error(appender_);
  return fail(convert_error(message ? message : "the result could not be written"));
}

Result<> SpillWriter::finish() {
  if (duckdb_appender_close(appender_) != DuckDBSuccess) {
    const char* message = duckdb_appender_error(appender_);
    return fail(convert_error(message ? message : "the result could not be written"));
  }
  duckdb_appender_destroy(&appender_);
  TRY_VOID(connection_->query("COMMIT; CHECKPOINT"));
  connection_.reset();
  database_.reset();
  std::error_code ec;
  std::filesystem::rename(partial_, path_, ec);
  if (ec) return fail(ErrorCode::internal, "The result file could not be kept: " + ec.message());
  finished_ = true;
  return {};
}

Result<std::unique_ptr<SpillReader>> SpillReader::open(const std::filesystem::path& path) {
  std::error_code ec;
  if (!std::filesystem::is_regular_file(path, ec)) {
    return fail(ErrorCode::gone, "This result is not kept any more.", "Run the query again.");
  }
  std::unique_ptr<SpillReader> reader(new SpillReader);
  reader->path_ = path;
  TRY(auto database,
      Database::open(path.string(), {.read_only = true, .memory_limit = kSpillMemory}));
  TRY(auto connection, database.connect());
  reader->database_.emplace(std::move(database));
  TRY(auto columns, connection.query("SELECT name, type FROM columns ORDER BY rowid"));
  for (std::int64_t i = 0; i < columns.rows(); ++i) {
    reader->columns_.push_back({columns.text(i, 0), columns.text(i, 1)});
  }
  TRY(auto rows, connection.query("SELECT count(*) FROM result"));
  reader->rows_ = rows.int64(0, 0);
  return reader;
}

Result<catalog::ResultHead> SpillReader::page(std::int64_t offset, std::int64_t limit,
                                              const RowSink& sink, std::stop_token stop) {
  offset = std::clamp<std::int64_t>(offset, 0, rows_);
  limit = std::clamp<std::int64_t>(limit, 0, rows_ - offset);
  return send("SELECT * FROM result WHERE rowid >= $1 AND rowid < $2", {offset, offset + limit},
              wire::Encoding::json_rows, sink, std::move(stop));
}

Result<catalog::ResultHead> SpillReader::all(wire::Encoding encoding, const RowSink& sink,
                                             std::stop_token stop) {
  return send("SELECT * FROM result", {}, encoding, sink, std::move(stop));
}

Result<catalog::ResultHead> SpillReader::send(const std::string& sql,
                                              const std::vector<Parameter>& parameters,
                                              wire::Encoding encoding, const RowSink& sink,
                                              std::stop_token stop) {
  const auto begun = std::chrono::steady_clock::now();
  TRY(auto connection, database_->connect());
  connection.set_stop(std::move(stop));
  TRY(auto stream, connection.stream(sql, parameters));
  auto shape = std::make_shared<Shape>(stream.shape());
  shape->columns = columns_;
  RowEncoder encoder(shape, encoding, {});
  std::string out;
  encoder.begin(out);
  while (true) {
    TRY(auto chunk, stream.next());
    if (!chunk) break;
    encoder.append(out, *chunk, 0, chunk->rows());
    if (out.size() > 128 << 10) {
      TRY_VOID(sink(out));
      out.clear();
    }
  }
  if (!out.empty()) TRY_VOID(sink(out));
  catalog::ResultHead head;
  head.columns = columns_;
  head.row_count = encoder.rows();
  head.total_rows = rows_;
  head.execution_time =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return head;
}

}  // namespace sextant::engine
