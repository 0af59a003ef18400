#pragma once
// Tables drawn with ruling lines: cells from the grid of the lines. Pure; thread-safe.

#include <vector>

#include "analysis/formats/document/pdf/tables.h"

namespace sextant::formats::pdf {

std::vector<PageTable> find_ruled_tables(const PageContent& page);

}  // namespace sextant::formats::pdf
