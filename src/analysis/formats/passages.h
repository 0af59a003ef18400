#pragma once
// Prose of a document on its way into the table `_passages` of the output, which the search reads:
//
//   _passages(id BIGINT,         1, 2, 3 … in reading order
//             page INTEGER,      1-based; NULL where the format has no pages (txt, docx)
//             kind VARCHAR,      heading, paragraph, list_item, caption, table, footnote,
//                                header or footer (of all pages: once, behind everything else)
//             heading VARCHAR,   path of the headings above: "1 Intro > 1.2 Scope"; '' before the
//                                first one, and of headers and footers; of a heading
//                                itself: including it
//             text VARCHAR,      never empty
//             position VARCHAR)  JSON: {"x","y","width","height"} in points from the page's upper
//                                left corner, or {"paragraph": n} or {"line": n}, 1-based;
//                                of headers and footers the number among all paragraphs
//
// Texts have 200 to 1,200 characters: short neighbours under one heading and on one page are put
// together (a line break between them), long ones are split between sentences. Shorter are
// headings, captions, footnotes and what stands alone. One thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/formats/input_file.h"

namespace sextant::formats {

enum class PassageKind : std::uint8_t {
  heading,
  paragraph,
  list_item,
  caption,
  table,
  footnote,
  header,
  footer,
};
std::string_view to_string(PassageKind kind);

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  void include(const Box& other);
};

// Where a passage stands: a box of a page, or the number of a paragraph or line.
struct PassagePosition {
  std::optional<Box> box;
  std::string_view unit = "paragraph";
  std::int64_t number = 0;
  std::string to_json() const;
};

// One block of a document as it was read: a whole paragraph, list item, heading, …
struct Block {
  PassageKind kind = PassageKind::paragraph;
  int level = 1;  // of a heading: 1 is the highest
  std::optional<std::int64_t> page;
  std::string text;
  PassagePosition position;
};

// All passages of one document, in a temporary file until OutputDatabase::add_passages.
class PassageFile {
 public:
  explicit PassageFile(const std::string& temp_directory);

  Result<> add(Block block);
  Result<> close();  // nothing can be added afterwards

  std::int64_t count() const { return count_; }
  std::int64_t characters() const { return characters_; }
  std::int64_t longest_line() const { return longest_line_; }  // bytes, in the temporary file
  const std::string& path() const { return file_.path(); }

 private:
  struct Heading {
    int level = 1;
    std::string text;
  };
  Result<> flush();
  Result<> write(PassageKind kind, const std::optional<std::int64_t>& page, std::string_view text,
                 const PassagePosition& position);

  TemporaryFile file_;
  std::optional<TextWriter> writer_;
  std::vector<Heading> headings_;
  std::string path_of_headings_;
  std::optional<Block> pending_;
  std::int64_t pending_characters_ = 0;
  std::int64_t count_ = 0;
  std::int64_t characters_ = 0;
  std::int64_t longest_line_ = 0;
};

// Characters (code points) of valid UTF-8.
std::int64_t count_characters(std::string_view text);

// Cuts a text between sentences into pieces of at most `most` characters, as even as that allows; a
// sentence that is longer is cut between words.
std::vector<std::string_view> split_sentences(std::string_view text, std::int64_t most);

}  // namespace sextant::formats
