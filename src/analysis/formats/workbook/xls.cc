#include "analysis/formats/workbook/xls.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <cmath>
#include <map>
#include <optional>

#include "analysis/formats/workbook/biff_records.h"
#include "analysis/formats/workbook/bytes.h"
#include "analysis/formats/workbook/limits.h"
#include "analysis/formats/workbook/string_store.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

enum Record : int {
  kFormula = 0x06,
  kEof = 0x0A,
  kDate1904 = 0x22,
  kFilePass = 0x2F,
  kCodePage = 0x42,
  kBoundSheet = 0x85,
  kMulRk = 0xBD,
  kRString = 0xD6,
  kXf = 0xE0,
  kMergedCells = 0xE5,
  kSst = 0xFC,
  kLabelSst = 0xFD,
  kNumber = 0x203,
  kLabel = 0x204,
  kBoolErr = 0x205,
  kString = 0x207,
  kRk = 0x27E,
  kFormula4 = 0x406,
  kFormat = 0x41E,
  kFormula3 = 0x206,
  kBof = 0x809,
};

std::string_view error_name(int code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0F:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1D:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    case 0x2A:
      return "#N/A";
    case 0x2B:
      return "#GETTING_DATA";
    default:
      return "#ERROR!";
  }
}

double rk_value(std::uint32_t rk) {
  double value = (rk & 2) ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                          : std::bit_cast<double>(static_cast<std::uint64_t>(rk & ~3u) << 32);
  return (rk & 1) ? value / 100 : value;
}

struct ConverterClose {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

class XlsReader final : public Reader {
 public:
  XlsReader(const InputFile& file, OleStream stream, const std::string& temp_directory,
            std::stop_token stop)
      : records_(file, std::move(stream)), strings_(temp_directory), stop_(std::move(stop)) {}

  Result<> open() {
    TRY(bool more, records_.next());
    if (!more || records_.id() != kBof) return damaged("it does not start as a workbook");
    const auto version = u16(records_.data(), 0);
    if (version != 0x600 && version != 0x500)
      return damaged(fmt::format("its version is {:#x}", version));
    biff8_ = version == 0x600;
    while (true) {
      TRY(more, records_.next());
      if (!more)
        return damaged(
            fmt::format("it ends at byte {} in the middle of its first part", records_.offset()));
      if (records_.id() == kEof) break;
      TRY_VOID(global());
    }
    TRY_VOID(strings_.finish());
    formats_.clear();
    for (const int id : format_ids_) {
      const auto found = custom_.find(id);
      formats_.push_back(found != custom_.end() ? found->second : builtin_format(id));
    }
    if (formats_.empty()) formats_.emplace_back();
    return {};
  }

  Result<> read(Sink& sink) override {
    for (const auto& sheet : sheets_) {
      name_ = sheet.info.name;
      TRY_VOID(sink.begin_sheet(sheet.info));
      if (sheet.info.kind == SheetKind::cells) TRY_VOID(read_sheet(sheet, sink));
      TRY_VOID(sink.end_sheet());
    }
    return {};
  }

  std::string_view shared_string(std::int64_t index) const override { return strings_.at(index); }

 private:
  struct Sheet {
    SheetInfo info;
    std::int64_t offset = 0;
  };

  static std::unexpected<Error> damaged(const std::string& what) {
    return fail(ErrorCode::unreadable_file, "The workbook is damaged: " + what + ".",
                "Upload it again, or open it and save it under a new name.");
  }
  std::unexpected<Error> damaged_sheet(const std::string& what) const {
    return fail(ErrorCode::unreadable_file, fmt::format("Sheet “{}” is damaged: {}.", name_, what),
                "Upload the workbook again, or open it and save it under a new name.",
                {{"sheet", name_}, {"byte", records_.offset()}});
  }

