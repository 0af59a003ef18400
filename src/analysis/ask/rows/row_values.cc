#include "analysis/ask/rows/row_values.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <vector>

namespace sextant::ask {

namespace {

constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
constexpr std::string_view kMissing[] = {"", "-", "–", "—", "none", "n/a", "0"};
constexpr double kMost = 0.6;  // of the cells

bool digit(char c) { return c >= '0' && c <= '9'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  }
  return out;
}

// The number of digits from there.
std::size_t run(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && digit(text[end])) ++end;
  return end - at;
}

}  // namespace

std::optional<double> first_number(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != ',') plain += c;
  }
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (!digit(plain[i])) continue;
    std::size_t end = i + run(plain, i);
    if (end + 1 < plain.size() && plain[end] == '.' && digit(plain[end + 1])) {
      end += 1 + run(plain, end + 1);
    }
    const double value = std::strtod(plain.substr(i, end - i).c_str(), nullptr);
    return i > 0 && plain[i - 1] == '-' ? -value : value;
  }
  return std::nullopt;
}

std::optional<double> said_day(std::string_view text) {
  if (text.size() >= 10 && run(text, 0) == 4 && text[4] == '-' && run(text, 5) == 2 &&
      text[7] == '-' && run(text, 8) == 2) {
    const auto part = [&](std::size_t at, std::size_t length) {
      return std::strtod(std::string(text.substr(at, length)).c_str(), nullptr);
    };
    return part(0, 4) * 10'000 + part(5, 2) * 100 + part(8, 2);
  }
  const std::string words = lower(text);
  std::size_t month = std::string::npos, best = std::string::npos;
  for (std::size_t m = 0; m < 12; ++m) {
    const std::size_t at = words.find(kMonths.substr(3 * m, 3));
    if (at != std::string::npos && at < best) {
      best = at;
      month = m + 1;
    }
  }
  if (month == std::string::npos) return std::nullopt;
  double year = 0, day = 0;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t length = run(words, i);
    if (length == 0) {
      ++i;
      continue;
    }
    const double value = std::strtod(words.substr(i, length).c_str(), nullptr);
    if (length == 4 && year == 0) year = value;
    if (length <= 2 && day == 0) day = value;
    i += length;
  }
  return year * 10'000 + static_cast<double>(month) * 100 + day;
}

std::optional<double> seconds(std::string_view text) {
  double total = 0;
  int parts = 0;
  std::size_t i = 0;
  while (i < text.size() && text[i] == ' ') ++i;
  while (true) {
    const std::size_t length = run(text, i);
    if (length == 0 || length > 3) return std::nullopt;
    std::size_t end = i + length;
    if (parts > 0 && end + 1 < text.size() && text[end] == '.' && digit(text[end + 1])) {
      end += 1 + run(text, end + 1);
    }
    total = 60 * total + std::strtod(std::string(text.substr(i, end - i)).c_str(), nullptr);
    ++parts;
    if (end >= text.size() || text[end] != ':') break;
    i = end + 1;
  }
  if (parts < 2 || parts > 3) return std::nullopt;
  return total;
}

std::optional<double> said_year(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = run(text, i);
    if (length == 4 && (text[i] == '1' || text[i] == '2')) {
      return std::strtod(std::string(text.substr(i, 4)).c_str(), nullptr);
    }
    i += std::max<std::size_t>(length, 1);
  }
  return std::nullopt;
}

bool is_missing(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number == 0;
  const auto* text = std::get_if<std::string>(&cell);
  return !text || std::ranges::find(kMissing, lower(*text)) != std::end(kMissing);
}

std::string sql_missing(const std::string& column) {
  std::string words;
  for (const std::string_view word : kMissing) {
    words += (words.empty() ? "'" : ", '") + std::string(word) + "'";
  }
  return "(" + column + " IS NULL OR lower(CAST(" + column + " AS VARCHAR)) IN (" + words +
         ", '0.0'))";
}

