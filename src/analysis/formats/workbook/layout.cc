#include "analysis/formats/workbook/layout.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/formats/workbook/cell_text.h"
#include "analysis/formats/workbook/iso_time.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

constexpr std::uint32_t kSample = 40;
constexpr std::size_t kLongestName = 200;

enum class Look : std::uint8_t { blank, text, year, other };

struct Peek {
  Look look = Look::blank;
  std::string shown;
};
using PeekRow = std::vector<Peek>;

class LayoutFinder {
 public:
  LayoutFinder(const SheetSpool& sheet, const Reader& reader, const Range& range)
      : sheet_(sheet), reader_(reader), range_(range), width_(range.right - range.left + 1) {}

  Result<Layout> run(std::optional<std::uint32_t> header_rows) {
    TRY_VOID(sample());
    Layout out;
    out.range = range_;
    if (rows_.empty()) return out;
    std::size_t at = 0;
    if (!header_rows) {
      while (is_title(at)) ++at;
      for (std::size_t i = 0; i < at; ++i) out.titles.push_back(row_text(i));
    }
    out.title_rows = static_cast<std::uint32_t>(at);
    out.header_rows = header_rows ? *header_rows : is_double_header(at) ? 2 : is_header(at) ? 1 : 0;
    if (out.header_rows > 0) name(at, out);
    return out;
  }

 private:
  Result<> sample() {
    const auto last = std::min(range_.bottom, range_.top + kSample - 1);
    rows_.assign(last - range_.top + 1, PeekRow(width_));
    return sheet_.each_row(
        range_.top, last, {}, [&](std::uint32_t row, const SpooledRow& cells) -> Result<> {
          for (const auto& cell : cells) {
            if (cell.column < range_.left || cell.column > range_.right) continue;
            auto& peek = rows_[row - range_.top][cell.column - range_.left];
            peek.shown = std::string(text::truncate_utf8(shown_value(cell, reader_), 1000));
            if (cell.kind == CellKind::text) {
              peek.look = text::trim(peek.shown).empty() ? Look::blank : Look::text;
            } else if (cell.kind == CellKind::number &&
                       (reader_.format(cell.format).is_temporal() ||
                        (cell.number >= 1900 && cell.number <= 2100 &&
                         cell.number == std::floor(cell.number)))) {
              peek.look = Look::year;
            } else {
              peek.look = Look::other;
            }
          }
          return {};
        });
  }

