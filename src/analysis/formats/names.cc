#include "analysis/formats/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace sextant::formats {
namespace {
constexpr std::size_t kLongestName = 60;

// Trimmed, with control characters as spaces: a name has to be typed and shown.
std::string printable(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return std::string(text::trim(out));
}
}  // namespace

std::string title_of(std::string_view filename) {
  const auto slash = filename.find_last_of("/\\");
  if (slash != filename.npos) filename.remove_prefix(slash + 1);
  for (int i = 0; i < 2; ++i) {
    const auto dot = filename.rfind('.');
    if (dot == filename.npos || dot == 0) break;
    const auto extension = text::lower_ascii(filename.substr(dot));
    filename = filename.substr(0, dot);
    if (extension != ".gz") break;
  }
  return printable(filename);
}

std::string unique_name(std::string name, std::set<std::string>& taken) {
  if (taken.insert(name).second) return name;
  for (int n = 2;; ++n) {
    const auto candidate = fmt::format("{}_{}", name, n);
    if (taken.insert(candidate).second) return candidate;
  }
}

std::string common_title(const std::vector<std::string>& filenames) {
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || c < 0; };
  const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  std::string common = filenames.empty() ? "" : title_of(filenames.front());
  bool in_word = false;
  bool in_number = false;
  for (const auto& filename : filenames) {
    const auto title = title_of(filename);
    const auto [mine, theirs] = std::ranges::mismatch(common, title);
    common.erase(mine, common.end());
  }
  for (const auto& filename : filenames) {
    const auto title = title_of(filename);
    if (common.empty() || title.size() == common.size()) continue;
    const char next = title[common.size()];
    in_word = in_word || (letter(common.back()) && letter(next));
    in_number = in_number || (digit(common.back()) && digit(next));
  }
  while (in_word && !common.empty() && letter(common.back())) common.pop_back();
  while (in_number && !common.empty() && digit(common.back())) common.pop_back();
  while (!common.empty() && !letter(common.back()) && !digit(common.back())) common.pop_back();
  return std::ranges::count_if(common, letter) < 3 ? "" : common;
}

std::string table_name(std::string_view title, std::set<std::string>& taken) {
  auto name = std::string(text::truncate_utf8(text::snake_case(title, "table"), kLongestName));
  return unique_name(std::move(name), taken);
}

ColumnNames column_names(const std::vector<std::string>& header, std::size_t count,
                         bool has_header) {
  ColumnNames out;
  std::set<std::string> taken;
  std::vector<std::string> repeated;
  std::vector<std::string> made_up;
  for (std::size_t i = 0; i < count; ++i) {
    std::string original;
    if (i < header.size()) original = printable(header[i]);
    const auto fallback = fmt::format("column_{}", i + 1);
    if (original.empty()) {
      original = fallback;
      if (has_header) made_up.push_back(fallback);
    }
    auto name =
        std::string(text::truncate_utf8(text::snake_case(original, fallback), kLongestName));
    const auto unique = unique_name(name, taken);
    if (unique != name && has_header) repeated.push_back(original + " → " + unique);
    out.names.push_back(unique);
    out.originals.push_back(std::move(original));
  }
  // Two columns with one header: the second original is the SQL name, so that both can be asked
  // for.
  std::set<std::string> originals;
  for (std::size_t i = 0; i < count; ++i) {
    if (!originals.insert(out.originals[i]).second) {
      out.originals[i] = unique_name(out.originals[i], originals);
    }
  }
  const auto list = [](const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < 5; ++i) text += (i ? ", " : "") + names[i];
    if (names.size() > 5) text += fmt::format(" and {} more", names.size() - 5);
    return text;
  };
  if (!repeated.empty()) {
    out.notes.push_back(
        "Some headers would have the same name; they were numbered: " + list(repeated) + ".");
  }
  if (!made_up.empty()) {
    out.notes.push_back("Columns without a header were named: " + list(made_up) + ".");
  }
  return out;
}

}  // namespace sextant::formats