std::optional<double> value_as(const Cell& cell, ReadAs as) {
  if (const auto* number = std::get_if<double>(&cell)) {
    if (as == ReadAs::year && (*number < 1000 || *number >= 3000)) return std::nullopt;
    return as == ReadAs::text ? std::nullopt : std::optional(*number);
  }
  const auto* text = std::get_if<std::string>(&cell);
  if (!text) return std::nullopt;
  switch (as) {
    case ReadAs::number:
      return first_number(*text);
    case ReadAs::date:
      return said_day(*text);
    case ReadAs::duration:
      return seconds(*text);
    case ReadAs::year:
      return said_year(*text);
    case ReadAs::text:
      break;
  }
  return std::nullopt;
}

ReadAs best_reading(const ColumnEntry& column) {
  if (column.kind == Kind::number) return ReadAs::number;
  if (!column.sample) return ReadAs::text;
  std::size_t texts = 0, numbers = 0, days = 0, times = 0;
  for (const Cell& cell : *column.sample) {
    const auto* text = std::get_if<std::string>(&cell);
    if (!text || text->empty()) continue;
    ++texts;
    days += said_day(*text).has_value() && first_number(*text).has_value();
    times += seconds(*text).has_value();
    // A number counts when the cell begins with it, or nearly so.
    std::size_t at = 0;
    while (at < text->size() && !digit((*text)[at])) ++at;
    const bool word = at == 2 && (*text)[1] == ' ' && (*text)[0] >= 'A';  // "W 3-1" is a result
    numbers += at < text->size() && at <= 2 && !word;
  }
  if (texts == 0) return ReadAs::text;
  const auto most = [&](std::size_t count) {
    return static_cast<double>(count) >= kMost * static_cast<double>(texts);
  };
  return most(days)      ? ReadAs::date
         : most(times)   ? ReadAs::duration
         : most(numbers) ? ReadAs::number
                         : ReadAs::text;
}

std::string sql_as(const std::string& column, ReadAs as) {
  const std::string text = "CAST(" + column + " AS VARCHAR)";
  const auto part = [](const std::string& from, const std::string& pattern) {
    return "TRY_CAST(nullif(regexp_extract(" + from + ", '" + pattern + "', 1), '') AS DOUBLE)";
  };
  switch (as) {
    case ReadAs::number:
      return part("replace(" + text + ", ',', '')", "(-?[0-9]+([.][0-9]+)?)");
    case ReadAs::date: {
      const std::string month = "nullif(regexp_extract(lower(" + text +
                                "), '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)', 1), '')";
      return "CASE WHEN regexp_matches(" + text +
             ", '^[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(replace(left(" + text +
             ", 10), '-', '') AS DOUBLE) ELSE (10000 * coalesce(" +
             part(text, "(?:^|[^0-9])([0-9]{4})(?:[^0-9]|$)") + ", 0) + 100 * ((instr('" +
             std::string(kMonths) + "', " + month + ") + 2) // 3) + coalesce(" +
             part(text, "(?:^|[^0-9])([0-9]{1,2})(?:[^0-9]|$)") + ", 0)) END";
    }
    case ReadAs::duration:
      return "(coalesce(" + part(text, "^ *([0-9]{1,3}):[0-9]{1,3}:") + ", 0) * 3600 + " +
             part(text, "^ *(?:[0-9]{1,3}:)?([0-9]{1,3}):[0-9]{1,3}(?:[.][0-9]+)?(?:[^0-9:]|$)") +
             " * 60 + " +
             part(text, "^ *(?:[0-9]{1,3}:)?[0-9]{1,3}:([0-9]{1,3}(?:[.][0-9]+)?)(?:[^0-9:]|$)") +
             ")";
    case ReadAs::year:
      return part(text, "(?:^|[^0-9])([12][0-9]{3})(?:[^0-9]|$)");
    case ReadAs::text:
      break;
  }
  return column;
}

}  // namespace sextant::ask
