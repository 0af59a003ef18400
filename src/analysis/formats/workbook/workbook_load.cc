#include "analysis/formats/workbook/workbook_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "analysis/formats/workbook/sheet_table.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

using namespace workbook;
using catalog::SheetState;

// Collects every sheet into a spool.
class Collector final : public Sink {
 public:
  Collector(LoadContext& context, const Reader& reader) : context_(context), reader_(reader) {}

  Result<> begin_sheet(const SheetInfo& sheet) override {
    sheets.emplace_back(sheet, reader_, context_.options.temp_directory);
    return {};
  }
  Result<> cell(const Cell& cell) override {
    if ((++cells_ & 0x3FFFF) == 0) report();
    return sheets.back().add(cell);
  }
  void merge(const Range& range) override { sheets.back().merge(range); }
  Result<> end_sheet() override {
    report();
    return sheets.back().finish();
  }

  std::deque<SheetSpool> sheets;

 private:
  void report() const {
    const auto share = reader_.progress();
    context_.report("decoded",
                    static_cast<std::int64_t>(share * static_cast<double>(context_.file.size())), 0,
                    share);
  }
  LoadContext& context_;
  const Reader& reader_;
  std::int64_t cells_ = 0;
};

std::string_view format_name(WorkbookFormat format) {
  switch (format) {
    case WorkbookFormat::xlsx:
    case WorkbookFormat::encrypted:
      return "xlsx";
    case WorkbookFormat::xls:
      return "xls";
    case WorkbookFormat::ods:
      return "ods";
    case WorkbookFormat::xlsb:
      return "xlsb";
    case WorkbookFormat::none:
      break;
  }
  return {};
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < 20; ++i)
    out += (i ? ", " : "") + ("“" + names[i] + "”");
  if (names.size() > 20) out += fmt::format(" and {} more", names.size() - 20);
  return out;
}

class WorkbookLoader {
 public:
  WorkbookLoader(LoadContext& context, const Reader& reader) : context_(context), reader_(reader) {}

