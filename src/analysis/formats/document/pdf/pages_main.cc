// What the PDF reader sees, for campaigns and for looking into a file:
//   sextant_pages FILE.pdf --tables   tables of each page as JSON, one line
//   sextant_pages FILE.pdf --words    words, rules and pictures of each page as JSON, one line
// Exit code 0, 2 when the file can not be read.
#include <cstdio>
#include <string_view>

#include "analysis/formats/document/pdf/document.h"
#include "analysis/formats/document/pdf/tables.h"
#include "base/json.h"

namespace {

using sextant::json::Array;
using sextant::json::Object;
using namespace sextant::formats;

Array box_of(const pdf::Rect& box) { return {box.left, box.top, box.right, box.bottom}; }

Object tables_of(const pdf::PageContent& page) {
  Array tables;
  for (const auto& table : pdf::find_tables(page)) {
    Array cells;
    for (const auto& cell : table.cells) {
      cells.push_back(Object{{"row", cell.row},
                             {"column", cell.column},
                             {"rows", cell.row_span},
                             {"columns", cell.column_span},
                             {"text", cell.text}});
    }
    tables.push_back(Object{{"box", box_of(table.box)},
                            {"rows", table.rows},
                            {"columns", table.columns},
                            {"header_rows", table.header_rows},
                            {"ruled", table.ruled},
                            {"confidence", table.confidence},
                            {"cells", std::move(cells)}});
  }
  return {{"page", page.number},
          {"width", page.width},
          {"height", page.height},
          {"tables", std::move(tables)}};
}

Object words_of(const pdf::PageContent& page) {
  Array words;
  for (const auto& word : page.words) {
    words.push_back(Object{{"text", word.text},
                           {"box", box_of(word.box)},
                           {"baseline", word.baseline},
                           {"size", word.size},
                           {"bold", word.bold}});
  }
  Array rules;
  for (const auto& rule : page.rules) {
    rules.push_back(Array{rule.horizontal ? "h" : "v", rule.at, rule.from, rule.to});
  }
  Array pictures;
  for (const auto& picture : page.pictures) pictures.push_back(box_of(picture));
  return {{"page", page.number},       {"words", std::move(words)},
          {"rules", std::move(rules)}, {"pictures", std::move(pictures)},
          {"hidden", page.hidden},     {"unmapped", page.unmapped}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s FILE.pdf --tables|--words\n", argv[0]);
    return 64;
  }
  auto file = InputFile::open(argv[1]);
  if (!file) {
    std::fprintf(stderr, "%s\n", file.error().message.c_str());
    return 2;
  }
  const auto document = pdf::Document::open(*file);
  if (!document) {
    std::fprintf(stderr, "%s\n", document.error().message.c_str());
    return 2;
  }
  const bool words = std::string_view(argv[2]) == "--words";
  Array pages;
  for (int i = 0; i < document->pages(); ++i) {
    const auto page = document->read(i);
    if (page) pages.push_back(words ? words_of(*page) : tables_of(*page));
  }
  std::puts(sextant::json::dump(sextant::json::Value(std::move(pages))).c_str());
  return 0;
}
