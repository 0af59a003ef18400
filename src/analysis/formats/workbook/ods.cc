#include "analysis/formats/workbook/ods.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "analysis/formats/cell_number.h"
#include "analysis/formats/workbook/iso_time.h"
#include "analysis/formats/workbook/limits.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

constexpr std::uint16_t kPercent = 1;
constexpr std::uint16_t kDate = 2;
constexpr std::uint16_t kTime = 3;
constexpr std::uint16_t kDuration = 4;

std::uint32_t count_of(const char* text) {
  if (!text) return 1;
  const std::string_view s = text;
  std::uint32_t value = 1;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error == std::errc::result_out_of_range) return UINT32_MAX;
  return error == std::errc{} ? value : 1;
}

bool is_error_text(std::string_view s) {
  static constexpr std::string_view kErrors[] = {"#N/A",   "#DIV/0!", "#REF!", "#VALUE!",
                                                 "#NAME?", "#NUM!",   "#NULL!"};
  for (const auto error : kErrors) {
    if (s == error) return true;
  }
  return s.starts_with("Err:") && s.size() <= 7;
}

// A cell as the XML has it, before repeats.
struct Stored {
  Cell cell;
  std::string text;
  std::uint32_t repeat = 1;
  bool filled = false;
};

class ContentXml final : public XmlHandler {
 public:
  ContentXml(Sink& sink, std::vector<NumberFormat>& formats) : sink_(sink), formats_(formats) {}

  void start(std::string_view name, const Attributes& attributes) override {
    if (skipped_ > 0 || name == "annotation" || name == "tracked-changes" || name == "shapes" ||
        (in_cell_ && (name == "table" || name == "frame" || name == "custom-shape"))) {
      ++skipped_;
      return;
    }
    if (in_cell_) return start_in_cell(name, attributes);
    if (name == "table-cell" || name == "covered-table-cell") {
      if (in_table_) start_cell(attributes, name[0] == 'c');
    } else if (name == "table-row") {
      if (in_table_) {
        row_repeat_ = count_of(attributes.find("number-rows-repeated"));
        cells_.clear();
        column_ = 1;
      }
    } else if (name == "table") {
      start_table(attributes);
    } else if (name == "style") {
      style_ = attributes.get("family") == "table" ? attributes.get("name") : "";
    } else if (name == "table-properties" && !style_.empty()) {
      if (attributes.get("display") == "false") hidden_.insert(style_);
    }
  }

  void end(std::string_view name) override {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (in_cell_) {
      if (name == "p" || name == "h") in_paragraph_ = false;
      if (name == "table-cell" || name == "covered-table-cell") end_cell();
      return;
    }
    if (!in_table_) return;
    if (name == "table-row") {
      end_row();
    } else if (name == "table") {
      in_table_ = false;
      take(sink_.end_sheet());
    }
  }

