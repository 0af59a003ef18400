#include "analysis/formats/cell_time.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "base/text.h"

namespace sextant::formats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Cursor {
 public:
  explicit Cursor(std::string_view s) : s_(s) {}
  bool done() const { return at_ >= s_.size(); }
  char peek() const { return done() ? '\0' : s_[at_]; }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++at_;
    return true;
  }
  void skip_spaces() {
    while (take(' ')) {
    }
  }
  // Between `least` and `most` digits, and no digit after them.
  std::optional<int> number(int least, int most, int* width = nullptr) {
    int value = 0;
    int n = 0;
    while (n < most && is_digit(peek())) value = value * 10 + (s_[at_++] - '0'), ++n;
    if (n < least || is_digit(peek())) return std::nullopt;
    if (width) *width = n;
    return value;
  }
  std::string_view word() {
    const auto start = at_;
    while (is_letter(peek())) ++at_;
    return s_.substr(start, at_ - start);
  }
  std::size_t position() const { return at_; }
  void back_to(std::size_t position) { at_ = position; }

 private:
  std::string_view s_;
  std::size_t at_ = 0;
};

constexpr auto kMonths =
    std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july",
                                     "august", "september", "october", "november", "december"});

int month_named(std::string_view word) {
  if (word.size() < 3) return 0;
  const auto lower = text::lower_ascii(word);
  if (lower == "sept") return 9;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (lower == kMonths[i] || lower == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool is_weekday(std::string_view word) {
  static constexpr auto kDays = std::to_array<std::string_view>(
      {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"});
  if (word.size() < 3) return false;
  const auto lower = text::lower_ascii(word);
  for (const auto day : kDays) {
    if (lower == day || lower == day.substr(0, 3)) return true;
  }
  return false;
}

bool exists(int year, int month, int day) {
  static constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kDays[month - 1]) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month != 2 || day <= 28 || leap;
}

// Two-digit years as strptime reads them: 69 to 99 are 19xx.
int full_year(int year, int width) {
  if (width > 2) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}

std::optional<int> year_of(Cursor& in) {
  int width = 0;
  const auto year = in.number(2, 4, &width);
  if (!year || width == 3) return std::nullopt;
  return full_year(*year, width);
}

// hh:mm[:ss[.f]][ AM|PM]; `strict` becomes false for any form but hh:mm:ss[.f].
bool read_clock(Cursor& in, CellTime& out, bool& strict) {
  int width = 0;
  const auto hour = in.number(1, 2, &width);
  if (!hour || !in.take(':')) return false;
  strict = strict && width == 2;
  const auto minute = in.number(2, 2);
  if (!minute) return false;
  out.hour = *hour;
  out.minute = *minute;
  out.has_time = true;
  if (in.take(':')) {
    const auto second = in.number(2, 2);
    if (!second) return false;
    out.second_of_minute = *second;
    if (in.peek() == '.' || in.peek() == ',') {
      strict = strict && in.peek() == '.';
      in.take(in.peek());
      int digits = 0;
      int scale = 100'000;
      while (is_digit(in.peek())) {
        const int digit = in.peek() - '0';
        in.take(in.peek());
        if (++digits > 6 && digit != 0) return false;  // finer than we can keep exactly
        out.microsecond += digit * scale;
        scale /= 10;
      }
      if (digits == 0) return false;
      strict = strict && digits <= 6;
    }
  } else {
    strict = false;
  }
  const auto before = in.position();
  in.skip_spaces();
  const auto word = text::lower_ascii(in.word());
  if (word == "am" || word == "pm") {
    strict = false;
    if (out.hour < 1 || out.hour > 12) return false;
    out.twelve_hours = true;
    out.hour = out.hour % 12 + (word == "pm" ? 12 : 0);
  } else {
    in.back_to(before);
  }
  return out.hour <= 23 && out.minute <= 59 && out.second_of_minute <= 59;
}

bool read_zone(Cursor& in, CellTime& out, bool& strict) {
  if (in.done()) return true;
  if (in.peek() == ' ') {
    strict = false;
    in.skip_spaces();
  }
  if (is_letter(in.peek())) {
    const auto word = text::lower_ascii(in.word());
    if (word != "z" && word != "utc" && word != "gmt") return false;
    strict = strict && word == "z";
    out.zone = Zone::offset;
    return in.done();
  }
  const bool west = in.peek() == '-';
  if (!in.take('+') && !in.take('-')) return false;
  int width = 0;
  auto value = in.number(2, 4, &width);
  if (!value || width == 3) return false;
  int hours = *value;
  int minutes = 0;
  if (width == 4) {
    hours = *value / 100;
    minutes = *value % 100;
    strict = false;
  } else if (in.take(':')) {
    const auto m = in.number(2, 2);
    if (!m) return false;
    minutes = *m;
  }
  if (hours > 14 || minutes > 59) return false;
  out.offset_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
  out.zone = Zone::offset;
  return in.done();
}

// Digits at the start: 2025-01-31, 31/01/2025, 31 Jan 2025, 31-Jan-25.
bool read_date_from_digits(Cursor& in, CellTime& out, bool& strict) {
  int width = 0;
  const auto first = in.number(1, 4, &width);
  if (!first || width == 3) return false;
  const char separator = in.peek();
  if (width == 4) {
    if (separator != '-' && separator != '/' && separator != '.') return false;
    in.take(separator);
    int month_width = 0;
    int day_width = 0;
    const auto month = in.number(1, 2, &month_width);
    if (!month || !in.take(separator)) return false;
    const auto day = in.number(1, 2, &day_width);
    if (!day) return false;
    strict = strict && separator == '-' && month_width == 2 && day_width == 2;
    out.order = DateOrder::year_first;
    out.year = *first;
    out.month = *month;
    out.day = *day;
    return exists(out.year, out.month, out.day);
  }
  strict = false;
  if (separator == '-' || separator == '/' || separator == '.') {
    in.take(separator);
    if (is_digit(in.peek())) {
      const auto second = in.number(1, 2);
      if (!second || !in.take(separator)) return false;
      const auto year = year_of(in);
      if (!year) return false;
      out.order = DateOrder::numeric;
      out.separator = separator;
      out.first = *first;
      out.second = *second;
      out.year = *year;
      return exists(out.year, out.first, out.second) || exists(out.year, out.second, out.first);
    }
  }
  in.skip_spaces();
  if (!is_letter(in.peek())) return false;
  out.month = month_named(in.word());
  if (out.month == 0) return false;
  in.take('.');
  if (separator == '-' || separator == '/') {
    if (!in.take(separator)) return false;
  } else {
    in.take(',');
    in.skip_spaces();
  }
  const auto year = year_of(in);
  if (!year) return false;
  out.order = DateOrder::day_name;
  out.day = *first;
  out.year = *year;
  return exists(out.year, out.month, out.day);
}

// Letters at the start: Jan 31, 2025; a weekday before any form is skipped.
bool read_date_from_letters(Cursor& in, CellTime& out, bool& strict) {
  strict = false;
  auto word = in.word();
  if (is_weekday(word)) {
    in.take('.');
    in.take(',');
    in.skip_spaces();
    if (is_digit(in.peek())) return read_date_from_digits(in, out, strict);
    word = in.word();
  }
  out.month = month_named(word);
  if (out.month == 0) return false;
  in.take('.');
  if (!in.take('-')) in.skip_spaces();
  const auto day = in.number(1, 2);
  if (!day) return false;
  if (!in.take('-')) {
    in.take(',');
    in.skip_spaces();
  }
  const auto year = year_of(in);
  if (!year) return false;
  out.order = DateOrder::name_day;
  out.day = *day;
  out.year = *year;
  return exists(out.year, out.month, out.day);
}

struct Ymd {
  int year;
  int month;
  int day;
};

Ymd resolve(const CellTime& t, bool day_first) {
  if (t.order != DateOrder::numeric) return {t.year, t.month, t.day};
  return day_first ? Ymd{t.year, t.second, t.first} : Ymd{t.year, t.first, t.second};
}

}  // namespace

std::optional<CellTime> parse_cell_time(std::string_view text) {
  const auto s = text::trim(text);
  if (s.size() < 4 || s.size() > 48) return std::nullopt;
  bool strict = s.size() == text.size();
  CellTime out;
  Cursor in(s);
  if (is_digit(in.peek())) {
    if (s.size() > 2 && (s[1] == ':' || s[2] == ':')) {  // a time of day alone
      if (!read_clock(in, out, strict) || !in.done()) return std::nullopt;
      out.iso = strict;
      return out;
    }
    if (!read_date_from_digits(in, out, strict)) return std::nullopt;
  } else if (!is_letter(in.peek()) || !read_date_from_letters(in, out, strict)) {
    return std::nullopt;
  }
  if (!in.done()) {
    if (!in.take('T') && !in.take('t')) {
      const bool comma = in.take(',');
      if (comma) strict = false;
      if (in.peek() != ' ') return std::nullopt;
      in.take(' ');
      if (in.peek() == ' ') strict = false;
      in.skip_spaces();
    }
    if (!read_clock(in, out, strict) || !read_zone(in, out, strict)) return std::nullopt;
  }
  out.iso = strict;
  return out;
}

bool fits_order(const CellTime& time, bool day_first) {
  const auto [year, month, day] = resolve(time, day_first);
  return exists(year, month, day);
}

void append_iso_date(std::string& out, const CellTime& time, bool day_first) {
  const auto [year, month, day] = resolve(time, day_first);
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}", year, month, day);
}

void append_iso_time(std::string& out, const CellTime& t) {
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", t.hour, t.minute,
                 t.second_of_minute);
  if (t.microsecond) fmt::format_to(std::back_inserter(out), ".{:06}", t.microsecond);
}

void append_iso_timestamp(std::string& out, const CellTime& time, bool day_first) {
  append_iso_date(out, time, day_first);
  out.push_back(' ');
  append_iso_time(out, time);
  if (time.zone == Zone::offset) {
    const int offset = time.offset_minutes;
    const int size = offset < 0 ? -offset : offset;
    fmt::format_to(std::back_inserter(out), "{}{:02}:{:02}", offset < 0 ? '-' : '+', size / 60,
                   size % 60);
  }
}

}  // namespace sextant::formats
