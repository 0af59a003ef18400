// pdf: a whole file for PDFium and the page reader, or (what does not start with %PDF) the words
// and lines of pages, eight bytes each, for the table detector and the prose reader.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "analysis/formats/document/pdf/document.h"
#include "analysis/formats/document/pdf/page_tables.h"
#include "analysis/formats/document/pdf/prose.h"

namespace {

using namespace sextant;
using namespace sextant::formats;
using namespace sextant::formats::pdf;

constexpr int kMostPages = 5;

struct Reader {
  DocumentTables tables;
  Prose prose;

  void add(const PageContent& page) {
    const auto found = find_tables(page);
    for (const auto& table : found) {
      if (!(table.confidence >= 0 && table.confidence <= 1)) std::abort();
      for (const auto& cell : table.cells) {
        if (cell.row < 0 || cell.column < 0 || cell.row + cell.row_span > table.rows ||
            cell.column + cell.column_span > table.columns || cell.text.empty())
          std::abort();
      }
    }
    static_cast<void>(tables.add_page(page, found));
    prose.add_page(page, found);
  }

  void finish() {
    for (const auto& table : tables.take()) {
      for (const auto& row : table.rows) {
        if (row.cells.size() != table.columns) std::abort();
      }
    }
    static_cast<void>(prose.each_block([](Block block) -> Result<> {
      if (block.text.empty() || !block.position.box || !block.page) std::abort();
      return {};
    }));
  }
};

void read_file(std::string_view bytes) {
  const TemporaryFile scratch("/tmp", ".pdf");
  std::ofstream(scratch.path(), std::ios::binary) << bytes;
  const auto file = InputFile::open(scratch.path());
  if (!file) return;
  const auto document = Document::open(*file);
  if (!document) return;
  Reader reader;
  for (int i = 0; i < std::min(document->pages(), kMostPages); ++i) {
    const auto page = document->read(i);
    if (page) reader.add(*page);
  }
  reader.finish();
}

void read_pages(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTexts[] = {"1",     "23.5", "Total", "-",   "•",         "word",
                                         "Table", "2",    "a",     "(b)", "2.1",       "Sales.",
                                         "2019",  "%",    "über",  "Ω",   "unfinish-", "ed"};
  Reader reader;
  PageContent page;
  page.width = 600;
  page.height = 800;
  const auto end_page = [&] {
    reader.add(page);
    page.words.clear();
    page.rules.clear();
    ++page.number;
  };
  for (; size >= 8; data += 8, size -= 8) {
    const double x = data[1] * 2.4;
    const double y = data[2] * 3.2;
    const double length = data[3] * 2.0;
    if (data[0] % 32 == 31) {
      if (page.number < kMostPages) end_page();
    } else if (data[0] % 4 == 3) {
      page.rules.push_back({(data[4] & 1) != 0, (data[4] & 1) != 0 ? y : x,
                            (data[4] & 1) != 0 ? x : y, ((data[4] & 1) != 0 ? x : y) + length});
    } else {
      Word word;
      word.size = 4 + data[5] % 24;
      word.box = {x, y, x + 1 + length / 4, y + word.size};
      word.baseline = y + 0.8 * word.size;
      word.bold = (data[4] & 1) != 0;
      word.upright = data[4] < 250;
      word.right_to_left = (data[4] & 24) == 24;
      word.text = kTexts[data[6] % std::size(kTexts)];
      page.words.push_back(std::move(word));
    }
  }
  end_page();
  reader.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 64 << 10) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.starts_with("%PDF"))
    read_file(input);
  else if (size <= 4096)
    read_pages(data, size);
  return 0;
}
