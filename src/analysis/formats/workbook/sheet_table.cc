#include "analysis/formats/workbook/sheet_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/formats/names.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

// A table of mostly blank cells is bounded by what it would write.
constexpr std::int64_t kMostBlank = 100'000'000;

// A cell that goes down over several rows.
struct Spread {
  Range range;
  Cell cell;
  std::string text;
  bool known = false;
};

}  // namespace

Result<> SheetTable::each_row(const VisitRow& visit) const {
  const auto& range = layout_.range;
  const auto first = layout_.first_data_row();
  if (first > range.bottom) return {};
  std::vector<Spread> spreads;
  for (const auto& m : sheet_.merges()) {
    if (m.bottom > m.top && m.top >= first && m.top <= range.bottom && m.left >= range.left &&
        m.left <= range.right)
      spreads.push_back({m, {}, {}, false});
  }
  std::ranges::sort(spreads, {}, [](const Spread& s) { return s.range.top; });
  std::size_t next = 0;
  std::vector<Spread*> active(range.right - range.left + 1, nullptr);
  std::vector<const Cell*> cells(active.size(), nullptr);
  std::vector<std::size_t> set;
  return sheet_.each_row(first, range.bottom, context_.stop,
                         [&](std::uint32_t row, const SpooledRow& spooled) -> Result<> {
                           for (const auto c : set) cells[c] = nullptr;
                           set.clear();
                           for (const auto& cell : spooled) {
                             if (cell.column < range.left || cell.column > range.right) continue;
                             if (cell.kind == CellKind::text && cell.text.empty()) continue;
                             const std::size_t c = cell.column - range.left;
                             cells[c] = &cell;
                             set.push_back(c);
                           }
                           if (set.empty()) return {};
                           for (; next < spreads.size() && spreads[next].range.top <= row; ++next) {
                             auto& spread = spreads[next];
                             const std::size_t c = spread.range.left - range.left;
                             if (spread.range.top == row && cells[c]) {
                               spread.cell = *cells[c];
                               spread.text = spread.cell.text;
                               spread.cell.text = spread.text;
                               spread.known = true;
                               active[c] = &spread;
                             }
                           }
                           if (!spreads.empty()) {
                             for (std::size_t c = 0; c < active.size(); ++c) {
                               if (!active[c]) continue;
                               if (active[c]->range.bottom < row) {
                                 active[c] = nullptr;
                               } else if (!cells[c]) {
                                 cells[c] = &active[c]->cell;
                                 set.push_back(c);
                               }
                             }
                           }
                           return visit(row, cells);
                         });
}

// What the columns are by their number formats.
Result<> SheetTable::look() {
  return each_row([&](std::uint32_t row, const std::vector<const Cell*>& cells) -> Result<> {
    ++rows_;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto* cell = cells[c];
      if (!cell) continue;
      auto& column = columns_[c];
      ++column.filled;
      ++cells_;
      if (cell->kind == CellKind::error) ++errors_;
      if (cell->kind == CellKind::formula && formulas_++ == 0)
        first_formula_ = cell_reference(row, cell->column);
      if (cell->kind != CellKind::number) continue;
      ++column.numbers;
      const auto& format = reader_.format(cell->format);
      if (format.kind == FormatClass::plain) continue;
      if (format.kind == FormatClass::percent) ++column.percents;
      if (format.kind == FormatClass::currency) ++column.currencies[format.currency];
      if (format.is_temporal()) ++column.temporals;
      if (format.kind == FormatClass::duration) ++column.durations;
    }
    return {};
  });
}

Result<> SheetTable::gather() {
  for (auto& column : columns_) {
    if (column.numbers == 0) continue;
    if (column.percents == column.numbers) {
      column.mode = ColumnMode::percent;
      column.unit = "%";
    } else if (column.durations > 0 && column.temporals == column.numbers) {
      column.mode = ColumnMode::duration;
      column.unit = "h";
    } else if (column.currencies.size() == 1 &&
               column.currencies.begin()->second == column.numbers) {
      column.unit = column.currencies.begin()->first;
    }
  }
  std::string scratch;
  return each_row([&](std::uint32_t, const std::vector<const Cell*>& cells) -> Result<> {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      auto& column = columns_[c];
      const auto raw = cells[c] ? raw_of(*cells[c], reader_, column.mode, scratch) : Raw{};
      if (raw.kind == RawKind::text)
        column.evidence.add_text();
      else
        column.evidence.add(raw.kind == RawKind::value ? raw.text : std::string_view{});
    }
    return {};
  });
}