  std::size_t filled(std::size_t row) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(rows_[row], [](const Peek& p) { return p.look != Look::blank; }));
  }
  bool has_merge(std::size_t row, bool whole_width) const {
    const auto number = range_.top + static_cast<std::uint32_t>(row);
    return std::ranges::any_of(sheet_.merges(), [&](const Range& m) {
      if (m.top != number || m.right <= m.left || m.left < range_.left || m.left > range_.right)
        return false;
      const bool whole = m.left == range_.left && m.right >= range_.right;
      return whole == whole_width;
    });
  }
  std::string row_text(std::size_t row) const {
    std::string out;
    for (const auto& peek : rows_[row]) {
      if (peek.look != Look::blank)
        out += (out.empty() ? "" : " ") + std::string(text::trim(peek.shown));
    }
    return out;
  }

  bool is_title(std::size_t row) const {
    if (row + 1 >= rows_.size() || width_ < 2) return false;
    const auto count = filled(row);
    if (count == 0) return true;
    if (rows_[row][0].look != Look::text) return false;
    std::size_t widest = 0;
    for (auto i = row + 1; i < rows_.size() && i < row + 8; ++i)
      widest = std::max(widest, filled(i));
    if (has_merge(row, true)) return widest >= 2;
    if (has_merge(row, false)) return false;
    if (count == 1) {
      if (widest < 2) return false;
      // A lone first cell over a wider header is a title; over data it may be a group's name.
      return filled(row + 1) >= 2 || is_title(row + 1);
    }
    return count == 2 && width_ >= 6 && widest * 2 >= width_ && widest >= 5;
  }

  // All cells could be names of columns.
  bool is_textual(std::size_t row) const {
    bool any_text = false;
    for (const auto& peek : rows_[row]) {
      if (peek.look == Look::other || peek.shown.size() > kLongestName) return false;
      any_text = any_text || peek.look == Look::text;
    }
    return any_text;
  }

  // Columns of which most cells from `row` on are no text, and whose name above is one.
  std::size_t typed_columns(std::size_t row, std::size_t header) const {
    std::size_t out = 0;
    for (std::size_t c = 0; c < width_; ++c) {
      if (rows_[header][c].look != Look::text) continue;
      std::size_t texts = 0;
      std::size_t others = 0;
      for (auto r = row; r < rows_.size(); ++r) {
        if (rows_[r][c].look == Look::text) ++texts;
        if (rows_[r][c].look == Look::other || rows_[r][c].look == Look::year) ++others;
      }
      if (others > texts) ++out;
    }
    return out;
  }

  bool is_header(std::size_t row) const {
    if (row >= rows_.size() || !is_textual(row)) return false;
    const bool only_row = row + 1 >= rows_.size();
    if (only_row) return width_ >= 2 && filled(row) == width_ && range_.bottom == range_.top + row;
    if (typed_columns(row + 1, row) > 0) return true;
    std::set<std::string> seen;
    std::size_t repeated_below = 0;
    bool year = false;
    for (std::size_t c = 0; c < width_; ++c) {
      const auto& name = rows_[row][c];
      if (name.look == Look::blank) continue;
      if (name.shown.size() > 100 || !seen.insert(name.shown).second) return false;
      year = year || name.look == Look::year;
      for (auto r = row + 1; r < rows_.size(); ++r) {
        if (rows_[r][c].shown == name.shown) {
          ++repeated_below;
          break;
        }
      }
    }
    if (year) {
      // Years as names: the cells below them are numbers that are no years.
      for (std::size_t c = 0; c < width_; ++c) {
        if (rows_[row][c].look == Look::year && rows_[row + 1][c].look == Look::other) return true;
      }
      return false;
    }
    return repeated_below == 0 && filled(row) * 2 > width_ &&
           (width_ > 1 || rows_.size() - row > 2);
  }

  bool is_double_header(std::size_t row) const {
    if (row + 2 >= rows_.size() || !is_textual(row) || !is_textual(row + 1) || width_ < 2)
      return false;
    const bool merged = has_merge(row, false);
    std::size_t under = 0;  // names below a blank of the upper row
    for (std::size_t c = 1; c < width_; ++c) {
      if (rows_[row][c].look == Look::blank && rows_[row + 1][c].look != Look::blank) ++under;
    }
    if (!merged && (under == 0 || filled(row) < 1 || filled(row) * 4 > width_ * 3)) return false;
    if (filled(row + 1) < 2) return false;
    const auto typed = typed_columns(row + 2, row + 1);
    return typed > 0 || (merged && is_header(row + 1));
  }

  void name(std::size_t at, Layout& out) const {
    out.names.assign(width_, {});
    for (std::uint32_t h = 0; h < out.header_rows && at + h < rows_.size(); ++h) {
      const auto row = at + h;
      const bool upper = h + 1 < out.header_rows;
      std::string carried;
      std::size_t carried_to = 0;
      for (std::size_t c = 0; c < width_; ++c) {
        std::string part(text::trim(rows_[row][c].shown));
        if (upper && !part.empty()) {
          carried = part;
          carried_to = carry_end(row, c);
        } else if (upper && part.empty() && c <= carried_to) {
          part = carried;
        }
        if (part.empty()) continue;
        auto& name = out.names[c];
        if (name.empty())
          name = part;
        else if (name != part)
          name += " " + part;
      }
    }
  }

  // How far to the right a name of the upper row goes: its merged cell, or up to the next name.
  std::size_t carry_end(std::size_t row, std::size_t column) const {
    const auto r = range_.top + static_cast<std::uint32_t>(row);
    const auto c = range_.left + static_cast<std::uint32_t>(column);
    for (const auto& m : sheet_.merges()) {
      if (m.top == r && m.left == c)
        return std::min<std::size_t>(m.right, range_.right) - range_.left;
    }
    if (has_merge(row, false)) return column;
    std::size_t end = column;
    while (end + 1 < width_ && rows_[row][end + 1].look == Look::blank &&
           rows_[row + 1][end + 1].look != Look::blank &&
           rows_[row + 1][column].look != Look::blank)
      ++end;
    return end;
  }

  const SheetSpool& sheet_;
  const Reader& reader_;
  Range range_;
  std::size_t width_;
  std::vector<PeekRow> rows_;
};

