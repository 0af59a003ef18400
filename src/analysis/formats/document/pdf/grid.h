#pragma once
// Lines of text and the edges of columns → cells. Pure; thread-safe.

#include <span>
#include <vector>

#include "analysis/formats/document/pdf/lines.h"
#include "analysis/formats/document/pdf/tables.h"

namespace sextant::formats::pdf {

struct GridRequest {
  const PageContent& page;
  std::span<const Line> lines;         // from the top
  std::span<const double> edges;       // x of the gaps between columns, ascending
  std::span<const double> separators;  // y of ruling lines across the table, ascending
};

// Rows are lines, put together where a text goes on in the next one.
PageTable make_grid(const GridRequest& request);

// Whether the text is a number, an amount, a share, a year, or a mark for none of these.
bool looks_numeric(std::string_view text);

// Rows and columns without text are taken out; cells are sorted.
void compact(PageTable& table);

}  // namespace sextant::formats::pdf
