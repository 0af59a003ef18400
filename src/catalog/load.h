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
  std::int64_t row = 0;                  // 1-based line of the file (csv) or record number (json)
  std::optional<std::string> column;     // original column name; none when the whole line is meant
  std::string raw;                       // text as the file has it, at most 1,000 bytes
  std::string reason;                    // e.g. "not a number", "too many fields"
  std::optional<std::string> file = {};  // its name, when the table comes from several
};
BOOST_DESCRIBE_STRUCT(QuarantinedCell, (), (row, column, raw, reason, file))

// How one column's type was decided, with the evidence from the whole file.
struct ColumnDecision {
  std::string column;    // snake_case name
  std::string type;      // the type chosen
  std::string evidence;  // e.g. "99.98 % of 12,480 values are dates yyyy-mm-dd; 3 quarantined"
  std::int64_t quarantined = 0;
  std::string original_name = {};  // the header; what LoadPlan names the column by
  bool chosen = false;             // by the plan, not found
};
BOOST_DESCRIBE_STRUCT(ColumnDecision, (),
                      (column, type, evidence, quarantined, original_name, chosen))

// Where a table of a document stands, and how sure it is that it is one.
struct TableOrigin {
  std::optional<std::int64_t> page;  // 1-based; the first of them when it goes over several
  std::optional<std::int64_t> last_page;
  // Points (1/72 inch) from the upper left corner of that page; none where there are no pages.
  std::optional<double> x;
  std::optional<double> y;
  std::optional<double> width;
  std::optional<double> height;
  std::int64_t number = 1;  // of the document's tables, in reading order
  double confidence = 1;    // 0 … 1
  bool included = true;     // false: found, but too unsure to be loaded without being asked
  std::vector<std::vector<std::string>> preview;  // its first rows as the document has them
};
BOOST_DESCRIBE_STRUCT(TableOrigin, (),
                      (page, last_page, x, y, width, height, number, confidence, included, preview))

struct TableLoad {
  std::string table;  // SQL name
  std::int64_t rows = 0;
  std::int64_t quarantined = 0;          // all of them, also those beyond `samples`
  std::vector<QuarantinedCell> samples;  // the first 100
  std::vector<ColumnDecision> decisions;
  std::optional<TableOrigin> origin;  // of tables of documents
  // Which table of the file it is: "" in files that hold one, else the sheet ("Orders", the second
  // one on it "Orders#2") or the path of the list in a JSON document.
  std::string key;
  std::optional<std::string> range;         // on the sheet: B3:F20
  std::optional<std::int64_t> header_row;   // as in TableChoice; 0: there is none
  std::optional<std::int64_t> header_rows;  // of a sheet
};
BOOST_DESCRIBE_STRUCT(TableLoad, (),
                      (table, rows, quarantined, samples, decisions, origin, key, range, header_row,
                       header_rows))

enum class SheetState { loaded, off, hidden, empty, chart, macro };
BOOST_DESCRIBE_ENUM(SheetState, loaded, off, hidden, empty, chart, macro)

// A sheet of a workbook, whether it was loaded or not.
struct SheetLoad {
  std::string sheet;
  SheetState state = SheetState::loaded;
  std::vector<std::string> ranges;  // of the tables on it
};
BOOST_DESCRIBE_STRUCT(SheetLoad, (), (sheet, state, ranges))

struct LoadReport {
  std::string format;                    // csv, tsv, json, ndjson, parquet, …
  std::optional<std::string> encoding;   // e.g. UTF-8, windows-1252
  std::optional<std::string> delimiter;  // one character
  std::optional<bool> header;            // whether the first line names the columns
  std::int64_t bytes = 0;                // of the file
  std::vector<TableLoad> tables;
  std::vector<std::string> notes;        // sentences for the user: what was noticed or assumed
  std::optional<std::int64_t> pages;     // of a PDF
  std::optional<std::int64_t> passages;  // pieces of prose that the search finds
  // Tables that were found but not loaded; each has an origin.
  std::optional<std::vector<TableLoad>> offered;
  std::vector<SheetLoad> sheets;  // of a workbook
};
BOOST_DESCRIBE_STRUCT(LoadReport, (),
                      (format, encoding, delimiter, header, bytes, tables, notes, pages, passages,
                       offered, sheets))

}  // namespace sextant::catalog
