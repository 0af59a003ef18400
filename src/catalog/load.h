#pragma once
// What loading a file decided and found: the load plan and the quarantine.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/source.h"

namespace sextant::catalog {

// A cell (or a whole line) that did not fit and was kept aside. Nothing is dropped silently.
struct QuarantinedCell {
  std::int64_t row = 0;               // 1-based line of the file (csv) or record number (json)
  std::optional<std::string> column;  // original column name; none when the whole line is meant
  std::string raw;                    // text as the file has it, at most 1,000 bytes
  std::string reason;                 // e.g. "not a number", "too many fields"
};
BOOST_DESCRIBE_STRUCT(QuarantinedCell, (), (row, column, raw, reason))

// How one column's type was decided, with the evidence from the whole file.
struct ColumnDecision {
  std::string column;    // snake_case name
  std::string type;      // the type chosen
  std::string evidence;  // e.g. "99.98 % of 12,480 values are dates yyyy-mm-dd; 3 quarantined"
  std::int64_t quarantined = 0;
};
BOOST_DESCRIBE_STRUCT(ColumnDecision, (), (column, type, evidence, quarantined))

struct TableLoad {
  std::string table;  // SQL name
  std::int64_t rows = 0;
  std::int64_t quarantined = 0;          // all of them, also those beyond `samples`
  std::vector<QuarantinedCell> samples;  // the first 100
  std::vector<ColumnDecision> decisions;
};
BOOST_DESCRIBE_STRUCT(TableLoad, (), (table, rows, quarantined, samples, decisions))

struct LoadReport {
  std::string format;                    // csv, tsv, json, ndjson, parquet, …
  std::optional<std::string> encoding;   // e.g. UTF-8, windows-1252
  std::optional<std::string> delimiter;  // one character
  std::optional<bool> header;            // whether the first line names the columns
  std::int64_t bytes = 0;                // of the file
  std::vector<TableLoad> tables;
  std::vector<std::string> notes;  // sentences for the user: what was noticed or assumed
};
BOOST_DESCRIBE_STRUCT(LoadReport, (), (format, encoding, delimiter, header, bytes, tables, notes))

}  // namespace sextant::catalog