void SheetTable::decide() {
  const bool has_header = layout_.header_rows > 0;
  auto names = column_names(layout_.names, columns_.size(), has_header);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const bool nameless = c >= layout_.names.size() || text::trim(layout_.names[c]).empty();
    if (nameless && columns_[c].filled == 0) continue;
    kept_.push_back(c);
    job_.names.push_back(names.names[c]);
    job_.originals.push_back(names.originals[c]);
    job_.plans.push_back(
        columns_[c].evidence.decide({}, context_.choice(job_.key, names.originals[c])));
    auto& plan = job_.plans.back();
    const auto& unit = columns_[c].unit;
    if (!unit.empty() && (plan.kind == Kind::integer || plan.kind == Kind::decimal)) {
      plan.evidence += unit == "%"   ? ", shown in percent"
                       : unit == "h" ? ", durations as hours"
                                     : ", shown in " + unit;
    }
    column_of_.emplace(names.originals[c], layout_.range.left + static_cast<std::uint32_t>(c));
  }
  for (auto& note : names.notes) context_.note(std::move(note));
}

Result<> SheetTable::write() {
  Quarantine quarantine(job_.table, context_.options.temp_directory);
  quarantine.set_place([&](std::int64_t line, std::string_view column) {
    const auto found = column_of_.find(column);
    return sheet_.info().name + "!" +
           (found == column_of_.end()
                ? std::to_string(line)
                : cell_reference(static_cast<std::uint32_t>(line), found->second));
  });
  TRY(auto writer, TableWriter::create(context_, job_, quarantine));
  std::string scratch;
  TRY_VOID(each_row([&](std::uint32_t row, const std::vector<const Cell*>& cells) -> Result<> {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      const auto c = kept_[i];
      const auto raw = cells[c] ? raw_of(*cells[c], reader_, columns_[c].mode, scratch) : Raw{};
      if (raw.kind == RawKind::rejected) {
        TRY_VOID(quarantine.add(row, job_.originals[i], raw.text, raw.reason));
        TRY_VOID(writer.cell({}, row));
      } else if (raw.kind == RawKind::empty) {
        TRY_VOID(writer.cell({}, row));
      } else if (job_.plans[i].kind == Kind::text) {
        writer.text_cell(raw.text);
      } else {
        TRY_VOID(writer.cell(raw.text, row));
      }
    }
    return writer.end_row();
  }));
  TRY_VOID(writer.load());
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    auto& plan = job_.plans[i];
    if (plan.kind != Kind::integer && plan.kind != Kind::decimal) continue;
    const auto& unit = columns_[kept_[i]].unit;
    if (unit == "%")
      plan.percent = true;
    else if (!unit.empty())
      plan.currency = unit;
  }
  return publish_table(context_, job_, quarantine);
}

void SheetTable::add_notes() {
  const auto place = sheet_.info().name + "!" + range_reference(layout_.range);
  if (!layout_.titles.empty()) {
    std::string titles;
    for (const auto& title : layout_.titles) {
      if (!title.empty()) titles += (titles.empty() ? "" : " · ") + title;
    }
    context_.note(fmt::format("{}: lines above the header read as titles: {}", place,
                              text::truncate_utf8(titles, 1000)));
  }
  if (layout_.header_rows == 0)
    context_.note(
        fmt::format("{} has no header row; its columns are named column_1, column_2, …", place));
  if (layout_.header_rows > 1)
    context_.note(fmt::format("{}: the header stands over {} rows; their names were joined.", place,
                              layout_.header_rows));
  if (rows_ == 0) context_.note(fmt::format("{} has a header but no rows.", place));
  if (errors_ > 0)
    context_.note(
        fmt::format("{}: {} (#N/A, #DIV/0! …) and kept aside.", place,
                    counted(errors_, "cell is an error value", "cells are error values")));
  if (formulas_ > 0) {
    context_.note(
        fmt::format("{}: {} no stored result (the first is {}); open the workbook in Excel or "
                    "LibreOffice and save it, so that they are computed.",
                    place, counted(formulas_, "formula has", "formulas have"), first_formula_));
  }
}

Result<bool> SheetTable::load(const std::string& title, const std::string& key) {
  columns_.resize(layout_.range.right - layout_.range.left + 1);
  TRY_VOID(look());
  const auto used = std::ranges::count_if(columns_, [](const Column& c) { return c.filled > 0; });
  if (rows_ * used > kMostBlank + 4 * cells_) {
    return fail(ErrorCode::too_large,
                fmt::format("Sheet “{}” has {} cells spread over {} rows and {} columns: as a "
                            "table it would be almost empty.",
                            sheet_.info().name, cells_, rows_, used),
                "Keep only the range with data, or save the sheet as CSV.",
                {{"sheet", sheet_.info().name}});
  }
  job_.key = key;
  job_.range = range_reference(layout_.range);
  job_.header_rows = layout_.header_rows;
  job_.header_row = layout_.header_rows > 0 ? layout_.range.top + layout_.title_rows : 0;
  const auto names = column_names(layout_.names, columns_.size(), layout_.header_rows > 0);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    columns_[c].evidence.set_missing(
        missing_words_of(context_.choice(job_.key, names.originals[c])));
  }
  TRY_VOID(gather());
  decide();
  if (job_.names.empty()) return false;
  job_.table = table_name(title, context_.taken_names);
  job_.title = title;
  TRY_VOID(write());
  add_notes();
  return true;
}

}  // namespace sextant::formats::workbook
