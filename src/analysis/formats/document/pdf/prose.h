#pragma once
// The text of pages outside of their tables → headings, paragraphs, list items, captions and notes
// in reading order. One thread.
//
// What a heading is can be told only when all pages are known (letters larger than those of most
// of the text), and what stands at the top or bottom of page after page is left out; so lines are
// gathered first.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/formats/document/pdf/tables.h"
#include "analysis/formats/passages.h"

namespace sextant::formats::pdf {

class Prose {
 public:
  // The words of the page that stand in none of these tables.
  void add_page(const PageContent& page, const std::vector<PageTable>& tables);

  // The line that names a table: above it, or else below. Empty: none.
  static std::string caption_of(const PageContent& page, const PageTable& table);

  // Blocks of all pages, in order. `take` is called once a block; its error ends it.
  Result<> each_block(const std::function<Result<>(Block)>& take);

  std::int64_t characters() const { return characters_; }
  // Lines left out since they stand on page after page; after each_block.
  const std::vector<std::string>& running() const { return running_; }

 private:
  struct TextLine {
    int page = 1;
    Rect box;
    double baseline = 0;
    float size = 0;
    bool bold = false;
    bool starts_sequence = false;  // the lines of a column go on from another place
    bool edge = false;             // at the top or bottom of its page
    std::string text;
  };
  struct Style {
    double body = 0;               // size of most letters
    double pitch = 0;              // of its lines, in sizes
    std::vector<double> headings;  // sizes larger than the body's, from the largest
  };

  void drop_running();
  Style find_style() const;
  int heading_level(const Style& style, std::size_t i) const;
  bool goes_on(const Style& style, const TextLine& above, const TextLine& line) const;

  std::vector<TextLine> lines_;
  std::vector<std::string> running_;
  std::int64_t characters_ = 0;
  int pages_ = 0;
};

}  // namespace sextant::formats::pdf
