#pragma once
// The DuckDB file that a load writes: tables, `_columns`, `_quarantine`, `_passages` (passages.h
// describes it). One thread.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "analysis/engine/duckdb.h"
#include "analysis/formats/input_file.h"
#include "analysis/formats/load.h"
#include "analysis/formats/passages.h"
#include "catalog/load.h"

namespace sextant::formats {

// Cells kept aside, of one table: all of them in a temporary file, the first 100 for the report.
class Quarantine {
 public:
  Quarantine(std::string table, const std::string& temp_directory);
  // An empty `column` means the whole line.
  Result<> add(std::int64_t line, std::string_view column, std::string_view raw,
               std::string_view reason);
  Result<> close();

  const std::string& table() const { return table_; }
  // When the table is known only after its cells; before add_quarantine().
  void set_table(std::string table) { table_ = std::move(table); }
  // Where a cell stands in the file, added to each reason: "Orders!C17".
  using Place = std::function<std::string(std::int64_t line, std::string_view column)>;
  void set_place(Place place) { place_ = std::move(place); }
  std::int64_t count() const { return count_; }
  std::int64_t count_of(std::string_view column) const;
  std::int64_t longest_line() const { return longest_line_; }  // bytes, in the temporary file
  const std::vector<catalog::QuarantinedCell>& samples() const { return samples_; }
  const std::string& path() const { return file_.path(); }

 private:
  std::string table_;
  Place place_;
  TemporaryFile file_;
  std::optional<TextWriter> writer_;
  std::int64_t count_ = 0;
  std::map<std::string, std::int64_t, std::less<>> by_column_;
  std::int64_t longest_line_ = 0;
  std::vector<catalog::QuarantinedCell> samples_;
};

struct ColumnExtra {
  std::string column;
  std::string original_name;
  std::string unit;  // currency code or %; empty: none
};

class OutputDatabase {
 public:
  static Result<OutputDatabase> create(const std::string& path, const LoadOptions& options,
                                       std::stop_token stop);
  engine::Connection& connection() { return connection_; }
  engine::Database& database() { return database_; }

  Result<> add_quarantine(Quarantine& quarantine);
  Result<> add_columns(const std::string& table, const std::vector<ColumnExtra>& columns);
  Result<> add_passages(PassageFile& passages);
  // Removes every other table with what was noted of it, and all passages but the first so many:
  // what a file has left that was given up half-way.
  Result<> keep_only(const std::vector<std::string>& tables, std::int64_t passages);

  // Checkpoints, closes and fsyncs; the object is of no more use.
  static Result<> finish(OutputDatabase output);

 private:
  OutputDatabase(std::string path, engine::Database database, engine::Connection connection)
      : path_(std::move(path)),
        database_(std::move(database)),
        connection_(std::move(connection)) {}
  std::string path_;
  engine::Database database_;
  engine::Connection connection_;
};

// Appends one cell of a CSV with commas, quoted when it needs to be.
void append_csv_cell(std::string& out, std::string_view cell);

}  // namespace sextant::formats
