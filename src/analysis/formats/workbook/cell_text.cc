#include "analysis/formats/workbook/cell_text.h"

#include <charconv>
#include <cmath>

#include "analysis/formats/column_evidence.h"
#include "analysis/formats/workbook/iso_time.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

// The same digits with the point two places to the right.
std::string hundredfold(std::string_view digits) {
  if (digits.find_first_of("eE") != digits.npos) {
    double value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    std::string out;
    append_number(out, value * 100);
    return out;
  }
  std::string out;
  if (digits.starts_with('-')) {
    out.push_back('-');
    digits.remove_prefix(1);
  }
  const auto point = digits.find('.');
  std::string whole(digits.substr(0, point));
  std::string fraction(point == digits.npos ? std::string_view{} : digits.substr(point + 1));
  while (fraction.size() < 2) fraction.push_back('0');
  whole += fraction.substr(0, 2);
  fraction.erase(0, 2);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  out += whole;
  if (!fraction.empty()) out += "." + fraction;
  return out;
}

}  // namespace

void append_number(std::string& out, double value) {
  char buffer[400];
  const double size = std::fabs(value);
  std::to_chars_result done{};
  if (value == 0) {
    done = std::to_chars(buffer, buffer + sizeof buffer, 0);
  } else if (size < 1e15 && value == std::floor(value)) {
    done = std::to_chars(buffer, buffer + sizeof buffer, static_cast<std::int64_t>(value));
  } else if (size < 1e21 && size >= 1e-7) {
    done = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  } else {
    done = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  }
  out.append(buffer, done.ptr);
}

void append_number(std::string& out, const Cell& cell) {
  if (!cell.text.empty())
    out += cell.text;
  else
    append_number(out, cell.number);
}

Raw raw_of(const Cell& cell, const Reader& reader, ColumnMode mode, std::string& scratch) {
  scratch.clear();
  switch (cell.kind) {
    case CellKind::text:
      if (cell.text.empty()) return {};
      return {is_missing_word(cell.text) ? RawKind::value : RawKind::text, cell.text, {}};
    case CellKind::boolean:
      return {RawKind::value, cell.number != 0 ? "true" : "false", {}};
    case CellKind::error:
      return {RawKind::rejected, cell.text, "an error value"};
    case CellKind::formula:
      return {RawKind::rejected, cell.text, "a formula without a stored result"};
    case CellKind::number:
      break;
  }
  const auto& format = reader.format(cell.format);
  if (mode == ColumnMode::duration && format.is_temporal()) {
    append_number(scratch, std::round(cell.number * 24 * 3.6e9) / 3.6e9);
    return {RawKind::value, scratch, {}};
  }
  switch (format.kind) {
    case FormatClass::date:
    case FormatClass::time: {
      auto iso = iso_of_serial(cell.number, reader.epoch_1904(), format.kind == FormatClass::time);
      if (!iso) {
        append_number(scratch, cell);
        return {RawKind::rejected, scratch, "shown as a date, but no day has this number"};
      }
      scratch = std::move(*iso);
      return {RawKind::value, scratch, {}};
    }
    case FormatClass::code: {
      auto shown = shown_code(format, cell.number);
      if (shown.empty()) break;
      scratch = std::move(shown);
      return {RawKind::text, scratch, {}};
    }
    case FormatClass::percent:
      if (mode != ColumnMode::percent) break;
      append_number(scratch, cell);
      scratch = hundredfold(scratch);
      return {RawKind::value, scratch, {}};
    default:
      break;
  }
  append_number(scratch, cell);
  return {RawKind::value, scratch, {}};
}

}  // namespace sextant::formats::workbook
