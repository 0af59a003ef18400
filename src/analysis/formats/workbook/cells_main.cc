// Prints the cells of a workbook as the reader gives them, for campaigns and tests:
//   sextant_cells FILE
// "# sheet", then one line a cell: row, column, type (n d s b e), value; d is Excel's serial
// number. Exit code 2: the file could not be read; the reason is the last line.
#include <stdlib.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>

#include "analysis/formats/workbook/cell.h"
#include "analysis/formats/workbook/sheet_spool.h"

namespace {

using namespace sextant;
using namespace sextant::formats;
using namespace sextant::formats::workbook;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\\\";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else
      out.push_back(c);
  }
  return out;
}

class Printer final : public Sink {
 public:
  Printer(Reader& reader, const std::string& temp) : reader_(reader), temp_(temp) {}
  Result<> begin_sheet(const SheetInfo& sheet) override {
    spool_ = std::make_unique<SheetSpool>(sheet, reader_, temp_);
    return {};
  }
  Result<> cell(const Cell& cell) override { return spool_->add(cell); }
  void merge(const Range& range) override { spool_->merge(range); }
  Result<> end_sheet() override {
    TRY_VOID(spool_->finish());
    std::printf("# %s\n", escaped(spool_->info().name).c_str());
    return spool_->each_row(1, kMostRows, {},
                            [&](std::uint32_t, const SpooledRow& row) -> Result<> {
                              for (const auto& cell : row) print(cell);
                              return {};
                            });
  }

 private:
  void print(const Cell& cell) {
    std::printf("%u\t%u\t", cell.row, cell.column);
    switch (cell.kind) {
      case CellKind::number:
        std::printf("%c\t%.15g\n", reader_.format(cell.format).is_temporal() ? 'd' : 'n',
                    cell.number);
        break;
      case CellKind::text:
        std::printf("s\t%s\n", escaped(cell.text).c_str());
        break;
      case CellKind::boolean:
        std::printf("b\t%d\n", cell.number != 0 ? 1 : 0);
        break;
      case CellKind::error:
        std::printf("e\t%s\n", escaped(cell.text).c_str());
        break;
      case CellKind::formula:
        std::printf("f\t%s\n", escaped(cell.text).c_str());
    }
  }
  Reader& reader_;
  std::string temp_;
  std::unique_ptr<SheetSpool> spool_;
};

Result<> run(const char* path, const std::string& temp) {
  TRY(const auto file, InputFile::open(path));
  TRY(const auto format, recognise(file));
  TRY(const auto reader, open_workbook(file, format, temp, {}));
  Printer printer(*reader, temp);
  return reader->read(printer);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FILE\n", argv[0]);
    return 64;
  }
  std::string temp = (std::filesystem::temp_directory_path() / "sextant_cells_XXXXXX").string();
  if (!::mkdtemp(temp.data())) return 1;
  const auto done = run(argv[1], temp);
  std::filesystem::remove_all(temp);
  if (done) return 0;
  std::printf("! %s\n", done.error().message.c_str());
  return 2;
}
