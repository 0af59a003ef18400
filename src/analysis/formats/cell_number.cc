#include "analysis/formats/cell_number.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sextant::formats {
namespace {

struct Currency {
  std::string_view written;
  std::string_view code;
};

// Signs first, then the codes that occur in ordinary files. `$` alone is read as US dollars.
constexpr auto kCurrencies = std::to_array<Currency>({
    {"$", "USD"},   {"€", "EUR"},   {"£", "GBP"},   {"¥", "JPY"},   {"￥", "JPY"},  {"₹", "INR"},
    {"₩", "KRW"},   {"₽", "RUB"},   {"₺", "TRY"},   {"₴", "UAH"},   {"₪", "ILS"},   {"₫", "VND"},
    {"฿", "THB"},   {"₦", "NGN"},   {"₱", "PHP"},   {"US$", "USD"}, {"A$", "AUD"},  {"C$", "CAD"},
    {"HK$", "HKD"}, {"NZ$", "NZD"}, {"R$", "BRL"},  {"S$", "SGD"},  {"kr", "SEK"},  {"zł", "PLN"},
    {"Kč", "CZK"},  {"Ft", "HUF"},  {"Rs", "INR"},  {"Rs.", "INR"}, {"Fr.", "CHF"}, {"USD", "USD"},
    {"EUR", "EUR"}, {"GBP", "GBP"}, {"JPY", "JPY"}, {"CNY", "CNY"}, {"RMB", "CNY"}, {"INR", "INR"},
    {"CHF", "CHF"}, {"AUD", "AUD"}, {"CAD", "CAD"}, {"NZD", "NZD"}, {"SEK", "SEK"}, {"NOK", "NOK"},
    {"DKK", "DKK"}, {"PLN", "PLN"}, {"CZK", "CZK"}, {"HUF", "HUF"}, {"RON", "RON"}, {"BGN", "BGN"},
    {"RUB", "RUB"}, {"TRY", "TRY"}, {"BRL", "BRL"}, {"MXN", "MXN"}, {"ARS", "ARS"}, {"CLP", "CLP"},
    {"COP", "COP"}, {"ZAR", "ZAR"}, {"KRW", "KRW"}, {"SGD", "SGD"}, {"HKD", "HKD"}, {"TWD", "TWD"},
    {"THB", "THB"}, {"IDR", "IDR"}, {"MYR", "MYR"}, {"PHP", "PHP"}, {"VND", "VND"}, {"ILS", "ILS"},
    {"AED", "AED"}, {"SAR", "SAR"}, {"EGP", "EGP"}, {"NGN", "NGN"}, {"KES", "KES"}, {"UAH", "UAH"},
});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Length of a space at the start: ASCII, no-break (U+00A0), narrow no-break (U+202F), thin
// (U+2009).
std::size_t space_length(std::string_view s) {
  if (s.empty()) return 0;
  if (s[0] == ' ' || s[0] == '\t') return 1;
  if (s.starts_with("\u00a0")) return 2;
  if (s.starts_with("\u202f") || s.starts_with("\u2009")) return 3;
  return 0;
}

std::size_t trailing_space_length(std::string_view s) {
  if (s.ends_with(' ') || s.ends_with('\t')) return 1;
  if (s.ends_with("\u00a0")) return 2;
  if (s.ends_with("\u202f") || s.ends_with("\u2009")) return 3;
  return 0;
}

void trim(std::string_view& s) {
  while (const auto n = space_length(s)) s.remove_prefix(n);
  while (const auto n = trailing_space_length(s)) s.remove_suffix(n);
}

// Takes everything around the digits away and remembers what it was.
struct Stripped {
  std::string_view digits;  // only digits, '.', ',', spaces and apostrophes; starts and ends well
  bool negative = false;
  bool percent = false;
  std::string_view currency;
};

std::optional<Stripped> strip(std::string_view s) {
  Stripped out;
  bool sign = false;
  bool parenthesis = false;
  const auto take_sign = [&](char c) {
    if (sign || parenthesis) return false;
    sign = true;
    out.negative = c == '-';
    return true;
  };
  for (int round = 0; round < 8; ++round) {
    trim(s);
    if (s.empty()) return std::nullopt;
    if (is_digit(s.front()) || s.front() == '.' || s.front() == ',') break;
    if (s.front() == '-' || s.front() == '+') {
      if (!take_sign(s.front())) return std::nullopt;
      s.remove_prefix(1);
    } else if (s.starts_with("\u2212")) {
      if (!take_sign('-')) return std::nullopt;
      s.remove_prefix(3);
    } else if (s.front() == '(') {
      if (sign || parenthesis || !s.ends_with(')')) return std::nullopt;
      parenthesis = out.negative = true;
      s.remove_prefix(1);
      s.remove_suffix(1);
    } else {
      const auto end = s.find_first_of("0123456789 -+(.,");
      if (end == std::string_view::npos || !out.currency.empty()) return std::nullopt;
      auto written = s.substr(0, end);
      if (s[end] == '.' && written == "Rs") written = s.substr(0, end + 1);
      if (s[end] == '.' && written == "Fr") written = s.substr(0, end + 1);
      if (written.ends_with("\u00a0")) written.remove_suffix(2);
      if (written.ends_with("\u202f")) written.remove_suffix(3);
      if (currency_code(written).empty()) return std::nullopt;
      out.currency = written;
      s.remove_prefix(written.size());
    }
  }
  for (int round = 0; round < 8; ++round) {
    trim(s);
    if (s.empty()) return std::nullopt;
    if (is_digit(s.back())) break;
    if (s.back() == '.' && s.size() > 1 && is_digit(s[s.size() - 2])) break;
    if (s.back() == '%') {
      if (out.percent || !out.currency.empty()) return std::nullopt;
      out.percent = true;
      s.remove_suffix(1);
    } else if (s.back() == '-') {
      if (!take_sign('-')) return std::nullopt;
      s.remove_suffix(1);
    } else {
      const auto last = s.find_last_of("0123456789 ");
      if (last == std::string_view::npos || !out.currency.empty() || out.percent) {
        return std::nullopt;
      }
      auto written = s.substr(last + 1);
      while (const auto n = space_length(written)) written.remove_prefix(n);
      if (currency_code(written).empty()) return std::nullopt;
      out.currency = written;
      s.remove_suffix(written.size());
    }
  }
  out.digits = s;
  return out;
}

// The digits under one decimal mark: groups of three after the first, one fraction. Commas also
// as in India, where groups of two stand before the last three (12,34,567).
NumberExtent read_digits(std::string_view s, char mark, char group_mark) {
  NumberExtent out;
  char group = 0;    // the separator in use: ',' or '.', ' ' for every space, '\''
  int in_group = 0;  // digits since the last separator
  int first = 0;     // digits before the first
  int middle = 0;    // digits of the groups between separators
  bool fraction = false;
  for (std::size_t i = 0; i < s.size();) {
    const char c = s[i];
    if (is_digit(c)) {
      if (fraction)
        ++out.scale;
      else
        ++out.integer_digits, ++in_group;
      ++i;
      continue;
    }
    if (c == mark) {
      if (fraction || (group && in_group != 3)) return {};
      fraction = true;
      ++i;
      continue;
    }
    std::size_t length = 1;
    char separator = c;
    if (const auto n = space_length(s.substr(i))) {
      length = n;
      separator = ' ';
    } else if (s.substr(i).starts_with("\u2019")) {
      length = 3;
      separator = '\'';
    } else if (c != group_mark && c != '\'') {
      return {};
    }
    if (fraction || (group && group != separator)) return {};
    if (!group) {
      if (in_group < 1 || in_group > 3) return {};
      first = in_group;
    } else {
      const bool pair = in_group == 2 && separator == ',' && first <= 2;
      if ((in_group != 3 && !pair) || (middle && middle != in_group)) return {};
      middle = in_group;
    }
    group = separator;
    in_group = 0;
    i += length;
  }
  if (group && !fraction && in_group != 3) return {};
  if (out.integer_digits + out.scale == 0) return {};
  out.valid = true;
  return out;
}

}  // namespace

