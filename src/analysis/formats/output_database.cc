#include "analysis/formats/output_database.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/text.h"

namespace sextant::formats {
namespace {
constexpr std::size_t kSamples = 100;
constexpr std::size_t kSampleBytes = 1000;
constexpr std::int64_t kUsualLine = 2 << 20;
}  // namespace

void append_csv_cell(std::string& out, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == cell.npos) {
    out += cell;
    return;
  }
  out.push_back('"');
  for (const char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

Quarantine::Quarantine(std::string table, const std::string& temp_directory)
    : table_(std::move(table)), file_(temp_directory, ".quarantine.csv") {}

std::int64_t Quarantine::count_of(std::string_view column) const {
  const auto known = by_column_.find(column);
  return known == by_column_.end() ? 0 : known->second;
}

Result<> Quarantine::add(std::int64_t line, std::string_view column, std::string_view raw,
                         std::string_view why) {
  std::string reason(why);
  if (place_) reason += " (" + place_(line, column) + ")";
  if (!writer_) {
    TRY(auto writer, TextWriter::create(file_.path()));
    writer_.emplace(std::move(writer));
  }
  ++count_;
  if (const auto known = by_column_.find(column); known != by_column_.end())
    ++known->second;
  else
    by_column_.emplace(column, 1);
  if (samples_.size() < kSamples) {
    catalog::QuarantinedCell cell;
    cell.row = line;
    if (!column.empty()) cell.column = std::string(column);
    cell.raw = text::truncate_utf8(raw, kSampleBytes);
    cell.reason = reason;
    samples_.push_back(std::move(cell));
  }
  auto& out = writer_->buffer();
  const auto before = out.size();
  out += std::to_string(line);
  out += ',';
  append_csv_cell(out, column);
  out += ',';
  append_csv_cell(out, raw);
  out += ',';
  append_csv_cell(out, reason);
  out += '\n';
  longest_line_ = std::max(longest_line_, static_cast<std::int64_t>(out.size() - before));
  return writer_->flush_if_full();
}

Result<> Quarantine::close() {
  if (!writer_) return {};
  TRY_VOID(writer_->close());
  writer_.reset();
  return {};
}

Result<OutputDatabase> OutputDatabase::create(const std::string& path, const LoadOptions& options,
                                              std::stop_token stop) {
  engine::DatabaseOptions database_options;
  database_options.threads = static_cast<int>(options.threads);
  database_options.memory_limit = options.memory_limit;
  database_options.temp_directory = options.temp_directory;
  TRY(auto database, engine::Database::open(path, database_options));
  TRY(auto connection, database.connect());
  connection.set_stop(stop);
  TRY_VOID(connection.query(
      "SET TimeZone = 'UTC';"
      "CREATE TABLE _quarantine (table_name VARCHAR, line BIGINT, column_name VARCHAR, raw "
      "VARCHAR, "
      "reason VARCHAR, file VARCHAR);"
      "CREATE TABLE _columns (table_name VARCHAR, column_name VARCHAR, original_name VARCHAR, "
      "unit VARCHAR);"
      "CREATE TABLE _passages (id BIGINT, page INTEGER, kind VARCHAR, heading VARCHAR, text "
      "VARCHAR, position VARCHAR)"));
  return OutputDatabase(path, std::move(database), std::move(connection));
}

Result<> OutputDatabase::add_quarantine(Quarantine& quarantine) {
  TRY_VOID(quarantine.close());
  if (quarantine.count() == 0) return {};
  TRY_VOID(connection_.query(
      "INSERT INTO _quarantine SELECT " + text::quote_literal(quarantine.table()) +
      ", *, NULL FROM read_csv(" + text::quote_literal(quarantine.path()) +
      ", auto_detect=false, header=false, delim=',', quote='\"', escape='\"', "
      "columns={"
      "'l':'BIGINT','c':'VARCHAR','r':'VARCHAR','w':'VARCHAR'}, max_line_size=" +
      std::to_string(std::max(kUsualLine, quarantine.longest_line() + 1024)) +
      ", parallel=false)"));
  return {};
}

Result<> OutputDatabase::add_columns(const std::string& table,
                                     const std::vector<ColumnExtra>& columns) {
  std::string values;
  const auto flush = [&]() -> Result<> {
    if (values.empty()) return {};
    TRY_VOID(connection_.query("INSERT INTO _columns VALUES " + values));
    values.clear();
    return {};
  };
  for (const auto& column : columns) {
    values += (values.empty() ? "(" : ",(") + text::quote_literal(table) + "," +
              text::quote_literal(column.column) + "," + text::quote_literal(column.original_name) +
              "," + (column.unit.empty() ? "NULL" : text::quote_literal(column.unit)) + ")";
    if (values.size() > (64u << 10)) TRY_VOID(flush());
  }
  return flush();
}

Result<> OutputDatabase::add_passages(PassageFile& passages) {
  TRY_VOID(passages.close());
  if (passages.count() == 0) return {};
  // Those of several files that make one source follow each other.
  TRY_VOID(connection_.query(
      "INSERT INTO _passages SELECT i + (SELECT coalesce(max(id), 0) FROM _passages), p, k, h, t, "
      "b "
      "FROM read_csv(" +
      text::quote_literal(passages.path()) +
      ", auto_detect=false, header=false, delim=',', quote='\"', escape='\"', nullstr='', "
      "allow_quoted_nulls=false, columns={'i':'BIGINT','p':'INTEGER','k':'VARCHAR','h':'VARCHAR',"
      "'t':'VARCHAR','b':'VARCHAR'}, max_line_size=" +
      std::to_string(std::max(kUsualLine, passages.longest_line() + 1024)) + ", parallel=false)"));
  return {};
}

Result<> OutputDatabase::keep_only(const std::vector<std::string>& tables, std::int64_t passages) {
  std::string kept = "'_columns', '_quarantine', '_passages'";
  for (const auto& table : tables) kept += ", " + text::quote_literal(table);
  TRY(const auto others,
      connection_.query("SELECT table_name FROM duckdb_tables() WHERE database_name = "
                        "current_database() AND NOT internal AND table_name NOT IN (" +
                        kept + ")"));
  for (std::int64_t r = 0; r < others.rows(); ++r)
    TRY_VOID(connection_.query("DROP TABLE " + text::quote_identifier(others.text(r, 0))));
  for (const char* noted : {"_columns", "_quarantine"}) {
    TRY_VOID(connection_.query(std::string("DELETE FROM ") + noted + " WHERE table_name NOT IN (" +
                               kept + ")"));
  }
  TRY_VOID(connection_.query("DELETE FROM _passages WHERE id > $1", {passages}));
  return {};
}

Result<> OutputDatabase::finish(OutputDatabase output) {
  TRY_VOID(output.connection_.query("CHECKPOINT"));
  const auto path = output.path_;
  {
    const OutputDatabase closed = std::move(output);
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return fail(ErrorCode::internal, "the loaded file is not there");
  const int failed = ::fsync(descriptor);
  ::close(descriptor);
  if (failed != 0)
    return fail(ErrorCode::storage_full, "The loaded data could not be written to disk.");
  return {};
}

}  // namespace sextant::formats