  void text(std::string_view text) override {
    if (!in_paragraph_ || skipped_ > 0) return;
    // White space in XML is one space; runs of spaces are <text:s/>.
    for (const char c : text) {
      const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!space) {
        value_.push_back(c);
      } else if (!value_.empty() && !last_space_) {
        value_.push_back(' ');
      }
      last_space_ = space;
    }
    if (value_.size() > kLongestText) bound("the text is longer than 64 MB");
  }

 private:
  void bound(const std::string& what) {
    fail_with({ErrorCode::too_large,
               fmt::format("Sheet “{}”, cell {}: {}.", sheet_, cell_reference(row_, column_), what),
               "Split the workbook, or save the sheet as CSV.",
               {{"sheet", sheet_}}});
  }

  void start_table(const Attributes& attributes) {
    if (++tables_ > kMostSheets) return bound("there are too many sheets");
    in_table_ = true;
    row_ = column_ = 1;
    SheetInfo info;
    sheet_ = info.name = attributes.get("name");
    if (hidden_.contains(attributes.get("style-name"))) info.visibility = Visibility::hidden;
    take(sink_.begin_sheet(info));
  }

  std::uint16_t currency_format(std::string_view code) {
    for (std::size_t i = kDuration + 1; i < formats_.size(); ++i) {
      if (formats_[i].currency == code) return static_cast<std::uint16_t>(i);
    }
    if (formats_.size() > 1000) return 0;
    formats_.push_back({FormatClass::currency, std::string(code), {}});
    return static_cast<std::uint16_t>(formats_.size() - 1);
  }

  void start_cell(const Attributes& attributes, bool covered) {
    in_cell_ = true;
    value_.clear();
    last_space_ = false;
    paragraphs_ = 0;
    stored_ = {};
    has_string_ = has_type_ = has_error_ = has_formula_ = false;
    std::string_view type;
    std::string_view number;
    std::string_view currency;
    std::uint32_t columns = 1;
    std::uint32_t rows = 1;
    for (const char** pair = attributes.pairs(); *pair; pair += 2) {
      const std::string_view name = pair[0];
      const std::string_view value = pair[1];
      const auto local = name.substr(name.find(':') + 1);
      if (local == "value-type") {
        if (name.starts_with("calcext:"))
          has_error_ = value == "error";
        else
          type = value;
      } else if (local == "value" || local == "date-value" || local == "time-value" ||
                 local == "boolean-value") {
        number = value;
      } else if (local == "string-value") {
        stored_.text = value;
        has_string_ = true;
      } else if (local == "currency") {
        currency = value;
      } else if (local == "formula") {
        has_formula_ = true;
        formula_ = value.substr(0, 1000);
      } else if (local == "number-columns-repeated") {
        stored_.repeat = count_of(pair[1]);
      } else if (local == "number-columns-spanned") {
        columns = count_of(pair[1]);
      } else if (local == "number-rows-spanned") {
        rows = count_of(pair[1]);
      }
    }
    if ((columns > 1 || rows > 1) && !covered) {
      sink_.merge({row_, column_, std::min(kMostRows, row_ + std::min(rows, kMostRows) - 1),
                   std::min(kMostColumns, column_ + std::min(columns, kMostColumns) - 1)});
    }
    set_value(type, number, currency);
  }

  void set_value(std::string_view type, std::string_view number, std::string_view currency) {
    has_type_ = !type.empty();
    if (!has_type_) return;
    auto& cell = stored_.cell;
    stored_.filled = true;
    if (type == "float" || type == "percentage" || type == "currency") {
      const auto [end, error] =
          std::from_chars(number.data(), number.data() + number.size(), cell.number);
      if (error != std::errc{} || end != number.data() + number.size() ||
          !std::isfinite(cell.number)) {
        keep_as_text(number);
        return;
      }
      if (number.size() > 15 && number.find_first_not_of("-0123456789") == number.npos)
        stored_.text = number;
      if (type == "percentage") cell.format = kPercent;
      if (type == "currency" && !currency.empty()) {
        const auto code = currency_code(currency);
        cell.format = currency_format(code.empty() ? currency : code);
      }
    } else if (type == "date") {
      const auto serial = serial_of_iso(number, false);
      if (!serial) return keep_as_text(number);
      cell.number = *serial;
      cell.format = kDate;
      if (*serial < 61) keep_as_text(number);
    } else if (type == "time") {
      const auto serial = serial_of_duration(number);
      if (!serial) return keep_as_text(number);
      cell.number = *serial;
      cell.format = *serial >= 0 && *serial < 1 ? kTime : kDuration;
    } else if (type == "boolean") {
      cell.kind = CellKind::boolean;
      cell.number = number == "true" ? 1 : 0;
    } else {
      cell.kind = CellKind::text;
      if (!has_string_) has_type_ = false;  // the paragraphs are the value
    }
  }

  void keep_as_text(std::string_view text) {
    stored_.cell.kind = CellKind::text;
    stored_.cell.format = 0;
    stored_.text = text;
  }

  void start_in_cell(std::string_view name, const Attributes& attributes) {
    if (name == "p" || name == "h") {
      if (paragraphs_++ > 0) value_.push_back('\n');
      in_paragraph_ = true;
      last_space_ = false;
    } else if (name == "s" && in_paragraph_) {
      value_.append(std::min<std::uint32_t>(count_of(attributes.find("c")), 100'000), ' ');
      last_space_ = false;
    } else if (name == "tab" && in_paragraph_) {
      value_.push_back('\t');
    } else if (name == "line-break" && in_paragraph_) {
      value_.push_back('\n');
    }
  }

  void end_cell() {
    in_cell_ = in_paragraph_ = false;
    auto& cell = stored_.cell;
    if (has_error_ || (has_formula_ && is_error_text(value_))) {
      cell.kind = CellKind::error;
      stored_.text = value_;
      stored_.filled = true;
    } else if (!has_type_ && (stored_.filled || paragraphs_ > 0)) {
      cell.kind = CellKind::text;
      stored_.text = value_;
      stored_.filled = true;
    } else if (!stored_.filled && has_formula_) {
      cell.kind = CellKind::formula;
      stored_.text = formula_;
      stored_.filled = true;
    }
    cell.column = column_;
    if (stored_.filled) {
      const auto last = static_cast<std::uint64_t>(column_) + stored_.repeat - 1;
      if (last > kMostColumns)
        return bound(fmt::format("there are no more than {} columns", kMostColumns));
      cells_.push_back(std::move(stored_));
    }
    column_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(
        kMostColumns + 1, static_cast<std::uint64_t>(column_) + stored_.repeat));
  }

  void end_row() {
    const auto last = static_cast<std::uint64_t>(row_) + row_repeat_ - 1;
    if (!cells_.empty() && last > kMostRows)
      return bound(fmt::format("there are no more than {} rows", kMostRows));
    if (!cells_.empty()) {
      for (std::uint32_t r = 0; r < row_repeat_; ++r) {
        for (const auto& stored : cells_) {
          for (std::uint32_t c = 0; c < stored.repeat; ++c) {
            if ((r > 0 || c > 0) && ++repeated_ > kMostRepeated)
              return bound(fmt::format("more than {} million cells come from repeat counts",
                                       kMostRepeated / 1'000'000));
            if (++total_ > kMostCells) return bound("the workbook has too many cells");
            Cell cell = stored.cell;
            cell.row = row_ + r;
            cell.column = stored.cell.column + c;
            cell.text = stored.text;
            auto taken = sink_.cell(cell);
            if (!taken) return fail_with(taken.error());
          }
        }
      }
    }
    row_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(kMostRows + 1, last + 1));
  }

  Sink& sink_;
  std::vector<NumberFormat>& formats_;
  std::string style_;
  std::set<std::string, std::less<>> hidden_;
  std::string sheet_;
  std::size_t tables_ = 0;
  int skipped_ = 0;
  bool in_table_ = false, in_cell_ = false, in_paragraph_ = false, last_space_ = false;
  bool has_string_ = false, has_type_ = false, has_error_ = false, has_formula_ = false;
  int paragraphs_ = 0;
  std::uint32_t row_ = 1, column_ = 1, row_repeat_ = 1;
  std::string value_;
  std::string formula_;
  Stored stored_;
  std::vector<Stored> cells_;
  std::int64_t repeated_ = 0;
  std::int64_t total_ = 0;
};

class OdsReader final : public Reader {
 public:
  explicit OdsReader(Package package) : package_(std::move(package)) {
    formats_ = {{},
                {FormatClass::percent, {}, {}},
                {FormatClass::date, {}, {}},
                {FormatClass::time, {}, {}},
                {FormatClass::duration, {}, {}}};
  }
  Result<> read(Sink& sink) override {
    ContentXml xml(sink, formats_);
    const auto total = static_cast<double>(package_.inflated_bytes("content.xml") + 1);
    return package_.parse("content.xml", xml, [&](std::int64_t bytes) {
      progress_ = std::min(1.0, static_cast<double>(bytes) / total);
    });
  }

 private:
  Package package_;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_ods(Package package) {
  if (package.has("META-INF/manifest.xml")) {
    TRY(const auto manifest, package.read_text("META-INF/manifest.xml", 1 << 20));
    if (manifest.find("encryption-data") != manifest.npos) {
      return fail(ErrorCode::unreadable_file, "The workbook is protected with a password.",
                  "Save it without a password and upload it again.", {{"encrypted", true}});
    }
  }
  return std::make_unique<OdsReader>(std::move(package));
}

}  // namespace sextant::formats::workbook
