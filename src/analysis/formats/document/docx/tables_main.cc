// What the reader of Word documents sees, for campaigns and for looking into a file:
//   sextant_docx FILE.docx   tables and the number of blocks as JSON, one line
// Exit code 0, 2 when the file can not be read.
#include <cstdio>

#include "analysis/formats/document/docx/docx.h"
#include "base/json.h"

namespace {

using sextant::Result;
using sextant::json::Array;
using sextant::json::Object;
using namespace sextant::formats;

struct Printer final : docx::Sink {
  Result<> block(Block) override {
    ++blocks;
    return {};
  }
  Result<> table(document::GridTable table) override {
    Array rows;
    for (auto& row : table.rows) {
      Array cells;
      for (auto& cell : row.cells) cells.emplace_back(std::move(cell));
      rows.push_back(std::move(cells));
    }
    tables.push_back(Object{{"number", table.origin.number}, {"rows", std::move(rows)}});
    return {};
  }
  std::int64_t blocks = 0;
  Array tables;
};

Result<> print(const char* path) {
  TRY(auto package, workbook::Package::open(path, {}));
  TRY(const auto part, docx::find_main_part(package));
  if (part.empty())
    return sextant::fail(sextant::ErrorCode::unreadable_file, "It is no Word document.");
  Printer printer;
  TRY_VOID(docx::read_docx(package, part, printer, [](std::int64_t, std::int64_t) {}));
  std::puts(
      sextant::json::dump(Object{{"blocks", printer.blocks}, {"tables", std::move(printer.tables)}})
          .c_str());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FILE.docx\n", argv[0]);
    return 64;
  }
  const auto done = print(argv[1]);
  if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
  return done ? 0 : 2;
}
