#include "analysis/formats/document/pdf/words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace sextant::formats::pdf {
namespace {

// Ligatures and the shapes of Arabic letters become the letters they stand for.
bool is_presentation_form(char32_t c) {
  return (c >= 0xfb00 && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff) || c == 0xa0 || c == 0xad ||
         c == 0x2011;
}

void append_letter(std::string& out, char32_t c) {
  if (c == 0xad) c = '-';
  if (c == 0x2011) c = '-';
  icu::UnicodeString letter(static_cast<UChar32>(c));
  if (is_presentation_form(c)) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* compatibility = icu::Normalizer2::getNFKCInstance(status);
    if (U_SUCCESS(status)) {
      const auto normal = compatibility->normalize(letter, status);
      if (U_SUCCESS(status)) letter = normal;
    }
  }
  letter.toUTF8String(out);
}

bool is_right_to_left(char32_t c) {
  const auto direction = u_charDirection(static_cast<UChar32>(c));
  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

// Whether `next` goes on with the word that ended in `last`.
bool goes_on(const Word& word, const Glyph& last, const Glyph& next) {
  if (last.upright != next.upright) return false;
  const double size = std::max(last.size, next.size);
  if (std::abs(last.baseline - next.baseline) > 0.12 * size) return false;
  if (!next.upright) {
    // Upwards or downwards.
    const double gap = std::max(last.box.top - next.box.bottom, next.box.top - last.box.bottom);
    return gap < 0.2 * size;
  }
  if (std::abs(last.size - next.size) > 0.35 * size) return false;
  const double gap = word.right_to_left || is_right_to_left(next.letter)
                         ? std::max(last.box.left - next.box.right, next.box.left - last.box.right)
                         : next.box.left - last.box.right;
  if (gap < -0.6 * size) return false;
  return gap < 0.2 * size;
}

// Pieces of one word that the stream draws apart.
void join_touching(std::vector<Word>& words, const std::vector<bool>& closed) {
  std::vector<std::size_t> order(words.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const auto& x = words[a];
    const auto& y = words[b];
    return std::tuple(std::round(x.baseline), x.box.left, a) <
           std::tuple(std::round(y.baseline), y.box.left, b);
  });
  std::vector<bool> gone(words.size(), false);
  for (std::size_t k = 0; k + 1 < order.size(); ++k) {
    auto& a = words[order[k]];
    auto& b = words[order[k + 1]];
    if (!a.upright || !b.upright || a.right_to_left || b.right_to_left || closed[order[k]])
      continue;
    const double size = std::max(a.size, b.size);
    const double gap = b.box.left - a.box.right;
    if (std::abs(a.baseline - b.baseline) > 0.05 * size || std::abs(a.size - b.size) > 0.1 * size ||
        gap < -0.1 * size || gap > 0.08 * size) {
      continue;
    }
    // Into the later one, so that a third piece joins too.
    b.text = a.text + b.text;
    b.box.include(a.box);
    b.bold = a.bold;
    gone[order[k]] = true;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (gone[i]) continue;
    if (kept != i) words[kept] = std::move(words[i]);
    ++kept;
  }
  words.resize(kept);
}

}  // namespace

std::vector<Word> make_words(const std::vector<Glyph>& glyphs) {
  std::vector<Word> words;
  std::vector<bool> closed;  // a space follows the word
  const Glyph* last = nullptr;
  for (const auto& glyph : glyphs) {
    if (glyph.space) {
      if (last && !closed.empty()) closed.back() = true;
      last = nullptr;
      continue;
    }
    if (!last || !goes_on(words.back(), *last, glyph)) {
      words.push_back({glyph.box,
                       glyph.baseline,
                       glyph.size,
                       glyph.bold,
                       glyph.upright,
                       is_right_to_left(glyph.letter),
                       {}});
      closed.push_back(false);
    }
    auto& word = words.back();
    word.box.include(glyph.box);
    word.size = std::max(word.size, glyph.size);
    append_letter(word.text, glyph.letter);
    last = &glyph;
  }
  join_touching(words, closed);
  std::erase_if(words, [](const Word& word) {
    return word.text.empty() || word.text.find_first_not_of(' ') == std::string::npos;
  });
  return words;
}

}  // namespace sextant::formats::pdf
