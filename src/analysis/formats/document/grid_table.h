#pragma once
// A table of a document (PDF, Word) as it was read, and its way into the output: a typed table
// through the same evidence and quarantine as every other format. Readers bound how much of it
// there is in memory. One thread.

#include <string>
#include <vector>

#include "analysis/formats/decoder.h"
#include "analysis/formats/passages.h"

namespace sextant::formats::document {

// A table below this confidence is offered, not loaded.
constexpr double kLeastConfidence = 0.5;

// All tables of one document together.
constexpr std::size_t kMostCells = 4'000'000;
constexpr std::size_t kMostTextBytes = 256u << 20;
constexpr std::size_t kMostTables = 2'000;

struct GridRow {
  std::vector<std::string> cells;
  std::string place;  // "page 3, line 7" or "table 2, row 7": for what is kept aside
};

struct GridTable {
  std::size_t columns = 0;
  std::vector<GridRow> rows;
  // Rows at the start that name the columns; nullopt: to be found out from the cells.
  std::optional<std::size_t> header_rows;
  std::string caption;         // empty: none
  std::int64_t paragraph = 0;  // of the document, at which it begins; 0: by pages
  catalog::TableOrigin origin;
};

// The end of every document's load: its tables (what is sure enough is loaded, the rest offered)
// and its passages. `layout`: tables that only arrange text. unreadable_file when there is neither
// text nor table.
Result<> publish(LoadContext& context, std::vector<GridTable>& tables, PassageFile& passages,
                 std::int64_t layout);

// Whether it has at least two columns and two rows with text; the rest is layout, not data.
bool is_table(const GridTable& table);

// Its rows as passages, so that the search finds what is in it; the first 300 rows.
Result<> add_table_passages(const GridTable& table, const PassagePosition& position,
                            PassageFile& passages);

}  // namespace sextant::formats::document
