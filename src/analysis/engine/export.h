#pragma once
// Whole results as files: CSV, JSON, XLSX and Parquet, in memory that does not grow with the rows.
//
// csv: as encode.h writes it. json: an array of objects, one a line. xlsx: numbers, dates, times
// and booleans as such; what a spreadsheet can not hold exactly (whole numbers beyond 2^53, long
// decimals, dates before March 1900) as text; after 1,048,575 rows a further sheet. parquet: the
// engine's own types; equal column names get a number.
// xlsx and parquet are written to a file in `temp_directory` and sent when it is complete.
// Threads: one at a time.

#include <filesystem>
#include <memory>
#include <string>

#include "analysis/engine/duckdb.h"
#include "analysis/engine/spill.h"
#include "wire/messages.h"

namespace sextant::engine {

class ExportWriter {
 public:
  static Result<std::unique_ptr<ExportWriter>> create(wire::ExportFormat format,
                                                      const std::string& temp_directory);
  virtual ~ExportWriter() = default;

  // In this order; `append` any number of times.
  virtual Result<> begin(std::shared_ptr<const Shape> shape, const RowSink& sink) = 0;
  virtual Result<> append(const Chunk& chunk, const RowSink& sink) = 0;
  virtual Result<> finish(const RowSink& sink, std::stop_token stop) = 0;
};

// The formats that need a library of their own, made by create().
std::unique_ptr<ExportWriter> new_workbook_writer(std::filesystem::path file);
std::unique_ptr<ExportWriter> new_parquet_writer(std::filesystem::path file);

// Sends a file and removes it.
Result<> send_file(const std::filesystem::path& file, const RowSink& sink);

}  // namespace sextant::engine
