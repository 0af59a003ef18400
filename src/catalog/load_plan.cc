#include "catalog/load_plan.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sextant::catalog {
namespace {

constexpr std::size_t kMostWords = 100;
constexpr std::size_t kMostChoices = 10'000;
constexpr std::string_view kFormatLetters = "YymdebBjHIMSpzTFRD%";

bool is_decimal(std::string_view type) {
  int precision = 0;
  int scale = 0;
  constexpr std::string_view kStart = "DECIMAL(";
  if (!type.starts_with(kStart) || !type.ends_with(')')) return false;
  const char* end = type.data() + type.size() - 1;
  auto [comma, first] = std::from_chars(type.data() + kStart.size(), end, precision);
  if (first != std::errc{} || comma == end || *comma != ',') return false;
  ++comma;
  while (comma < end && *comma == ' ') ++comma;
  const auto [done, second] = std::from_chars(comma, end, scale);
  return second == std::errc{} && done == end && precision >= 1 && precision <= 38 && scale >= 0 &&
         scale <= precision;
}

bool is_type(std::string_view type) {
  static constexpr auto kTypes = std::to_array<std::string_view>(
      {"VARCHAR", "BOOLEAN", "BIGINT", "HUGEINT", "DOUBLE", "DECIMAL", "DATE", "TIMESTAMP",
       "TIMESTAMP WITH TIME ZONE", "TIME"});
  return std::ranges::find(kTypes, type) != kTypes.end() || is_decimal(type);
}

bool is_format(std::string_view format) {
  bool any = false;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    if (++i == format.size() || kFormatLetters.find(format[i]) == kFormatLetters.npos) return false;
    any = true;
  }
  return any && format.size() <= 60;
}

void check_column(const ColumnChoice& choice, const std::string& path,
                  std::vector<json::FieldError>& errors) {
  if (choice.column.empty()) errors.push_back({path + ".column", "must name a column"});
  if (choice.type && !is_type(*choice.type)) {
    errors.push_back({path + ".type",
                      "must be VARCHAR, BOOLEAN, BIGINT, HUGEINT, DOUBLE, DECIMAL, DECIMAL(p,s), "
                      "DATE, TIMESTAMP, TIMESTAMP WITH TIME ZONE or TIME"});
  }
  if (choice.decimal_mark && *choice.decimal_mark != "." && *choice.decimal_mark != ",")
    errors.push_back({path + ".decimal_mark", "must be . or ,"});
  if (choice.date_format && !is_format(*choice.date_format)) {
    errors.push_back({path + ".date_format",
                      "must be of strptime, like %d.%m.%Y; known are %Y %y %m %d %e %b %B %j %H %I "
                      "%M %S %p %z %T %F %R %D"});
  }
  if (choice.missing_values && choice.missing_values->size() > kMostWords)
    errors.push_back({path + ".missing_values", "may hold at most 100 words"});
}

}  // namespace

const ColumnChoice* TableChoice::find(std::string_view column) const {
  if (!columns) return nullptr;
  const auto found = std::ranges::find(*columns, column, &ColumnChoice::column);
  return found == columns->end() ? nullptr : &*found;
}

const TableChoice* LoadPlan::table(std::string_view key) const {
  if (!tables) return nullptr;
  const auto found = std::ranges::find(*tables, key, &TableChoice::key);
  return found == tables->end() ? nullptr : &*found;
}

const SheetChoice* LoadPlan::sheet(std::string_view name) const {
  if (!sheets) return nullptr;
  const auto found = std::ranges::find(*sheets, name, &SheetChoice::sheet);
  return found == sheets->end() ? nullptr : &*found;
}

std::vector<json::FieldError> LoadPlan::check(const std::string& path) const {
  std::vector<json::FieldError> errors;
  if (delimiter && delimiter->size() != 1)
    errors.push_back({path + ".delimiter", "must be one character"});
  if (tables) {
    for (std::size_t t = 0; t < tables->size(); ++t) {
      const auto& table = (*tables)[t];
      const auto at = path + ".tables[" + std::to_string(t) + "]";
      if (table.header_row && (*table.header_row < 0 || *table.header_row > 1'048'576))
        errors.push_back({at + ".header_row", "must be from 0 to 1048576"});
      if (table.header_rows && (*table.header_rows < 0 || *table.header_rows > 2))
        errors.push_back({at + ".header_rows", "must be 0, 1 or 2"});
      if (!table.columns) continue;
      if (table.columns->size() > kMostChoices)
        errors.push_back({at + ".columns", "may hold at most 10000 columns"});
      for (std::size_t c = 0; c < table.columns->size(); ++c)
        check_column((*table.columns)[c], at + ".columns[" + std::to_string(c) + "]", errors);
    }
  }
  if (sheets) {
    for (std::size_t i = 0; i < sheets->size(); ++i) {
      const auto& sheet = (*sheets)[i];
      if (sheet.ranges && sheet.ranges->size() > 100) {
        errors.push_back(
            {path + ".sheets[" + std::to_string(i) + "].ranges", "may hold at most 100 ranges"});
      }
    }
  }
  return errors;
}

}  // namespace sextant::catalog
