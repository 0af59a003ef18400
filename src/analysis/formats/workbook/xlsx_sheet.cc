#include "analysis/formats/workbook/xlsx_sheet.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "analysis/formats/workbook/iso_time.h"
#include "analysis/formats/workbook/limits.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (code >> 6)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (code >> 12)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (code >> 18)));
    out.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
}

void append_unescaped(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_') {
      int code = 0;
      for (std::size_t k = i + 2; k < i + 6 && code >= 0; ++k) {
        const int digit = hex(text[k]);
        code = digit < 0 ? -1 : code * 16 + digit;
      }
      if (code > 0 && (code < 0xD800 || code > 0xDFFF)) {
        append_utf8(out, static_cast<std::uint32_t>(code));
        i += 6;
        continue;
      }
    }
    out.push_back(text[i]);
  }
}

void SheetXml::damaged(std::string_view what) {
  fail_with(
      {ErrorCode::unreadable_file,
       fmt::format("Sheet “{}”, cell {}: {}.", context_.sheet, cell_reference(row_, column_), what),
       "Open the workbook and save it under a new name.",
       {{"sheet", context_.sheet}, {"cell", cell_reference(row_, column_)}}});
}

void SheetXml::start_row(const Attributes& attributes) {
  const auto r = attributes.get("r");
  if (r.empty()) {
    ++row_;
  } else {
    std::uint32_t row = 0;
    std::from_chars(r.data(), r.data() + r.size(), row);
    row_ = row;
  }
  column_ = 0;
  if (row_ == 0 || row_ > kMostRows) {
    column_ = 1;
    damaged(fmt::format("there is no row “{}”", text::truncate_utf8(r, 40)));
  }
}

void SheetXml::start_cell(const Attributes& attributes) {
  type_ = Type::number;
  format_ = 0;
  has_value_ = has_formula_ = false;
  value_.clear();
  formula_.clear();
  ++column_;
  for (const char** pair = attributes.pairs(); *pair; pair += 2) {
    const char* name = pair[0];
    const std::string_view value = pair[1];
    if (name[1] != 0) continue;
    if (name[0] == 'r') {
      std::uint32_t column = 0;
      std::size_t i = 0;
      for (; i < value.size() && value[i] != '$' && (value[i] & ~0x20) >= 'A' &&
             (value[i] & ~0x20) <= 'Z';
           ++i)
        column = std::min<std::uint32_t>(
            column * 26 + static_cast<std::uint32_t>((value[i] & ~0x20) - 'A' + 1),
            kMostColumns + 1);
      if (column > 0) {
        column_ = column;
        std::uint32_t row = 0;
        std::from_chars(value.data() + i, value.data() + value.size(), row);
        if (row > 0 && row <= kMostRows) row_ = row;
      }
    } else if (name[0] == 's') {
      std::from_chars(value.data(), value.data() + value.size(), format_);
    } else if (name[0] == 't') {
      if (value == "s")
        type_ = Type::shared;
      else if (value == "str" || value == "inlineStr")
        type_ = Type::text;
      else if (value == "b")
        type_ = Type::boolean;
      else if (value == "e")
        type_ = Type::error;
      else if (value == "d")
        type_ = Type::date;
    }
  }
  if (column_ > kMostColumns)
    damaged(fmt::format("there are no more than {} columns", kMostColumns));
  if (row_ == 0) row_ = 1;
}

void SheetXml::start(std::string_view name, const Attributes& attributes) {
  if (name.size() == 1) {
    if (!in_data_) return;
    if (name[0] == 'c') return start_cell(attributes);
    if (name[0] == 'v') {
      in_value_ = true;
      has_value_ = true;
    } else if (name[0] == 't') {
      in_text_ = phonetic_ == 0;
      has_value_ = true;
    } else if (name[0] == 'f') {
      in_formula_ = true;
      has_formula_ = true;
    }
    return;
  }
  if (name == "row") {
    if (in_data_) start_row(attributes);
  } else if (name == "rPh") {
    ++phonetic_;
  } else if (name == "sheetData") {
    in_data_ = true;
  } else if (name == "mergeCell") {
    Range range;
    if (parse_range(attributes.get("ref"), range)) sink_.merge(range);
  }
}

void SheetXml::text(std::string_view text) {
  if (in_value_ || in_text_) {
    if (value_.size() + text.size() > kLongestText) return damaged("the text is longer than 64 MB");
    value_ += text;
  } else if (in_formula_ && formula_.size() < 1000) {
    formula_ += text;
  }
}

void SheetXml::end(std::string_view name) {
  if (name.size() == 1) {
    if (name[0] == 'v') in_value_ = false;
    if (name[0] == 't') in_text_ = false;
    if (name[0] == 'f') in_formula_ = false;
    if (name[0] == 'c' && in_data_) end_cell();
  } else if (name == "sheetData") {
    in_data_ = false;
  } else if (name == "rPh") {
    phonetic_ = std::max(0, phonetic_ - 1);
  }
}

bool SheetXml::set_number(Cell& cell) {
  const auto trimmed = text::trim(value_);
  const auto [end, error] =
      std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), cell.number);
  if (error != std::errc{} || end != trimmed.data() + trimmed.size() ||
      !std::isfinite(cell.number)) {
    return false;
  }
  // Programs other than Excel write integers that a double does not hold.
  if (trimmed.size() > 15 && trimmed.find_first_not_of("-0123456789") == trimmed.npos)
    cell.text = trimmed;
  return true;
}

void SheetXml::end_cell() {
  if (stopped()) return;
  Cell cell;
  cell.row = row_;
  cell.column = column_;
  cell.format = format_;
  if (!has_value_ || (value_.empty() && type_ != Type::text)) {
    if (!has_formula_) return;
    cell.kind = CellKind::formula;
    formula_.insert(0, "=");
    cell.text = formula_;
  } else {
    std::string unescaped;
    switch (type_) {
      case Type::number:
        if (!set_number(cell)) {
          // Some writers put texts into cells without a type: they stay what they are.
          cell.kind = CellKind::text;
          cell.text = value_;
        }
        break;
      case Type::shared: {
        std::int64_t index = -1;
        const auto trimmed = text::trim(value_);
        std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), index);
        if (index < 0 || index >= context_.shared_strings) {
          return damaged(fmt::format("there is no shared string “{}” (the workbook has {})",
                                     text::truncate_utf8(trimmed, 20), context_.shared_strings));
        }
        cell.kind = CellKind::text;
        cell.shared = index;
        break;
      }
      case Type::text:
        cell.kind = CellKind::text;
        if (value_.find("_x") != value_.npos) {
          append_unescaped(unescaped, value_);
          value_ = std::move(unescaped);
        }
        cell.text = value_;
        break;
      case Type::boolean:
        cell.kind = CellKind::boolean;
        cell.number = value_ == "1" || value_ == "true" ? 1 : 0;
        break;
      case Type::error:
        cell.kind = CellKind::error;
        cell.text = value_;
        break;
      case Type::date:
        if (const auto serial = serial_of_iso(value_, context_.epoch_1904)) {
          cell.number = *serial;
          cell.format = context_.iso_date_format;
        } else {
          cell.kind = CellKind::text;
          cell.text = value_;
        }
    }
  }
  if (++context_.cells > kMostCells) {
    return fail_with(
        {ErrorCode::too_large,
         fmt::format("The workbook has more than {} million cells.", kMostCells / 1'000'000),
         "Split it, or save the sheets as CSV.",
         {}});
  }
  take(sink_.cell(cell));
}

}  // namespace sextant::formats::workbook
