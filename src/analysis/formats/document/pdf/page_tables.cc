#include "analysis/formats/document/pdf/page_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/formats/csv_dialect.h"
#include "analysis/formats/document/pdf/prose.h"

namespace sextant::formats::pdf {
namespace {

constexpr double kTop = 0.3;     // of the page's height: where a table that goes on begins
constexpr double kBottom = 0.6;  // and where the one before it ends at least
constexpr double kSlack = 14;    // points
constexpr std::size_t kSample = 30;

document::GridTable grid_of(const PageTable& table) {
  document::GridTable out;
  out.columns = static_cast<std::size_t>(table.columns);
  for (int r = 0; r < table.rows; ++r) {
    out.rows.push_back({std::vector<std::string>(out.columns),
                        fmt::format("page {}, row {} of its table", table.page, r + 1)});
  }
  for (const auto& cell : table.cells) {
    // A name over several columns names them all; a cell over several rows is in each of them.
    const bool header = cell.row < std::max(table.header_rows, 1);
    const int columns = header ? cell.column_span : 1;
    const int rows = header ? 1 : cell.row_span;
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) {
        const auto row = static_cast<std::size_t>(cell.row + r);
        const auto column = static_cast<std::size_t>(cell.column + c);
        if (row >= out.rows.size() || column >= out.columns) continue;
        auto& text = out.rows[row].cells[column];
        if (text.empty()) text = cell.text;
      }
    }
  }
  out.origin.page = out.origin.last_page = table.page;
  out.origin.x = table.box.left;
  out.origin.y = table.box.top;
  out.origin.width = table.box.width();
  out.origin.height = table.box.height();
  out.origin.confidence = std::round(table.confidence * 100) / 100;
  return out;
}

}  // namespace

// Whether the table at the top of a page is the rest of the one at the bottom of the page before.
bool DocumentTables::continues(const PageContent& page, const PageTable& found,
                               const document::GridTable& grid) const {
  if (tables_.empty() || end_.page + 1 != page.number || !end_.at_bottom) return false;
  const auto& before = tables_.back();
  const auto sure = [](const document::GridTable& table) {
    return table.origin.confidence >= document::kLeastConfidence;
  };
  if (sure(before) != sure(grid)) return false;
  if (before.columns != grid.columns || found.box.top > kTop * page.height) return false;
  if (std::abs(end_.left - found.box.left) > kSlack ||
      std::abs(end_.right - found.box.right) > kSlack)
    return false;
  if (grid.rows.front().cells == before.rows.front().cells) return true;
  // Another header starts another table.
  std::vector<std::vector<std::string>> sample{grid.rows.front().cells};
  const auto skip = std::max<std::size_t>(before.header_rows.value_or(1), 1);
  for (auto r = skip; r < before.rows.size() && sample.size() < kSample; ++r)
    sample.push_back(before.rows[r].cells);
  return sample.size() > 1 && !is_header_row(sample, 0, grid.columns);
}

Result<> DocumentTables::add_page(const PageContent& page, const std::vector<PageTable>& found) {
  for (const auto& table : found) {
    auto grid = grid_of(table);
    cells_ += grid.columns * grid.rows.size();
    for (const auto& cell : table.cells) bytes_ += cell.text.size();
    if (cells_ > document::kMostCells || bytes_ > document::kMostTextBytes ||
        tables_.size() >= document::kMostTables) {
      return fail(ErrorCode::too_large,
                  fmt::format("Up to page {} the tables have more than {} cells, {} MB of text or "
                              "{} tables.",
                              page.number, document::kMostCells, document::kMostTextBytes >> 20,
                              document::kMostTables),
                  "Split the PDF into smaller files.");
    }
    if (!document::is_table(grid)) continue;
    if (&table == &found.front() && continues(page, table, grid)) {
      auto& before = tables_.back();
      std::size_t skip = 0;
      while (skip < grid.rows.size() && skip < before.rows.size() &&
             skip < std::max<std::size_t>(before.header_rows.value_or(1), 1) &&
             grid.rows[skip].cells == before.rows[skip].cells)
        ++skip;
      before.rows.insert(
          before.rows.end(),
          std::make_move_iterator(grid.rows.begin() + static_cast<std::ptrdiff_t>(skip)),
          std::make_move_iterator(grid.rows.end()));
      before.origin.last_page = page.number;
      before.origin.confidence = std::min(before.origin.confidence, grid.origin.confidence);
    } else {
      grid.caption = Prose::caption_of(page, table);
      grid.origin.number = static_cast<std::int64_t>(tables_.size()) + 1;
      tables_.push_back(std::move(grid));
    }
    end_ = {page.number, table.box.left, table.box.right, table.box.bottom > kBottom * page.height};
  }
  return {};
}

}  // namespace sextant::formats::pdf