struct Block {
  Range range;
  bool remark = false;        // a few texts, no table
  bool starts_typed = false;  // its first row has a cell that is no text
  std::string text;
};

Result<Block> look_at(const SheetSpool& sheet, const Reader& reader, const Range& range) {
  Block out{range, false, false, {}};
  std::size_t cells = 0;
  std::size_t texts = 0;
  TRY_VOID(sheet.each_row(range.top, std::min(range.bottom, range.top + 9), {},
                          [&](std::uint32_t row, const SpooledRow& row_cells) -> Result<> {
                            for (const auto& cell : row_cells) {
                              if (cell.column < range.left || cell.column > range.right) continue;
                              ++cells;
                              if (cell.kind == CellKind::text) ++texts;
                              if (row == range.top && cell.kind != CellKind::text)
                                out.starts_typed = true;
                              if (cells <= 10)
                                out.text +=
                                    (out.text.empty() ? "" : " ") + shown_value(cell, reader);
                            }
                            return {};
                          }));
  const auto rows = range.bottom - range.top + 1;
  const auto columns = range.right - range.left + 1;
  out.remark =
      cells <= 1 || (columns == 1 && rows <= 5 && texts == cells) || (columns == 2 && rows == 1);
  out.text = std::string(text::truncate_utf8(out.text, 1000));
  return out;
}

// Whether a block goes on in the next one, which is below one or two blank rows.
bool goes_on(const Block& above, const Block& below) {
  return below.range.top <= above.range.bottom + 3 && below.range.left >= above.range.left &&
         below.range.right <= above.range.right && above.range.right > above.range.left &&
         above.range.bottom > above.range.top && below.starts_typed && !above.remark;
}

}  // namespace

std::string shown_value(const Cell& cell, const Reader& reader) {
  switch (cell.kind) {
    case CellKind::boolean:
      return cell.number != 0 ? "true" : "false";
    case CellKind::number: {
      const auto& format = reader.format(cell.format);
      if (format.kind == FormatClass::date || format.kind == FormatClass::time) {
        const auto iso =
            iso_of_serial(cell.number, reader.epoch_1904(), format.kind == FormatClass::time);
        if (iso) return *iso;
      }
      if (format.kind == FormatClass::code) {
        auto shown = shown_code(format, cell.number);
        if (!shown.empty()) return shown;
      }
      std::string out;
      append_number(out, cell);
      return out;
    }
    default:
      return std::string(cell.text);
  }
}

Result<Layout> find_layout(const SheetSpool& sheet, const Reader& reader, const Range& range,
                           std::optional<std::uint32_t> header_rows) {
  return LayoutFinder(sheet, reader, range).run(header_rows);
}

Result<std::vector<Layout>> find_layouts(const SheetSpool& sheet, const Reader& reader,
                                         std::vector<std::string>& remarks) {
  std::vector<Block> blocks;
  for (const auto& range : find_regions(sheet.runs())) {
    TRY(auto block, look_at(sheet, reader, range));
    bool joined = false;
    for (auto above = blocks.rbegin(); above != blocks.rend() && !joined; ++above) {
      if (goes_on(*above, block)) {
        above->range.bottom = block.range.bottom;
        joined = true;
      }
    }
    if (!joined) blocks.push_back(std::move(block));
  }
  // A sheet of nothing but remarks is loaded as it stands.
  if (std::ranges::all_of(blocks, &Block::remark)) {
    for (auto& block : blocks) block.remark = false;
  }
  std::vector<Layout> out;
  for (const auto& block : blocks) {
    if (block.remark) {
      remarks.push_back(cell_reference(block.range.top, block.range.left) + " “" + block.text +
                        "”");
      continue;
    }
    TRY(auto layout, find_layout(sheet, reader, block.range, std::nullopt));
    out.push_back(std::move(layout));
  }
  return out;
}

}  // namespace sextant::formats::workbook
