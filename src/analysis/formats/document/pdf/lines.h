#pragma once
// Words → lines of text, and phrases: words of a line without a wide gap between them. Pure;
// thread-safe.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/formats/document/pdf/page_content.h"

namespace sextant::formats::pdf {

using WordIndex = std::uint32_t;

struct Line {
  Rect box;
  double baseline = 0;
  double size = 0;               // of most of its letters
  std::vector<WordIndex> words;  // from left to right
};

struct Phrase {
  Rect box;
  double baseline = 0;
  double size = 0;
  std::vector<WordIndex> words;
};

// Upright words only; from the top.
std::vector<Line> make_lines(const PageContent& page, std::span<const WordIndex> words);

// Splits where a gap is wider than `gap` times the size of the font.
std::vector<Phrase> make_phrases(const PageContent& page, const Line& line, double gap);

// The words as text in the order of reading (right to left where most letters are such).
std::string words_text(const PageContent& page, std::span<const WordIndex> words);

}  // namespace sextant::formats::pdf
