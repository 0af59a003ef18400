#pragma once
// The body of a Word document (or of its notes) → blocks and tables. One thread.

#include <deque>
#include <string>
#include <vector>

#include "analysis/formats/document/docx/docx.h"
#include "analysis/formats/document/docx/styles.h"

namespace sextant::formats::docx {

// Counts over all parts of one document.
struct Counts {
  std::int64_t paragraphs = 0;
  std::int64_t tables = 0;
  std::size_t cells = 0;
  std::size_t table_bytes = 0;
};

class BodyReader final : public workbook::XmlHandler {
 public:
  // `notes`: the part holds footnotes or endnotes.
  BodyReader(const Styles& styles, Counts& counts, Sink& sink, bool notes)
      : styles_(styles), counts_(counts), sink_(sink), notes_(notes) {}

  void start(std::string_view name, const workbook::Attributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;

 private:
  struct Paragraph {
    std::string text;
    std::string style;
    std::optional<int> level;
    std::optional<bool> list;
    std::int64_t number = 0;
  };
  enum class Merge : std::uint8_t { none, start, goes_on };
  // A cell over several columns.
  struct Wide {
    std::size_t row = 0;
    std::size_t column = 0;
    std::size_t span = 1;
  };
  struct Table {
    document::GridTable grid;
    std::size_t header_rows = 0;
    bool headers_so_far = true;  // no row without the mark has come yet
    std::size_t column = 0;      // of the cell that is open
    std::size_t span = 1;
    std::size_t after = 0;  // columns left free at the end of the row
    Merge vertical = Merge::none;
    bool cell_open = false;
    bool row_deleted = false;
    std::string cell;  // its text
    bool cell_begun = false;
    std::vector<std::string> previous;  // the row above, for cells that go down
    std::vector<std::string> row;
    std::vector<Wide> wide;  // by row
  };

  void start_property(std::string_view name, const workbook::Attributes& attributes);
  void end_paragraph();
  void end_cell();
  void end_row();
  void end_table();
  void place(std::size_t column, std::string text);
  void emit(Block block);
  void append(std::string_view text);

  const Styles& styles_;
  Counts& counts_;
  Sink& sink_;
  bool notes_;
  int skipped_ = 0;     // depth inside of what carries no text to be read
  int properties_ = 0;  // depth inside of pPr, rPr, tblPr, …
  bool in_text_ = false;
  bool note_skipped_ = false;
  bool row_properties_ = false;       // those are of a row
  std::vector<bool> alternatives_;    // whether one of the choices was read
  std::deque<Paragraph> paragraphs_;  // a text box stands inside of a paragraph
  std::deque<Table> tables_;
  std::string caption_;  // the block before, when it is one
};

}  // namespace sextant::formats::docx
