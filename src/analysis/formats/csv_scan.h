#pragma once
// Looks at every cell of a delimited UTF-8 file once: which type each column can have, how many
// records there are, and whether the file is regular, that is, whether the engine's own reader can
// be trusted with it. Memory: a few blocks per thread. Thread-safe.

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/formats/column_evidence.h"
#include "analysis/formats/csv_dialect.h"
#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats {

struct ScanRequest {
  const InputFile* file = nullptr;
  Dialect dialect;
  std::size_t columns = 1;
  std::int64_t data_offset = 0;  // where the first data record starts
  std::int64_t data_line = 1;
  int threads = 1;
  std::function<void(std::int64_t bytes)> on_bytes;  // called by any thread
  std::vector<std::shared_ptr<const MissingWords>> missing =
      {};  // by column; fewer: the usual words

  std::vector<std::string> header = {};  // records like it are no data; empty: there are none

  std::vector<ColumnEvidence> fresh_columns() const;
};

struct Scan {
  bool regular = true;
  std::int64_t records = 0;
  std::int64_t longest_record = 0;      // bytes
  std::vector<ColumnEvidence> columns;  // may be more than asked for: cells beyond the last
  // Only of irregular files:
  std::int64_t short_records = 0;
  std::int64_t long_records = 0;  // with a filled cell beyond the last column
  std::int64_t irregular_quotes = 0;
  std::int64_t comments = 0;
  std::int64_t headers = 0;  // records like the header
};

// Parallel; gives up (regular = false, nothing else is set) at the first thing that is not exactly
// RFC 4180 with one kind of line break and `columns` cells in each record.
Result<Scan> scan_regular(const ScanRequest& request, std::stop_token stop);

// A cell that does not fit its column's type.
struct Misfit {
  std::int64_t line = 0;
  std::size_t column = 0;
  std::string raw;  // as it stands between the quotes
};

// The misfits of the columns that have a plan (by position; others are null), in the order of the
// file. Parallel; only for files that scan_regular found regular.
Result<std::vector<Misfit>> find_misfits(const ScanRequest& request,
                                         const std::vector<const ColumnPlan*>& plans,
                                         std::stop_token stop);

// Whether the record is the header once more.
bool repeats_header(const ScanRequest& request, const struct Record& record);

// Sequential; reads everything that CsvReader reads.
Result<Scan> scan_irregular(const ScanRequest& request, std::stop_token stop);

// Reads the data records of any file in order. Returns in how many of them quotes were irregular.
Result<std::int64_t> for_each_record(const ScanRequest& request, std::stop_token stop,
                                     const std::function<Result<>(const struct Record&)>& visit);

}  // namespace sextant::formats
