#pragma once
// Finds the tables of a page. Pure; thread-safe.
//
// Two ways: ruled tables from the grid of their lines (lattice.h), and tables without lines from
// the gaps that stay free of words in line after line (stream.h).

#include <string>
#include <vector>

#include "analysis/formats/document/pdf/page_content.h"

namespace sextant::formats::pdf {

struct TableCell {
  int row = 0;
  int column = 0;
  int row_span = 1;
  int column_span = 1;
  std::string text;
  Rect box;
};

struct PageTable {
  int page = 1;
  Rect box;
  int rows = 0;
  int columns = 0;
  int header_rows = 0;
  bool ruled = false;
  double confidence = 0;         // 0 … 1
  std::vector<TableCell> cells;  // those with text, by row and column
};

std::vector<PageTable> find_tables(const PageContent& page);

}  // namespace sextant::formats::pdf
