#pragma once
// Bytes → tables: decodes one uploaded file and writes it as one native DuckDB file.
//
// The promise: nothing is dropped or changed silently. Types are decided on every cell of the file;
// a cell that does not fit its column's type is NULL in the table and kept, with its line and its
// raw text, in the report and in the table `_quarantine` (table_name, line, column_name, raw,
// reason, file) of the same file. `_columns` (table_name, column_name, original_name, unit,
// decimal_mark) keeps what the cells said beyond their type.
//
// Thread-safety: calls are independent of each other. Memory: bounded by LoadOptions::memory_limit
// plus at most 200 MB. Errors: unsupported_type, unreadable_file, too_large, cancelled,
// storage_full, resource_exhausted; on any error `output` does not exist.

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "wire/messages.h"

namespace sextant::formats {

struct LoadOptions {
  std::int64_t memory_limit = 1ll << 30;  // bytes, for the engine
  std::int64_t threads = 2;
  std::string temp_directory = "tmp";  // must exist; emptied of what this call puts there
};

using ProgressCallback = std::function<void(const wire::Progress&)>;

Result<wire::LoadReply> load_file(const wire::LoadRequest& request, const LoadOptions& options,
                                  const ProgressCallback& progress, std::stop_token stop);

// Loads the libraries that documents need, where they are installed. To be called before a process
// gives up the right to read them; load_file needs no call of it elsewhere.
void load_document_libraries();

// Extensions that load_file accepts, with their dot and in lower case: ".csv", ".json", …
std::vector<std::string> accepted_extensions();

}  // namespace sextant::formats
