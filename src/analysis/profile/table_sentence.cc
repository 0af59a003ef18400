#include "analysis/profile/table_sentence.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "base/text.h"

namespace sextant::profile {
namespace {

// What the rows are: the plural in the table's name, else "rows".
std::string noun(const catalog::Table& table, std::int64_t rows) {
  static const std::set<std::string_view> kNotCountable = {
      "sales",   "news",   "status",     "analysis",  "address", "details",
      "results", "stats",  "statistics", "business",  "process", "progress",
      "class",   "series", "finances",   "logistics", "gas",     "us"};
  std::string found;
  for (const auto& word : text::split(table.name, '_')) {
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") &&
        !kNotCountable.contains(word)) {
      found = word;
    }
  }
  if (found.empty()) return rows == 1 ? "row" : "rows";
  if (rows != 1) return found;
  if (found.ends_with("ies")) return found.substr(0, found.size() - 3) + "y";
  return found.substr(0, found.size() - 1);
}

std::string month_and_year(const std::string& iso) {
  static constexpr auto kMonths = std::to_array<std::string_view>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  if (iso.size() < 10 || iso[4] != '-') return {};
  const int month = (iso[5] - '0') * 10 + (iso[6] - '0');
  if (month < 1 || month > 12) return {};
  return fmt::format("{} {}", kMonths[static_cast<std::size_t>(month - 1)], iso.substr(0, 4));
}

}  // namespace

std::string table_sentence(const catalog::Table& table, const catalog::TableProfile& profile) {
  std::string out = text::grouped(profile.rows) + " " + noun(table, profile.rows);
  const catalog::ColumnProfile* time = nullptr;
  for (const auto& column : profile.columns) {
    const bool is_time = column.semantic_type == catalog::SemanticType::date ||
                         column.semantic_type == catalog::SemanticType::timestamp;
    if (is_time && column.min && (!time || column.nulls < time->nulls)) time = &column;
  }
  if (time) {
    const auto from = month_and_year(*time->min);
    const auto to = month_and_year(*time->max);
    if (!from.empty() && !to.empty()) out += ", " + (from == to ? from : from + " – " + to);
  }
  const auto columns = profile.columns.size();
  return out + fmt::format(", {} column{}", columns, columns == 1 ? "" : "s");
}

}  // namespace sextant::profile
