#include "analysis/formats/document/captions.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sextant::formats::document {
namespace {

constexpr auto kTableWords =
    std::to_array<std::string_view>({"table", "tab.", "tabelle", "tableau", "tabla"});
constexpr auto kFigureWords = std::to_array<std::string_view>(
    {"figure", "fig.", "chart", "graph", "exhibit", "box", "abbildung", "abb.", "figura"});

constexpr auto kBullets = std::to_array<std::string_view>(
    {"•", "◦", "▪", "■", "□", "●", "○", "‣", "–", "—", "-", "*", "»", "›", "\u2751", "\uf0b7"});

constexpr std::size_t kLongest = 400;  // bytes of a caption

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The bytes of "Table 3", "Fig. 1.4" and the like at the start; 0: there is none.
template <std::size_t N>
std::size_t numbered(std::string_view text, const std::array<std::string_view, N>& words) {
  const auto start = text::lower_ascii(text.substr(0, 24));
  for (const auto word : words) {
    if (!start.starts_with(word)) continue;
    auto rest = text.substr(word.size());
    while (rest.starts_with(' ') || rest.starts_with("\xc2\xa0")) rest.remove_prefix(1);
    if (rest.starts_with("\xa0")) rest.remove_prefix(1);
    // 3, 3.1, A1, IV, then an end, a separator or a title.
    std::size_t number = 0;
    bool digits = false;
    while (number < rest.size() && number < 8 &&
           (is_digit(rest[number]) || rest[number] == '.' || rest[number] == '-' ||
            (rest[number] >= 'A' && rest[number] <= 'Z'))) {
      digits = digits || is_digit(rest[number]) || rest[number] == 'I' || rest[number] == 'V' ||
               rest[number] == 'X';
      ++number;
    }
    if (!digits) continue;
    const auto after = rest.substr(number);
    if (!after.empty() && is_letter(after[0])) return 0;
    return text.size() - after.size();
  }
  return 0;
}

constexpr auto kSeparators = std::to_array<std::string_view>(
    {" ", "\t", "\n", ":", ".", "-", "–", "—", "|", ")", "\xc2\xa0"});

}  // namespace

bool is_table_caption(std::string_view text) {
  return text.size() < kLongest && numbered(text, kTableWords) > 0;
}

bool is_caption(std::string_view text) {
  return is_table_caption(text) || (text.size() < kLongest && numbered(text, kFigureWords) > 0);
}

std::string_view caption_title(std::string_view caption) {
  caption.remove_prefix(numbered(caption, kTableWords));
  for (bool cut = true; cut;) {
    cut = false;
    for (const auto separator : kSeparators) {
      if (!caption.starts_with(separator)) continue;
      caption.remove_prefix(separator.size());
      cut = true;
    }
  }
  return caption;
}

bool is_bullet(std::string_view text) {
  return std::ranges::find(kBullets, text) != kBullets.end();
}

std::size_t list_mark(std::string_view text) {
  std::size_t end = 0;
  for (const auto bullet : kBullets) {
    if (text.starts_with(bullet)) end = bullet.size();
  }
  if (end == 0) {
    std::size_t i = text.starts_with('(') ? 1 : 0;
    const auto begin = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (i == begin && i < text.size() && is_letter(text[i])) ++i;
    const bool short_enough = i > begin && i - begin <= 3;
    if (short_enough && i < text.size() && (text[i] == ')' || (text[i] == '.' && begin == 0)))
      end = i + 1;
  }
  if (end == 0 || end >= text.size() || text[end] != ' ') return 0;
  while (end < text.size() && text[end] == ' ') ++end;
  return end;
}

}  // namespace sextant::formats::document
