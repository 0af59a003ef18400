#pragma once
// Pieces of lines → ruling lines. Pure; thread-safe.

#include <vector>

#include "analysis/formats/document/pdf/page_content.h"

namespace sextant::formats::pdf {

// Joins pieces that lie on one line and touch (also dashes), and drops what stays shorter than a
// letter. Sorted: horizontal ones from the top, then vertical ones from the left.
std::vector<Rule> merge_rules(std::vector<Rule> pieces);

}  // namespace sextant::formats::pdf
