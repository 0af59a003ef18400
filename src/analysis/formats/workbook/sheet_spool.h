#pragma once
// The cells of one sheet in a temporary file, in the order of rows and columns, to be gone through
// several times; and what must be known before: merged cells, which columns each run of rows fills.
// One thread.

#include <functional>
#include <optional>
#include <vector>

#include "analysis/formats/workbook/cell.h"

namespace sextant::formats::workbook {

// Rows next to each other that fill the same columns.
struct RowRun {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> spans;  // of columns, inclusive
};

using SpooledRow = std::vector<Cell>;  // texts are valid until the next row

class SheetSpool {
 public:
  SheetSpool(SheetInfo info, const Reader& reader, const std::string& temp_directory);

  Result<> add(const Cell& cell);
  void merge(const Range& range);
  Result<> finish();

  const SheetInfo& info() const { return info_; }
  std::int64_t cells() const { return cells_; }
  const std::vector<RowRun>& runs() const { return runs_; }
  bool too_ragged() const { return too_ragged_; }  // runs() is one box around everything
  const std::vector<Range>& merges() const { return merges_; }
  std::int64_t duplicates() const { return duplicates_; }  // cells that a later one replaced

  // Every filled row from `first` to `last`.
  Result<> each_row(
      std::uint32_t first, std::uint32_t last, std::stop_token stop,
      const std::function<Result<>(std::uint32_t row, const SpooledRow& cells)>& visit) const;

 private:
  Result<> write(const Cell& cell);
  Result<> sort();
  Result<> index();

  SheetInfo info_;
  const Reader* reader_;
  std::string temp_directory_;
  std::unique_ptr<TemporaryFile> file_;
  std::optional<TextWriter> writer_;
  std::uint32_t last_row_ = 0;
  std::uint32_t last_column_ = 0;
  bool unordered_ = false;
  bool too_ragged_ = false;
  std::int64_t cells_ = 0;
  std::int64_t text_bytes_ = 0;
  std::int64_t duplicates_ = 0;
  std::int64_t bytes_ = 0;
  std::vector<RowRun> runs_;
  RowRun open_;
  std::vector<Range> merges_;
  std::vector<std::pair<std::uint32_t, std::int64_t>> marks_;  // row → offset, now and then
};

}  // namespace sextant::formats::workbook
