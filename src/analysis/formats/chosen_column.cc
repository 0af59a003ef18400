// Columns whose reading their user chose: decide() with a choice and append_chosen() of
// column_evidence.h.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "analysis/formats/column_evidence.h"
#include "analysis/formats/plain_cell.h"
#include "analysis/formats/workbook/iso_time.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr double kFirstSerial = 10'000;  // 1927-05-18; smaller numbers may be years
constexpr int kMostDigits = 38;
constexpr int kBigintDigits = 18;
constexpr int kDefaultScale = 4;  // of DECIMAL, when no cell tells how many digits there are

struct DecimalType {
  int precision = 0;
  int scale = 0;
};

std::optional<DecimalType> decimal_type(std::string_view type) {
  constexpr std::string_view kStart = "DECIMAL(";
  if (!type.starts_with(kStart)) return std::nullopt;
  DecimalType out;
  const char* end = type.data() + type.size();
  const auto comma = std::from_chars(type.data() + kStart.size(), end, out.precision).ptr;
  const char* scale = std::min(comma + 1, end);
  while (scale < end && *scale == ' ') ++scale;
  std::from_chars(scale, end, out.scale);
  return out;
}

Kind kind_of(std::string_view type) {
  if (type == "BOOLEAN") return Kind::boolean;
  if (type == "BIGINT" || type == "HUGEINT") return Kind::integer;
  if (type == "DOUBLE" || type.starts_with("DECIMAL")) return Kind::decimal;
  if (type == "DATE") return Kind::date;
  if (type == "TIMESTAMP") return Kind::timestamp;
  if (type == "TIMESTAMP WITH TIME ZONE") return Kind::timestamp_zone;
  if (type == "TIME") return Kind::time;
  return Kind::text;
}