  Result<> run(const std::deque<SheetSpool>& sheets) {
    const bool any_visible = std::ranges::any_of(sheets, [](const SheetSpool& s) {
      return s.cells() > 0 && s.info().visibility == Visibility::visible;
    });
    for (const auto& sheet : sheets) TRY_VOID(add_sheet(sheet, any_visible));
    if (tables_.empty()) {
      return fail(ErrorCode::unreadable_file,
                  sheets.empty() ? "The workbook has no sheets."
                                 : "No sheet of the workbook has a table in it.",
                  "Check that it is the right file.");
    }
    std::size_t loaded = 0;
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      auto& [table, sheet, number] = tables_[i];
      auto title = context_.title;
      if (tables_.size() > 1) {
        title += " " + sheet;
        if (number > 1) title += fmt::format(" {}", number);
      }
      TRY(const bool made, table.load(title, key_of(sheet, number)));
      if (made) ++loaded;
    }
    if (loaded == 0)
      return fail(ErrorCode::unreadable_file, "The workbook has no columns with values.");
    note_sheets();
    if (loaded == 1) context_.reply.report.header = tables_.front().table.layout().header_rows > 0;
    return {};
  }

 private:
  struct Entry {
    SheetTable table;
    std::string sheet;
    int number;  // on its sheet
  };

  Result<> add_sheet(const SheetSpool& sheet, bool any_visible) {
    const auto& info = sheet.info();
    if (info.kind == SheetKind::chart) {
      charts_.push_back(info.name);
      return tell(info.name, SheetState::chart);
    }
    if (info.kind != SheetKind::cells) {
      macros_.push_back(info.name);
      return tell(info.name, SheetState::macro);
    }
    if (sheet.cells() == 0 || sheet.runs().empty()) {
      empty_.push_back(info.name);
      return tell(info.name, SheetState::empty);
    }
    const auto* choice = context_.plan.sheet(info.name);
    const bool wanted = choice && choice->load.value_or(choice->ranges.has_value());
    if (choice && choice->load && !*choice->load) return tell(info.name, SheetState::off);
    if (info.visibility != Visibility::visible && any_visible && !wanted) {
      hidden_.push_back(info.name);
      return tell(info.name, SheetState::hidden);
    }
    if (info.visibility != Visibility::visible && !wanted)
      context_.note(
          fmt::format("Sheet “{}” is hidden; it was loaded since no other has cells.", info.name));
    if (sheet.too_ragged())
      context_.note(
          fmt::format("Sheet “{}” is too ragged to find separate tables in it; it was read as one.",
                      info.name));
    if (sheet.duplicates() > 0) {
      context_.note(fmt::format("Sheet “{}” gives {} twice; the later one counts.", info.name,
                                counted(sheet.duplicates(), "cell", "cells")));
    }
    std::vector<std::string> remarks;
    TRY(auto layouts, choice && choice->ranges ? chosen_layouts(sheet, *choice)
                                               : find_layouts(sheet, reader_, remarks));
    TRY_VOID(apply_header_choices(sheet, layouts));
    catalog::SheetLoad told{info.name, SheetState::loaded, {}};
    for (const auto& layout : layouts) told.ranges.push_back(range_reference(layout.range));
    context_.reply.report.sheets.push_back(std::move(told));
    int number = 0;
    for (auto& layout : layouts) {
      tables_.push_back(
          {SheetTable(context_, reader_, sheet, std::move(layout)), info.name, ++number});
    }
    if (number > 1) {
      std::string ranges;
      for (const auto& entry : tables_) {
        if (entry.sheet == info.name)
          ranges += (ranges.empty() ? "" : ", ") + range_reference(entry.table.layout().range);
      }
      context_.note(fmt::format("Sheet “{}” holds {} tables: {}.", info.name, number, ranges));
    }
    if (!remarks.empty()) {
      std::string list;
      for (const auto& remark : remarks) list += (list.empty() ? "" : ", ") + remark;
      context_.note(fmt::format("Sheet “{}”, outside the tables: {}", info.name,
                                text::truncate_utf8(list, 2000)));
    }
    return {};
  }

  Result<> tell(const std::string& name, SheetState state) {
    context_.reply.report.sheets.push_back({name, state, {}});
    return {};
  }

  static std::string key_of(const std::string& sheet, int number) {
    return number == 1 ? sheet : fmt::format("{}#{}", sheet, number);
  }

  // The tables that the user has drawn on the sheet.
  Result<std::vector<Layout>> chosen_layouts(const SheetSpool& sheet,
                                             const catalog::SheetChoice& choice) {
    std::vector<Layout> out;
    for (const auto& text : *choice.ranges) {
      Range range;
      if (!parse_range(text, range)) {
        return fail(ErrorCode::unreadable_file,
                    fmt::format("“{}” is no range of sheet “{}”.", text::truncate_utf8(text, 60),
                                sheet.info().name),
                    "Write it like B3:F20.");
      }
      TRY(auto layout, find_layout(sheet, reader_, range, std::nullopt));
      out.push_back(std::move(layout));
    }
    return out;
  }

  // Where the user has said which row names the columns.
  Result<> apply_header_choices(const SheetSpool& sheet, std::vector<Layout>& layouts) {
    int number = 0;
    for (auto& layout : layouts) {
      const auto* choice = context_.plan.table(key_of(sheet.info().name, ++number));
      if (!choice || (!choice->header_row && !choice->header_rows)) continue;
      auto range = layout.range;
      const auto first = layout.range.top + layout.title_rows;
      range.top = choice->header_row && *choice->header_row > 0
                      ? static_cast<std::uint32_t>(*choice->header_row)
                      : first;
      if (range.top > range.bottom) {
        return fail(ErrorCode::unreadable_file,
                    fmt::format("Row {} was chosen as the header, but the table on sheet “{}” ends "
                                "in row {}.",
                                range.top, sheet.info().name, range.bottom),
                    "Choose an earlier row as the header row.");
      }
      const auto rows = choice->header_row == 0 ? 0 : choice->header_rows.value_or(1);
      TRY(layout, find_layout(sheet, reader_, range, static_cast<std::uint32_t>(rows)));
    }
    return {};
  }

  void note_sheets() {
    const auto note = [&](const std::vector<std::string>& names, std::string_view one,
                          std::string_view many) {
      if (!names.empty())
        context_.note(fmt::format("{} {} {}.", names.size() == 1 ? "Sheet" : "Sheets",
                                  quoted_list(names), names.size() == 1 ? one : many));
    };
    note(hidden_, "is hidden and was not loaded", "are hidden and were not loaded");
    note(empty_, "is empty", "are empty");
    note(charts_, "is a chart without cells", "are charts without cells");
    note(macros_, "is a macro or dialog sheet and was not loaded",
         "are macro or dialog sheets and were not loaded");
  }

  LoadContext& context_;
  const Reader& reader_;
  std::deque<Entry> tables_;
  std::vector<std::string> hidden_, empty_, charts_, macros_;
};

}  // namespace

std::string_view workbook_content(const InputFile& file) {
  const auto format = recognise(file);
  return format ? format_name(*format) : std::string_view{};
}

Result<> load_workbook(LoadContext& context) {
  TRY(const auto format, recognise(context.file));
  TRY(const auto reader,
      open_workbook(context.file, format, context.options.temp_directory, context.stop));
  Collector collector(context, *reader);
  TRY_VOID(reader->read(collector));
  WorkbookLoader loader(context, *reader);
  TRY_VOID(loader.run(collector.sheets));
  if (context.extension != ".xlsm" || format != WorkbookFormat::xlsx)
    context.reply.report.format = format_name(format);
  return {};
}

}  // namespace sextant::formats
