#pragma once
// Characters at their places → words. Pure; thread-safe.

#include <vector>

#include "analysis/formats/document/pdf/page_content.h"

namespace sextant::formats::pdf {

struct Glyph {
  char32_t letter = 0;
  Rect box;             // from the font's ascent to its descent
  double baseline = 0;  // y; for turned text: x
  double size = 0;
  bool bold = false;
  bool upright = true;
  bool space = false;  // a word ends here; the rest says nothing
};

// In the order of the page's stream, which is the order of reading inside a word.
std::vector<Word> make_words(const std::vector<Glyph>& glyphs);

}  // namespace sextant::formats::pdf
