#pragma once
// What every workbook format is read into: a stream of cells, sheet by sheet.
// Rows and columns count from 1. Thread-safety: one reader per thread.

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/formats/input_file.h"
#include "analysis/formats/workbook/number_format.h"
#include "base/result.h"

namespace sextant::formats::workbook {

constexpr std::uint32_t kMostRows = 1u << 20;
constexpr std::uint32_t kMostColumns = 1u << 14;

enum class CellKind : std::uint8_t {
  number,
  text,
  boolean,  // number is 0 or 1
  error,    // text is #N/A, #DIV/0! …
  formula,  // a formula without a stored result; text is the formula, if known
};

struct Cell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  CellKind kind = CellKind::number;
  std::uint16_t format = 0;  // position in Reader::formats()
  double number = 0;
  std::string_view text;     // of texts that are not shared; digits of a number beyond a double
  std::int64_t shared = -1;  // position for Reader::shared_string()
};

struct Range {
  std::uint32_t top = 0, left = 0, bottom = 0, right = 0;  // inclusive
};

enum class Visibility : std::uint8_t { visible, hidden, very_hidden };
enum class SheetKind : std::uint8_t { cells, chart, macro, dialog };

struct SheetInfo {
  std::string name;
  Visibility visibility = Visibility::visible;
  SheetKind kind = SheetKind::cells;
};

class Sink {
 public:
  virtual ~Sink() = default;
  virtual Result<> begin_sheet(const SheetInfo& sheet) = 0;
  virtual Result<> cell(const Cell& cell) = 0;
  virtual void merge(const Range& range) = 0;
  virtual Result<> end_sheet() = 0;
};

class Reader {
 public:
  virtual ~Reader() = default;
  // All sheets in the file's order; called once.
  virtual Result<> read(Sink& sink) = 0;
  virtual std::string_view shared_string(std::int64_t) const { return {}; }
  const NumberFormat& format(std::uint16_t index) const {
    return formats_[index < formats_.size() ? index : 0];
  }
  bool epoch_1904() const { return epoch_1904_; }

  // Bytes of the file that were read, of all that there are.
  double progress() const { return progress_; }

 protected:
  std::vector<NumberFormat> formats_{NumberFormat{}};
  bool epoch_1904_ = false;
  double progress_ = 0;
};

enum class WorkbookFormat : std::uint8_t { none, xlsx, xls, ods, xlsb, encrypted };

// By what is inside; `none` when it is no workbook.
Result<WorkbookFormat> recognise(const InputFile& file);

// Errors: unreadable_file (damaged, encrypted, xlsb), too_large (beyond a bound), cancelled.
Result<std::unique_ptr<Reader>> open_workbook(const InputFile& file, WorkbookFormat format,
                                              const std::string& temp_directory,
                                              std::stop_token stop);

// "C17", "Orders!C17"
std::string column_letters(std::uint32_t column);
std::string cell_reference(std::uint32_t row, std::uint32_t column);
std::string range_reference(const Range& range);
// "B3" or "B3:F20", also with $; false when it is neither.
bool parse_range(std::string_view text, Range& range);

}  // namespace sextant::formats::workbook
