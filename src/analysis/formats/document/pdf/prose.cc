#include "analysis/formats/document/pdf/prose.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/formats/document/captions.h"
#include "analysis/formats/document/pdf/page_columns.h"
#include "base/text.h"

namespace sextant::formats::pdf {
namespace {

constexpr double kEdge = 0.1;                 // of the page's height, at its top and bottom
constexpr std::size_t kLongestHeading = 200;  // bytes
constexpr double kLarger = 1.12;              // of the body's size: a heading
constexpr double kSmaller = 0.87;             // a note
constexpr double kCaptionReach = 3.5;         // sizes between a table and its caption

bool has_letters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0xc3;
  });
}

// The same text on other pages, whatever the numbers in it.
std::string without_digits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (!out.ends_with('#')) out += '#';
    } else {
      out += c;
    }
  }
  return out;
}

// "2.3.1 Title" → 3; 0 when it is not numbered like that.
int numbered_depth(std::string_view text) {
  int depth = 0;
  std::size_t i = 0;
  while (i < text.size() && text[i] >= '0' && text[i] <= '9') {
    const auto begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    if (i - begin > 2) return 0;
    ++depth;
    if (i < text.size() && text[i] == '.') ++i;
  }
  if (depth == 0 || depth > 6 || i + 1 >= text.size() || text[i] != ' ') return 0;
  const char first = text[i + 1];
  const bool name = (first >= 'A' && first <= 'Z') || static_cast<unsigned char>(first) >= 0xc3;
  return name ? depth : 0;
}

bool ends_sentence(std::string_view text) {
  return !text.empty() && (text.ends_with('.') || text.ends_with(';') || text.ends_with(',') ||
                           text.ends_with('!') || text.ends_with('?'));
}

void append_line(std::string& text, std::string_view next) {
  // A word divided at the end of a line; "well-" before a capital or a figure keeps its hyphen.
  if (text.size() >= 2 && text.ends_with('-') && !next.empty() && next[0] >= 'a' &&
      next[0] <= 'z' && text[text.size() - 2] >= 'a' && text[text.size() - 2] <= 'z') {
    text.pop_back();
  } else if (!text.empty()) {
    text += ' ';
  }
  text += next;
}

double rounded(double size) { return std::round(size * 2) / 2; }

}  // namespace

void Prose::add_page(const PageContent& page, const std::vector<PageTable>& tables) {
  ++pages_;
  std::vector<WordIndex> free;
  for (WordIndex w = 0; w < page.words.size(); ++w) {
    const auto& box = page.words[w].box;
    if (std::ranges::none_of(tables, [&](const PageTable& table) {
          return table.box.contains(box.middle_x(), box.middle_y());
        })) {
      free.push_back(w);
    }
  }
  for (const auto& sequence : split_columns(page, make_lines(page, free))) {
    bool first = true;
    for (const auto& line : sequence) {
      TextLine out;
      out.page = page.number;
      out.box = line.box;
      out.baseline = line.baseline;
      out.size = static_cast<float>(line.size);
      std::size_t bold = 0;
      for (const auto w : line.words) bold += page.words[w].bold ? 1 : 0;
      out.bold = bold * 10 >= line.words.size() * 8;
      out.starts_sequence = std::exchange(first, false);
      out.edge = line.box.middle_y() < kEdge * page.height ||
                 line.box.middle_y() > (1 - kEdge) * page.height;
      out.text = text::trim(words_text(page, line.words));
      if (out.text.empty()) continue;
      characters_ += static_cast<std::int64_t>(out.text.size());
      lines_.push_back(std::move(out));
    }
  }
}

std::string Prose::caption_of(const PageContent& page, const PageTable& table) {
  std::vector<WordIndex> words;
  for (WordIndex w = 0; w < page.words.size(); ++w) {
    const auto& box = page.words[w].box;
    const bool beside = overlap(box.left, box.right, table.box.left - 20, table.box.right + 20) > 0;
    const double reach = kCaptionReach * std::max(page.words[w].size, 8.0);
    if (!beside) continue;
    if ((box.bottom <= table.box.top + 2 && box.bottom > table.box.top - reach) ||
        (box.top >= table.box.bottom - 2 && box.top < table.box.bottom + reach)) {
      words.push_back(w);
    }
  }
  std::string below;
  std::string above;
  for (const auto& line : make_lines(page, words)) {
    const auto text = words_text(page, line.words);
    if (!document::is_table_caption(text)) continue;
    (line.box.middle_y() < table.box.top ? above : below) = text;
  }
  return above.empty() ? below : above;
}

void Prose::drop_running() {
  if (pages_ < 3) return;
  std::map<std::string, int> pages_of;
  std::map<std::string, int> last_page;
  for (const auto& line : lines_) {
    if (!line.edge) continue;
    const auto key = without_digits(line.text);
    auto& last = last_page[key];
    if (last != line.page) ++pages_of[key];
    last = line.page;
  }
  const auto runs = [&](const TextLine& line) {
    if (!line.edge) return false;
    const auto found = pages_of.find(without_digits(line.text));
    return found != pages_of.end() && found->second >= 3 && found->second * 3 >= pages_;
  };
  std::map<std::string, bool> told;
  for (const auto& line : lines_) {
    if (!runs(line)) continue;
    const auto key = without_digits(line.text);
    if (has_letters(line.text) && !told.contains(key)) running_.push_back(line.text);
    told[key] = true;
  }
  std::erase_if(lines_, runs);
}