  std::string from_code_page(std::string_view bytes) {
    if (!converter_) {
      UErrorCode status = U_ZERO_ERROR;
      const auto name = code_page_ == 10000 || code_page_ == 32768 ? std::string("macintosh")
                        : code_page_ == 32769 || code_page_ == 1200 || code_page_ == 0
                            ? std::string("windows-1252")
                            : fmt::format("cp{}", code_page_);
      converter_.reset(ucnv_open(name.c_str(), &status));
      if (U_FAILURE(status)) {
        status = U_ZERO_ERROR;
        converter_.reset(ucnv_open("windows-1252", &status));
      }
    }
    UErrorCode status = U_ZERO_ERROR;
    std::u16string wide(bytes.size() + 1, u'\0');
    const auto length = ucnv_toUChars(converter_.get(), wide.data(), static_cast<int>(wide.size()),
                                      bytes.data(), static_cast<int>(bytes.size()), &status);
    std::string out;
    if (U_FAILURE(status) && status != U_STRING_NOT_TERMINATED_WARNING) return std::string(bytes);
    for (int i = 0; i < length; ++i) {
      const std::uint32_t unit = wide[static_cast<std::size_t>(i)];
      if (unit >= 0xD800 && unit < 0xDC00 && i + 1 < length) {
        const std::uint32_t low = wide[static_cast<std::size_t>(++i)];
        append_utf8(out, 0x10000 + ((unit - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF));
      } else {
        append_utf8(out, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
      }
    }
    return out;
  }

  // A string with a one-byte count: sheet names, formats of BIFF5.
  Result<std::string> short_string(std::size_t at) {
    const auto data = records_.data();
    const std::size_t count = u8(data, at);
    if (!biff8_) return from_code_page(data.substr(std::min(at + 1, data.size()), count));
    std::string out;
    records_.skip_to(at + 2);
    TRY_VOID(records_.unicode(out, count, (u8(data, at + 1) & 1) != 0));
    return out;
  }

  Result<> global() {
    const auto data = records_.data();
    switch (records_.id()) {
      case kFilePass:
        return fail(
            ErrorCode::unreadable_file, "The workbook is protected with a password.",
            "Open it in Excel, remove the password (File › Info › Protect) and upload it again.",
            {{"encrypted", true}});
      case kCodePage:
        code_page_ = u16(data, 0);
        break;
      case kDate1904:
        epoch_1904_ = u16(data, 0) == 1;
        break;
      case kXf:
        if (format_ids_.size() < kMostFormats) format_ids_.push_back(u16(data, 2));
        break;
      case kFormat: {
        const int id = u16(data, 0);
        std::string code;
        if (biff8_) {
          records_.skip_to(2);
          TRY_VOID(records_.long_string(code));
        } else {
          TRY(code, short_string(2));
        }
        if (custom_.size() < kMostFormats) custom_[id] = classify_format(code);
        break;
      }
      case kBoundSheet: {
        if (sheets_.size() >= kMostSheets) return damaged("it has too many sheets");
        Sheet sheet;
        sheet.offset = u32(data, 0);
        const int state = u8(data, 4) & 3;
        sheet.info.visibility = state == 2   ? Visibility::very_hidden
                                : state == 1 ? Visibility::hidden
                                             : Visibility::visible;
        const int type = u8(data, 5);
        sheet.info.kind = type == 0   ? SheetKind::cells
                          : type == 2 ? SheetKind::chart
                                      : SheetKind::macro;
        TRY(sheet.info.name, short_string(6));
        sheets_.push_back(std::move(sheet));
        break;
      }
      case kSst: {
        const auto count = u32(data, 4);
        records_.skip_to(8);
        std::string value;
        for (std::uint32_t i = 0; i < count; ++i) {
          if (i % 4096 == 0 && stop_.stop_requested())
            return fail(ErrorCode::cancelled, "The load was cancelled.");
          TRY(const bool good, records_.long_string(value));
          if (!good) break;
          TRY_VOID(strings_.add(value));
        }
        break;
      }
      default:
        break;
    }
    return {};
  }

  Result<> emit(Sink& sink, std::size_t row, std::size_t column, std::uint16_t format, Cell cell) {
    cell.row = static_cast<std::uint32_t>(row + 1);
    cell.column = static_cast<std::uint32_t>(column + 1);
    cell.format = format;
    if (cell.column > kMostColumns)
      return damaged_sheet(fmt::format("there is no column {}", cell.column));
    if (cell.kind == CellKind::number && !std::isfinite(cell.number)) {
      cell.kind = CellKind::error;
      cell.text = "#NUM!";
    }
    if ((++cells_ & 0xFFFF) == 0) {
      if (stop_.stop_requested()) return fail(ErrorCode::cancelled, "The load was cancelled.");
      progress_ = static_cast<double>(records_.offset()) / static_cast<double>(records_.size() + 1);
    }
    if (cells_ > kMostCells) return fail(ErrorCode::too_large, "The workbook has too many cells.");
    return sink.cell(cell);
  }

  Result<> read_sheet(const Sheet& sheet, Sink& sink) {
    records_.seek(sheet.offset);
    TRY(bool more, records_.next());
    if (!more || records_.id() != kBof)
      return damaged_sheet(fmt::format("it should start at byte {} and does not", sheet.offset));
    const int type = u16(records_.data(), 2);
    if (type != 0x10 && type != 0x40 && type != 0x05) return {};  // a chart or a module after all
    int depth = 1;
    pending_.reset();
    while (depth > 0) {
      TRY(more, records_.next());
      if (!more) return damaged_sheet(fmt::format("it is cut off at byte {}", records_.offset()));
      if (records_.id() == kBof)
        ++depth;
      else if (records_.id() == kEof)
        --depth;
      else if (depth == 1)
        TRY_VOID(cell_record(sink));
    }
    return end_pending(sink);
  }

  Result<> end_pending(Sink& sink) {
    if (!pending_) return {};
    const auto at = *pending_;
    pending_.reset();
    Cell cell;
    cell.kind = CellKind::formula;
    cell.text = "=";
    return emit(sink, at.row, at.column, at.format, cell);
  }

  Result<> cell_record(Sink& sink) {
    const auto data = records_.data();
    const auto row = u16(data, 0);
    const auto column = u16(data, 2);
    const auto format = u16(data, 4);
    Cell cell;
    switch (records_.id()) {
      case kNumber:
        cell.number = f64(data, 6);
        return emit(sink, row, column, format, cell);
      case kRk:
        cell.number = rk_value(u32(data, 6));
        return emit(sink, row, column, format, cell);
      case kMulRk:
        for (std::size_t at = 4, c = column; at + 8 <= data.size(); at += 6, ++c) {
          // emit() does not read records, so `data` stays.
          cell.number = rk_value(u32(data, at + 2));
          TRY_VOID(emit(sink, row, c, u16(data, at), cell));
        }
        return {};
      case kLabelSst:
        cell.kind = CellKind::text;
        cell.shared = u32(data, 6);
        if (cell.shared >= strings_.size()) {
          return damaged_sheet(fmt::format("cell {} needs shared string {} of {}",
                                           cell_reference(row + 1u, column + 1u), cell.shared,
                                           strings_.size()));
        }
        return emit(sink, row, column, format, cell);
      case kLabel:
      case kRString: {
        std::string value;
        if (biff8_) {
          records_.skip_to(6);
          std::string head;
          TRY(const bool good, records_.bytes(head, 3));
          if (good) TRY_VOID(records_.unicode(value, u16(head, 0), (u8(head, 2) & 1) != 0));
        } else {
          value = from_code_page(data.substr(std::min<std::size_t>(8, data.size()), u16(data, 6)));
        }
        cell.kind = CellKind::text;
        cell.text = value;
        return emit(sink, row, column, format, cell);
      }
      case kBoolErr:
        if (u8(data, 7) != 0) {
          cell.kind = CellKind::error;
          cell.text = error_name(u8(data, 6));
        } else {
          cell.kind = CellKind::boolean;
          cell.number = u8(data, 6) != 0 ? 1 : 0;
        }
        return emit(sink, row, column, format, cell);
      case kFormula:
      case kFormula3:
      case kFormula4:
        return formula(sink);
      case kString: {
        if (!pending_) return {};
        const auto at = *pending_;
        pending_.reset();
        std::string value;
        if (biff8_)
          TRY_VOID(records_.long_string(value));
        else
          value = from_code_page(data.substr(std::min<std::size_t>(2, data.size()), u16(data, 0)));
        cell.kind = CellKind::text;
        cell.text = value;
        return emit(sink, at.row, at.column, at.format, cell);
      }
      case kMergedCells:
        for (std::size_t i = 0, at = 2; i < u16(data, 0) && at + 8 <= data.size(); ++i, at += 8) {
          sink.merge({u16(data, at) + 1u, u16(data, at + 4) + 1u, u16(data, at + 2) + 1u,
                      u16(data, at + 6) + 1u});
        }
        return {};
      default:
        return {};
    }
  }

  Result<> formula(Sink& sink) {
    TRY_VOID(end_pending(sink));
    const auto data = records_.data();
    const auto row = u16(data, 0);
    const auto column = u16(data, 2);
    const auto format = u16(data, 4);
    Cell cell;
    if (u16(data, 12) != 0xFFFF) {
      cell.number = f64(data, 6);
      return emit(sink, row, column, format, cell);
    }
    switch (u8(data, 6)) {
      case 0:
        pending_ = {row, column, format};
        return {};
      case 1:
        cell.kind = CellKind::boolean;
        cell.number = u8(data, 8) != 0 ? 1 : 0;
        break;
      case 2:
        cell.kind = CellKind::error;
        cell.text = error_name(u8(data, 8));
        break;
      default:
        cell.kind = CellKind::text;
    }
    return emit(sink, row, column, format, cell);
  }

  struct Pending {
    std::uint16_t row, column, format;
  };

  BiffRecords records_;
  StringStore strings_;
  std::stop_token stop_;
  bool biff8_ = true;
  int code_page_ = 1252;
  std::unique_ptr<UConverter, ConverterClose> converter_;
  std::vector<int> format_ids_;
  std::map<int, NumberFormat> custom_;
  std::vector<Sheet> sheets_;
  std::string name_;
  std::optional<Pending> pending_;
  std::int64_t cells_ = 0;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_xls(const InputFile& file, const std::string& temp_directory,
                                         std::stop_token stop) {
  OleStream stream;
  TRY(const auto head, file.read_text(0, 8));
  if (head.starts_with("\xd0\xcf\x11\xe0")) {
    TRY(const auto ole, OleFile::open(file));
    TRY(stream, ole.stream(ole.has("workbook") ? "workbook" : "book"));
  } else {
    stream.pieces = {0};
    stream.piece_size = stream.size = file.size();
  }
  auto reader =
      std::make_unique<XlsReader>(file, std::move(stream), temp_directory, std::move(stop));
  TRY_VOID(reader->open());
  return reader;
}

}  // namespace sextant::formats::workbook
