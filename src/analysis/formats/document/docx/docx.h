#pragma once
// Word documents (docx): paragraphs, lists, headings, notes and tables in reading order, then what
// stands above and below all pages.
// One thread. Errors: unreadable_file (damaged, encrypted, no Word document), too_large, cancelled.

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "analysis/formats/document/grid_table.h"
#include "analysis/formats/passages.h"
#include "analysis/formats/workbook/package.h"

namespace sextant::formats::docx {

class Sink {
 public:
  virtual ~Sink() = default;
  // A heading, paragraph, list item, caption, note, header or footer outside of tables.
  virtual Result<> block(Block block) = 0;
  // Nested tables come before the table that they stand in, whose cells do not repeat them.
  virtual Result<> table(document::GridTable table) = 0;
};

// The main part's name, by the package's relations; empty when it is no Word document.
Result<std::string> find_main_part(workbook::Package& package);

// `on_bytes` hears how many bytes of the main part were read, and of how many.
Result<> read_docx(workbook::Package& package, const std::string& main_part, Sink& sink,
                   const std::function<void(std::int64_t, std::int64_t)>& on_bytes);

}  // namespace sextant::formats::docx