Prose::Style Prose::find_style() const {
  std::map<double, std::size_t> letters;
  for (const auto& line : lines_) letters[rounded(line.size)] += line.text.size();
  Style out;
  std::size_t most = 0;
  for (const auto& [size, count] : letters) {
    if (count < most) continue;
    most = count;
    out.body = size;
  }
  std::vector<double> pitches;
  for (std::size_t i = 1; i < lines_.size(); ++i) {
    if (lines_[i].starts_sequence || rounded(lines_[i].size) != out.body) continue;
    const double d = (lines_[i].baseline - lines_[i - 1].baseline) / std::max(out.body, 1.0);
    if (d > 0.8 && d < 2.2) pitches.push_back(d);
  }
  std::ranges::sort(pitches);
  out.pitch = pitches.empty() ? 1.3 : pitches[pitches.size() / 2];
  std::map<double, bool, std::greater<>> sizes;
  for (const auto& line : lines_) {
    if (line.size >= kLarger * out.body && line.text.size() <= kLongestHeading &&
        has_letters(line.text))
      sizes[rounded(line.size)] = true;
  }
  for (const auto& [size, there] : sizes) out.headings.push_back(size);
  return out;
}

// 0: no heading.
int Prose::heading_level(const Style& style, std::size_t i) const {
  const auto& line = lines_[i];
  if (line.text.size() > kLongestHeading || !has_letters(line.text)) return 0;
  if (document::is_caption(line.text) || document::list_mark(line.text) > 0) {
    if (numbered_depth(line.text) == 0) return 0;
  }
  const auto largest = static_cast<int>(style.headings.size());
  if (line.size >= kLarger * style.body) {
    // One large letter is an initial, many lines in large letters are a text of their own.
    if (line.text.size() < 3) return 0;
    const auto found = std::ranges::find(style.headings, rounded(line.size));
    const auto rank = static_cast<int>(found - style.headings.begin()) + 1;
    return std::min(rank, 6);
  }
  if (line.size < 0.95 * style.body || ends_sentence(line.text) || line.text.size() > 120) return 0;
  const int depth = numbered_depth(line.text);
  const auto free_above = [&] {
    if (i == 0 || line.starts_sequence || lines_[i - 1].page != line.page) return true;
    return line.baseline - lines_[i - 1].baseline > 1.25 * style.pitch * line.size;
  };
  if (line.bold && free_above()) return std::min(largest + std::max(depth, 1), 6);
  if (depth >= 2 && free_above()) return std::min(largest + depth, 6);
  return 0;
}

bool Prose::goes_on(const Style& style, const TextLine& above, const TextLine& line) const {
  if (std::abs(above.size - line.size) > 0.12 * std::max(above.size, line.size)) return false;
  if (above.page != line.page || line.starts_sequence) {
    // A sentence that goes on in the next column or on the next page.
    return !ends_sentence(above.text) && !line.text.empty() && line.text[0] >= 'a' &&
           line.text[0] <= 'z' && above.text.size() > 20;
  }
  const double distance = line.baseline - above.baseline;
  if (distance > 1.35 * style.pitch * std::max(line.size, above.size) || distance < -0.5)
    return false;
  if (document::list_mark(line.text) > 0) return false;
  // The first line of a paragraph is set in, after one that ends early.
  const bool indented = line.box.left > above.box.left + 0.8 * line.size;
  return !(indented && ends_sentence(above.text));
}

Result<> Prose::each_block(const std::function<Result<>(Block)>& take) {
  drop_running();
  const auto style = find_style();
  std::vector<int> levels(lines_.size(), 0);
  for (std::size_t i = 0; i < lines_.size(); ++i) levels[i] = heading_level(style, i);
  for (std::size_t i = 0; i < lines_.size();) {
    Block block;
    const auto& first = lines_[i];
    block.page = first.page;
    block.text = first.text;
    Rect box = first.box;
    std::size_t end = i + 1;
    if (levels[i] > 0) {
      block.kind = PassageKind::heading;
      block.level = levels[i];
      // A heading over several lines.
      while (end < lines_.size() && levels[end] == levels[i] && lines_[end].page == first.page &&
             !lines_[end].starts_sequence &&
             std::abs(lines_[end].size - first.size) < 0.05 * first.size &&
             lines_[end].baseline - lines_[end - 1].baseline < 1.5 * first.size &&
             numbered_depth(lines_[end].text) == 0 &&
             block.text.size() + lines_[end].text.size() < kLongestHeading) {
        append_line(block.text, lines_[end].text);
        box.include(lines_[end].box);
        ++end;
      }
    } else {
      const auto mark = document::list_mark(first.text);
      if (document::is_caption(first.text)) {
        block.kind = PassageKind::caption;
      } else if (mark > 0) {
        block.kind = PassageKind::list_item;
      } else if (first.size < kSmaller * style.body && first.edge) {
        block.kind = PassageKind::footnote;
      }
      while (end < lines_.size() && levels[end] == 0 && !document::is_caption(lines_[end].text) &&
             goes_on(style, lines_[end - 1], lines_[end])) {
        append_line(block.text, lines_[end].text);
        if (lines_[end].page == first.page) box.include(lines_[end].box);
        ++end;
      }
    }
    block.position.box = Box{box.left, box.top, box.width(), box.height()};
    TRY_VOID(take(std::move(block)));
    i = end;
  }
  return {};
}

}  // namespace sextant::formats::pdf