DecimalMark StyledNumber::proves() const {
  if (as_dot.valid && !as_comma.valid) return DecimalMark::dot;
  if (as_comma.valid && !as_dot.valid) return DecimalMark::comma;
  return DecimalMark::unknown;
}

std::optional<StyledNumber> parse_styled_number(std::string_view text) {
  if (text.size() > 64) return std::nullopt;
  const auto stripped = strip(text);
  if (!stripped) return std::nullopt;
  StyledNumber out;
  out.as_dot = read_digits(stripped->digits, '.', ',');
  out.as_comma = read_digits(stripped->digits, ',', '.');
  if (!out.as_dot.valid && !out.as_comma.valid) return std::nullopt;
  out.negative = stripped->negative;
  out.percent = stripped->percent;
  out.currency = stripped->currency;
  return out;
}

void append_plain_number(std::string& out, std::string_view text, DecimalMark mark) {
  const auto stripped = strip(text);
  if (!stripped) return;
  if (stripped->negative) out.push_back('-');
  const char decimal = mark == DecimalMark::comma ? ',' : '.';
  bool any = false;
  for (const char c : stripped->digits) {
    if (is_digit(c)) {
      out.push_back(c);
      any = true;
    } else if (c == decimal) {
      if (!any) out.push_back('0');
      out.push_back('.');
    }
  }
  if (out.ends_with('.')) out.pop_back();
}

std::string_view currency_code(std::string_view written) {
  for (const auto& currency : kCurrencies) {
    if (currency.written == written) return currency.code;
  }
  return {};
}

}  // namespace sextant::formats
