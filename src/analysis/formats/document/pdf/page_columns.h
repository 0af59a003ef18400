#pragma once
// Pages set in two columns. Pure; thread-safe.

#include <vector>

#include "analysis/formats/document/pdf/lines.h"

namespace sextant::formats::pdf {

// Lines that are read one after the other: the whole width, or one column of a page of two.
using LineSequence = std::vector<Line>;

// In the order of reading. On a page of one column: one sequence with all lines.
std::vector<LineSequence> split_columns(const PageContent& page, std::vector<Line> lines);

}  // namespace sextant::formats::pdf
