#pragma once
// Whole results kept on disk, so that the page can jump to any row: a native DuckDB file with the
// table `result` (c0, c1, …) and the table `columns` (names and types). Pages are read by row id,
// which costs the same at any depth. The file is written under a temporary name and renamed when it
// is complete; the server deletes it later.
// Threads: one at a time per object.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "analysis/engine/duckdb.h"
#include "catalog/query.h"
#include "wire/messages.h"

struct _duckdb_appender;

namespace sextant::engine {

using RowSink = std::function<Result<>(std::string_view bytes)>;

class SpillWriter {
 public:
  static Result<std::unique_ptr<SpillWriter>> create(std::filesystem::path path,
                                                     const Shape& shape);
  ~SpillWriter();  // removes what is not finished
  Result<> append(const Chunk& chunk);
  Result<> finish();

 private:
  SpillWriter() = default;
  std::filesystem::path path_, partial_;
  std::optional<Database> database_;
  std::optional<Connection> connection_;
  _duckdb_appender* appender_ = nullptr;
  bool finished_ = false;
};

class SpillReader {
 public:
  static Result<std::unique_ptr<SpillReader>> open(const std::filesystem::path& path);
  // Rows [offset, offset + limit) as json_rows into the sink.
  Result<catalog::ResultHead> page(std::int64_t offset, std::int64_t limit, const RowSink& sink,
                                   std::stop_token stop = {});
  // All rows in another encoding.
  Result<catalog::ResultHead> all(wire::Encoding encoding, const RowSink& sink,
                                  std::stop_token stop = {});
  const std::filesystem::path& path() const { return path_; }

 private:
  SpillReader() = default;
  Result<catalog::ResultHead> send(const std::string& sql, const std::vector<Parameter>& parameters,
                                   wire::Encoding encoding, const RowSink& sink,
                                   std::stop_token stop);
  std::filesystem::path path_;
  std::optional<Database> database_;
  std::vector<catalog::ResultColumn> columns_;
  std::int64_t rows_ = 0;
};

}  // namespace sextant::engine
