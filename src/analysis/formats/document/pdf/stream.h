#pragma once
// Tables without ruling lines: lines of text whose words leave the same gaps free. Pure;
// thread-safe.

#include <span>
#include <vector>

#include "analysis/formats/document/pdf/lines.h"
#include "analysis/formats/document/pdf/tables.h"

namespace sextant::formats::pdf {

// `words`: those that are in no ruled table.
std::vector<PageTable> find_aligned_tables(const PageContent& page,
                                           std::span<const WordIndex> words);

}  // namespace sextant::formats::pdf
