#pragma once
// The gaps between columns: x ranges that stay free of words in the lines of a table. Pure;
// thread-safe.

#include <span>
#include <vector>

#include "analysis/formats/document/pdf/lines.h"

namespace sextant::formats::pdf {

// Middles of the gaps, ascending. Few lines may cross a gap; a gap narrower than a letter needs
// many lines that keep it free.
std::vector<double> find_gutters(const PageContent& page, std::span<const Line* const> lines);

}  // namespace sextant::formats::pdf
