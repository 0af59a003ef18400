#pragma once
// What the fuzzers of workbooks share: bytes → file → reader → spool → layouts.

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "analysis/formats/workbook/cell.h"
#include "analysis/formats/workbook/cell_text.h"
#include "analysis/formats/workbook/layout.h"

namespace workbook_fuzz {

using namespace sextant;
using namespace sextant::formats;
using namespace sextant::formats::workbook;

class FuzzSink final : public Sink {
 public:
  FuzzSink(const Reader& reader, std::string temp) : reader_(reader), temp_(std::move(temp)) {}
  Result<> begin_sheet(const SheetInfo& sheet) override {
    spool_ = std::make_unique<SheetSpool>(sheet, reader_, temp_);
    return {};
  }
  Result<> cell(const Cell& cell) override {
    if (cell.row == 0 || cell.row > kMostRows || cell.column == 0 || cell.column > kMostColumns)
      std::abort();
    if (++cells_ > 20'000) return fail(ErrorCode::too_large, "enough");
    return spool_->add(cell);
  }
  void merge(const Range& range) override { spool_->merge(range); }
  Result<> end_sheet() override {
    TRY_VOID(spool_->finish());
    std::int64_t seen = 0;
    std::uint64_t last = 0;
    std::string scratch;
    TRY_VOID(
        spool_->each_row(1, kMostRows, {}, [&](std::uint32_t, const SpooledRow& row) -> Result<> {
          for (const auto& cell : row) {
            const auto place = (static_cast<std::uint64_t>(cell.row) << 32) | cell.column;
            if (place <= last) std::abort();  // in order, each once
            last = place;
            ++seen;
            raw_of(cell, reader_, ColumnMode::percent, scratch);
            raw_of(cell, reader_, ColumnMode::plain, scratch);
          }
          return {};
        }));
    if (seen != spool_->cells()) std::abort();
    std::vector<std::string> remarks;
    TRY(const auto layouts, find_layouts(*spool_, reader_, remarks));
    for (const auto& layout : layouts) {
      if (layout.range.top > layout.range.bottom || layout.range.left > layout.range.right ||
          layout.first_data_row() > layout.range.bottom + 1)
        std::abort();
    }
    return {};
  }

 private:
  const Reader& reader_;
  std::string temp_;
  std::unique_ptr<SheetSpool> spool_;
  std::int64_t cells_ = 0;
};

inline const std::string& folder() {
  static const std::string path = [] {
    std::string pattern = ::access("/dev/shm", W_OK) == 0 ? "/dev/shm/sextant_fuzz_XXXXXX"
                                                          : "/tmp/sextant_fuzz_XXXXXX";
    if (!::mkdtemp(pattern.data())) std::abort();
    static std::string made = pattern;
    std::atexit([] {
      ::unlink((made + "/input").c_str());
      ::rmdir(made.c_str());
    });
    return pattern;
  }();
  return path;
}

inline void read(std::string_view bytes) {
  const auto path = folder() + "/input";
  std::FILE* out = std::fopen(path.c_str(), "wb");
  if (!out) std::abort();
  std::fwrite(bytes.data(), 1, bytes.size(), out);
  std::fclose(out);
  const auto file = InputFile::open(path);
  if (!file) return;
  const auto format = recognise(*file);
  if (!format) return;
  const auto reader = open_workbook(*file, *format, folder(), {});
  if (!reader) return;
  FuzzSink sink(**reader, folder());
  const auto done = (*reader)->read(sink);
  if (!done && done.error().code == ErrorCode::internal) std::abort();
}

}  // namespace workbook_fuzz
