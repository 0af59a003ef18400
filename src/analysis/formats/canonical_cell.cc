// append_canonical and misfit_reason of column_evidence.h, and the plain cells that they build on.
#include "analysis/formats/column_evidence.h"
#include "analysis/formats/plain_cell.h"

namespace sextant::formats {
namespace {
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_missing(std::string_view cell, const ColumnPlan& plan) {
  return !plan.missing && is_missing_word(cell);
}
}  // namespace

std::optional<PlainNumber> parse_plain(std::string_view s) {
  if (s.empty()) return std::nullopt;
  PlainNumber out;
  std::size_t i = 0;
  if (s[0] == '-' || s[0] == '+') out.sign = true, out.plus = s[0] == '+', i = 1;
  const auto start = i;
  while (i < s.size() && is_digit(s[i])) ++i;
  out.integer_digits = static_cast<int>(i - start);
  out.padded = out.integer_digits > 1 && s[start] == '0';
  if (i < s.size() && s[i] == '.') {
    out.point = true;
    const auto fraction = ++i;
    while (i < s.size() && is_digit(s[i])) ++i;
    out.scale = static_cast<int>(i - fraction);
  }
  if (out.integer_digits + out.scale == 0) return std::nullopt;
  if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
    out.exponent = true;
    ++i;
    if (i < s.size() && (s[i] == '-' || s[i] == '+')) ++i;
    const auto digits = i;
    while (i < s.size() && is_digit(s[i])) ++i;
    if (i == digits || i - digits > 3) return std::nullopt;
    int exponent = 0;
    for (auto d = digits; d < i; ++d) exponent = exponent * 10 + (s[d] - '0');
    // Beyond what a double can hold it stays text.
    if (exponent + out.integer_digits > 300) return std::nullopt;
  }
  if (i != s.size()) return std::nullopt;
  return out;
}

bool is_dialled(const PlainNumber& n) { return n.plus && !n.point && n.integer_digits >= 8; }

std::optional<bool> parse_boolean(std::string_view s) {
  if (s == "true" || s == "True" || s == "TRUE") return true;
  if (s == "false" || s == "False" || s == "FALSE") return false;
  return std::nullopt;
}

bool append_canonical(std::string& out, std::string_view cell, const ColumnPlan& plan) {
  if (plan.missing && plan.missing->contains(cell)) return true;
  if (plan.chosen && plan.kind != Kind::text) return append_chosen(out, cell, plan);
  if (plan.kind == Kind::text) {
    out += cell;
    return true;
  }
  if (cell.empty()) return true;
  switch (plan.kind) {
    case Kind::boolean:
      if (parse_boolean(cell)) {
        out += cell;
        return true;
      }
      break;
    case Kind::integer:
    case Kind::decimal: {
      const auto plain = parse_plain(cell);
      if (plain) {
        if (is_dialled(*plain) || (plain->padded && !plain->point && !plain->exponent))
          return false;
        if (plan.percent) return false;
        if (plain->exponent) {
          if (plan.mark == DecimalMark::comma && plain->point) return false;
          out += cell;
          return true;
        }
        if (plan.mark == DecimalMark::dot && !plain->plus && plain->integer_digits > 0 &&
            !(plain->point && plain->scale == 0)) {
          out += cell;
          return true;
        }
      }
      if (!plain && is_missing(cell, plan)) return true;
      if (!plain && parse_cell_time(cell)) return false;
      const auto number = parse_styled_number(cell);
      if (!number) return false;
      const bool dot = plan.mark == DecimalMark::dot;
      if (!(dot ? number->as_dot : number->as_comma).valid || number->percent != plan.percent ||
          (!number->currency.empty() && currency_code(number->currency) != plan.currency)) {
        return false;
      }
      append_plain_number(out, cell, plan.mark);
      return true;
    }
    default: {
      const auto time = parse_cell_time(cell);
      if (!time) break;
      if (plan.kind == Kind::time) {
        if (time->order != DateOrder::none) return false;
        append_iso_time(out, *time);
        return true;
      }
      if (time->order == DateOrder::none || !fits_order(*time, plan.day_first)) return false;
      if (plan.kind == Kind::timestamp_zone) {
        if (time->zone == Zone::none) return false;
        append_iso_timestamp(out, *time, plan.day_first);
        return true;
      }
      if (time->zone == Zone::offset) return false;
      if (plan.kind == Kind::date) {
        if (time->has_time) return false;
        append_iso_date(out, *time, plan.day_first);
      } else {
        append_iso_timestamp(out, *time, plan.day_first);
      }
      return true;
    }
  }
  return is_missing(cell, plan);
}

std::string misfit_reason(const ColumnPlan& plan) {
  if (plan.chosen) return "does not fit the chosen type " + plan.type;
  switch (plan.kind) {
    case Kind::boolean:
      return "not true or false";
    case Kind::integer:
      return "not a whole number like the rest of the column";
    case Kind::decimal:
      return "not a number like the rest of the column";
    case Kind::date:
      return "not a date like the rest of the column";
    case Kind::timestamp:
      return "not a date and time like the rest of the column";
    case Kind::timestamp_zone:
      return "not a time with a zone like the rest of the column";
    case Kind::time:
      return "not a time of day like the rest of the column";
    case Kind::text:
      return "";
  }
  return "";
}

}  // namespace sextant::formats