std::optional<bool> truth(std::string_view cell) {
  const auto word = text::lower_ascii(text::trim(cell));
  for (const auto* yes : {"true", "yes", "y", "t", "1", "on", "x"}) {
    if (word == yes) return true;
  }
  for (const auto* no : {"false", "no", "n", "f", "0", "off"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

// Appends a plain number (-1234.50) when the plan's type holds all of it.
bool append_fitting(std::string& out, std::string_view number, const ColumnPlan& plan) {
  if (plan.type == "DOUBLE") {
    out += number;
    return true;
  }
  if (number.find_first_of("eE") != number.npos) return false;
  const bool negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  const auto point = number.find('.');
  auto whole = number.substr(0, point);
  auto fraction = point == number.npos ? std::string_view{} : number.substr(point + 1);
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  while (whole.size() > 1 && whole.starts_with('0')) whole.remove_prefix(1);
  const auto whole_digits = whole == "0" || whole.empty() ? 0 : static_cast<int>(whole.size());
  if (plan.kind == Kind::integer) {
    if (!fraction.empty()) return false;
    if (plan.type == "BIGINT" && whole_digits > kBigintDigits) {
      std::int64_t value = 0;
      const auto text = (negative ? "-" : "") + std::string(whole);
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error != std::errc{}) return false;
    }
    if (whole_digits > kMostDigits) return false;
  } else if (const auto type = decimal_type(plan.type)) {
    if (whole_digits > type->precision - type->scale ||
        static_cast<int>(fraction.size()) > type->scale) {
      return false;
    }
  }
  if (negative) out.push_back('-');
  out += whole.empty() ? "0" : whole;
  if (!fraction.empty()) (out += '.') += fraction;
  return true;
}

bool append_number(std::string& out, std::string_view cell, const ColumnPlan& plan) {
  const auto trimmed = text::trim(cell);
  if (const auto plain = parse_plain(trimmed)) {
    const bool dot_fits = plan.mark != DecimalMark::comma || !plain->point;
    if (plan.percent) return false;
    if (dot_fits) {
      auto number = std::string(trimmed);
      if (plain->plus) number.erase(0, 1);
      return append_fitting(out, number, plan);
    }
  }
  const auto styled = parse_styled_number(trimmed);
  if (!styled) return false;
  const auto& extent = plan.mark == DecimalMark::comma ? styled->as_comma : styled->as_dot;
  if (!extent.valid || styled->percent != plan.percent) return false;
  if (!styled->currency.empty() && currency_code(styled->currency) != plan.currency) return false;
  std::string number;
  append_plain_number(number, trimmed, plan.mark);
  return append_fitting(out, number, plan);
}

std::optional<CellTime> parse_by_format(std::string_view cell, const std::string& format) {
  const std::string text(text::trim(cell));
  std::tm parts{};
  parts.tm_mday = 1;
  const char* end = ::strptime(text.c_str(), format.c_str(), &parts);
  if (!end || *end != 0) return std::nullopt;
  CellTime out;
  out.order = DateOrder::year_first;
  out.year = parts.tm_year + 1900;
  out.month = parts.tm_mon + 1;
  out.day = parts.tm_mday;
  out.hour = parts.tm_hour;
  out.minute = parts.tm_min;
  out.second_of_minute = parts.tm_sec;
  const std::chrono::year_month_day date{std::chrono::year(out.year),
                                         std::chrono::month(static_cast<unsigned>(out.month)),
                                         std::chrono::day(static_cast<unsigned>(out.day))};
  if (!date.ok() || out.second_of_minute > 59 || out.year < 1) return std::nullopt;
  out.has_time = format.find_first_of("HIMSTRp") != format.npos;
  if (format.find("%z") != format.npos) {
    out.zone = Zone::offset;
    out.offset_minutes = static_cast<int>(parts.tm_gmtoff / 60);
  }
  return out;
}

// A day as spreadsheets count them (45292 is 2024-01-01), in a column that was said to hold days.
bool append_serial(std::string& out, std::string_view cell, const ColumnPlan& plan) {
  const auto s = text::trim(cell);
  double serial = 0;
  const auto [end, error] =
      std::from_chars(s.data(), s.data() + s.size(), serial, std::chars_format::fixed);
  if (error != std::errc{} || end != s.data() + s.size() || serial < kFirstSerial) return false;
  const auto iso = workbook::iso_of_serial(serial, false, false);
  const bool day = iso && iso->size() == std::string_view("2024-01-01").size();
  if (!iso || (plan.kind == Kind::date && !day)) return false;
  out += *iso;
  return true;
}

bool append_time(std::string& out, std::string_view cell, const ColumnPlan& plan) {
  const bool of_days = plan.kind == Kind::date || plan.kind == Kind::timestamp;
  if (of_days && plan.date_format.empty() && append_serial(out, cell, plan)) return true;
  const auto time = plan.date_format.empty() ? parse_cell_time(text::trim(cell))
                                             : parse_by_format(cell, plan.date_format);
  if (!time) return false;
  if (plan.kind == Kind::time) {
    if (plan.date_format.empty() && time->order != DateOrder::none) return false;
    append_iso_time(out, *time);
    return true;
  }
  if (time->order == DateOrder::none || !fits_order(*time, plan.day_first)) return false;
  if ((plan.kind == Kind::timestamp_zone) != (time->zone == Zone::offset)) return false;
  if (plan.kind == Kind::date) {
    const bool midnight = time->hour == 0 && time->minute == 0 && time->second_of_minute == 0 &&
                          time->microsecond == 0;
    if (time->has_time && !midnight) return false;
    append_iso_date(out, *time, plan.day_first);
  } else {
    append_iso_timestamp(out, *time, plan.day_first);
  }
  return true;
}

}  // namespace

std::shared_ptr<const MissingWords> missing_words_of(const catalog::ColumnChoice* choice) {
  if (!choice || !choice->missing_values) return nullptr;
  return std::make_shared<const MissingWords>(choice->missing_values->begin(),
                                              choice->missing_values->end());
}

bool append_chosen(std::string& out, std::string_view cell, const ColumnPlan& plan) {
  if (cell.empty()) return true;
  bool fits = false;
  switch (plan.kind) {
    case Kind::boolean:
      if (const auto value = truth(cell)) {
        out += *value ? "true" : "false";
        fits = true;
      }
      break;
    case Kind::integer:
    case Kind::decimal:
      fits = append_number(out, cell, plan);
      break;
    default:
      fits = append_time(out, cell, plan);
  }
  return fits || (!plan.missing && is_missing_word(cell));
}

void ColumnEvidence::choose_number(const FileHints& hints, const catalog::ColumnChoice& choice,
                                   ColumnPlan& plan) const {
  plan.mark = proven_comma_ > proven_dot_                              ? DecimalMark::comma
              : proven_dot_ == 0 && hints.mark != DecimalMark::unknown ? hints.mark
                                                                       : DecimalMark::dot;
  if (choice.decimal_mark)
    plan.mark = *choice.decimal_mark == "," ? DecimalMark::comma : DecimalMark::dot;
  const auto numbers = integer_ + decimal_ + exponent_ + styled_;
  plan.percent = percent_ > 0 && percent_ * 2 >= numbers;
  std::int64_t commonest = 0;
  for (const auto& [code, count] : currencies_) {
    if (count > commonest) commonest = count, plan.currency = code;
  }
  if (choice.type && *choice.type != "DECIMAL") {
    plan.type = *choice.type;
    plan.kind = kind_of(plan.type);
    return;
  }
  Extent extent = plan.mark == DecimalMark::dot ? dot_ : comma_;
  if (integer_ > 0) extent.take(dot_.integer_digits, 0);
  const bool whole = extent.scale == 0 && exponent_ == 0;
  if (!choice.type && whole) {
    plan.kind = Kind::integer;
    plan.type = extent.integer_digits <= kBigintDigits ? "BIGINT" : "HUGEINT";
    return;
  }
  plan.kind = Kind::decimal;
  if (!choice.type && exponent_ > 0) {
    plan.type = "DOUBLE";
    return;
  }
  const int scale = numbers == 0 ? kDefaultScale : std::min(extent.scale, kBigintDigits);
  const bool narrow = extent.integer_digits + scale <= kBigintDigits;
  plan.type = fmt::format("DECIMAL({},{})", narrow ? kBigintDigits : kMostDigits, scale);
}

ColumnPlan ColumnEvidence::decide(const FileHints& hints,
                                  const catalog::ColumnChoice* choice) const {
  if (!choice || choice->empty()) return decide(hints);
  FileHints own = hints;
  if (choice->date_order) own.day_first = *choice->date_order == catalog::DateOrder::day_first;
  auto plan = decide(own);
  const auto found = plan.kind;
  const bool is_time = found == Kind::date || found == Kind::timestamp;
  const bool number_chosen =
      choice->decimal_mark && (found == Kind::integer || found == Kind::decimal || !choice->type);
  const auto wanted = choice->type ? kind_of(*choice->type) : found;
  if (choice->type || choice->date_format || choice->date_order || number_chosen) {
    const bool day_first = is_time ? plan.day_first : own.day_first.value_or(true);
    plan = ColumnPlan{};
    plan.chosen = true;
    plan.day_first = own.day_first.value_or(day_first);
    if (wanted == Kind::integer || wanted == Kind::decimal || (number_chosen && !choice->type)) {
      choose_number(hints, *choice, plan);
    } else {
      plan.kind = wanted;
      plan.type = choice->type.value_or(is_time ? "" : "VARCHAR");
      if (!choice->type) {
        const bool with_time =
            stamp_ > 0 || (choice->date_format &&
                           choice->date_format->find_first_of("HIMSTRp") != std::string::npos);
        plan.kind = with_time ? Kind::timestamp : Kind::date;
        plan.type = with_time ? "TIMESTAMP" : "DATE";
      }
    }
    plan.date_format = choice->date_format.value_or("");
  }
  plan.missing = missing_words_of(choice);
  plan.direct = plan.castable = false;
  return plan;
}

}  // namespace sextant::formats
