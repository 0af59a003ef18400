#pragma once
// One delimited file on its way into a table. One thread.

#include <string>
#include <vector>

#include "analysis/formats/csv_dialect.h"
#include "analysis/formats/csv_scan.h"
#include "analysis/formats/decoder.h"
#include "analysis/formats/table_writer.h"

namespace sextant::formats {

inline constexpr const char* kOnlyTable = "";  // the key of a text's table

// Everything decided about one delimited file.
struct CsvJob {
  ScanRequest scan_request;
  Layout layout;
  Scan scan;
  TableJob table;                 // its columns are the kept ones
  std::vector<std::size_t> kept;  // their positions in the file
  std::size_t columns = 0;        // of the file
  std::string null_list;          // spellings of "no value" for the engine's reader
  bool direct = false;            // the engine's reader can read the file itself
};

// Tells in the report how the file was read.
void note_layout(LoadContext& context, const CsvJob& job);

}  // namespace sextant::formats
