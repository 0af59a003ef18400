#include "analysis/profile/text_kinds.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace sextant::profile {

double share_of(const std::vector<std::string>& samples, bool (*test)(std::string_view)) {
  if (samples.empty()) return 0;
  const auto hits = std::ranges::count_if(samples, [&](const auto& s) { return test(s); });
  return static_cast<double>(hits) / static_cast<double>(samples.size());
}

bool is_email(std::string_view s) {
  const auto at = s.find('@');
  return at != s.npos && at > 0 && s.find('@', at + 1) == s.npos && s.find('.', at) != s.npos &&
         s.find(' ') == s.npos && !s.ends_with('.');
}

bool is_url(std::string_view s) {
  return (s.starts_with("http://") || s.starts_with("https://") || s.starts_with("www.") ||
          s.starts_with("ftp://")) &&
         s.find(' ') == s.npos;
}

bool is_phone(std::string_view s) {
  int digits = 0;
  bool mark = s.starts_with('+') || s.starts_with('(') || s.starts_with('0');
  for (const char c : s) {
    if (c >= '0' && c <= '9')
      ++digits;
    else if (c == ' ' || c == '-' || c == '/' || c == '.' || c == '(' || c == ')' || c == '+')
      mark = mark || c != '.';
    else if (c != 'x')
      return false;
  }
  return digits >= 7 && digits <= 15 && mark;
}

bool is_json(std::string_view s) {
  return (s.starts_with('{') && s.ends_with('}')) || (s.starts_with('[') && s.ends_with(']'));
}

bool is_boolean_word(std::string_view s) {
  static const std::set<std::string_view> kWords = {"yes", "no", "y",  "n",    "true", "false",
                                                    "t",   "f",  "ja", "nein", "oui",  "non",
                                                    "si",  "sí", "on", "off"};
  return kWords.contains(text::lower_ascii(s));
}

bool is_month_name(std::string_view s) {
  static constexpr auto kMonths = std::to_array<std::string_view>(
      {"january", "february", "march", "april", "may", "june", "july", "august", "september",
       "october", "november", "december"});
  const auto lower = text::lower_ascii(s);
  return std::ranges::any_of(kMonths,
                             [&](auto m) { return lower == m || lower == m.substr(0, 3); });
}

bool is_code_like(std::string_view s) {
  bool digit = false;
  for (const char c : s) {
    if (c == ' ') return false;
    digit = digit || (c >= '0' && c <= '9');
  }
  return digit && s.size() <= 40;
}

// Two or three capitalised words without digits.
bool is_person_name(std::string_view s) {
  const auto words = text::split(s, ' ');
  if (words.size() < 2 || words.size() > 4) return false;
  return std::ranges::all_of(words, [](const auto& w) {
    return !w.empty() && (w[0] < 'a' || w[0] > 'z') && (w[0] < '0' || w[0] > '9') &&
           w.find_first_of("0123456789&@/") == w.npos;
  });
}

}  // namespace sextant::profile
