#include "analysis/insight/prose.h"

#include <array>
#include <cmath>
#include <cstdlib>

namespace sextant::insight {

namespace {

std::string grouped(std::string digits) {
  const std::size_t start = digits[0] == '-' ? 1 : 0;
  std::size_t point = digits.find('.');
  if (point == std::string::npos) point = digits.size();
  for (std::size_t at = point; at > start + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace

std::string format_number(double value) {
  if (!std::isfinite(value)) return "no number";
  const double size = std::abs(value);
  if (size < 9e15 && value == std::floor(value)) return grouped(fmt::format("{:.0f}", value));
  std::string text;
  if (size >= 1000) {
    text = fmt::format("{:.2f}", value);
  } else if (size >= 1) {
    text = fmt::format("{:.2f}", value);
  } else {
    text = fmt::format("{:.3g}", value);
    if (text.find('e') != std::string::npos) return text;
  }
  return grouped(text);
}

std::string format_value(double value, const std::optional<std::string>& unit,
                         catalog::SemanticType type) {
  if (type == catalog::SemanticType::year) return fmt::format("{:.0f}", value);
  if (!unit || unit->empty()) return format_number(value);
  if (*unit == "%") {
    return fmt::format("{:.1f} %", value);
  }
  const bool money = *unit == "EUR" || *unit == "USD" || *unit == "GBP" || *unit == "€" ||
                     *unit == "$" || *unit == "£";
  if (money) {
    const char* sign = *unit == "EUR" || *unit == "€"   ? "€"
                       : *unit == "USD" || *unit == "$" ? "$"
                                                        : "£";
    std::string text = std::abs(value) < 1e6 && value != std::floor(value)
                           ? grouped(fmt::format("{:.2f}", value))
                           : format_number(value);
    const bool negative = text[0] == '-';
    return (negative ? "-" : "") + std::string(sign) + (negative ? text.substr(1) : text);
  }
  return format_number(value) + " " + *unit;
}

std::string format_date(std::string_view iso, const std::optional<std::string>& grain) {
  static constexpr std::array<const char*, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  if (iso.size() < 10) return std::string(iso);
  const int year = std::atoi(std::string(iso.substr(0, 4)).c_str());
  const int month = std::atoi(std::string(iso.substr(5, 2)).c_str());
  const int day = std::atoi(std::string(iso.substr(8, 2)).c_str());
  if (month < 1 || month > 12) return std::string(iso);
  const std::string name = kMonths[static_cast<std::size_t>(month) - 1];
  if (grain && *grain == "year") return std::to_string(year);
  if (grain && *grain == "quarter") return fmt::format("Q{} {}", (month - 1) / 3 + 1, year);
  if (grain && *grain == "month") return fmt::format("{} {}", name, year);
  const std::string date = fmt::format("{} {} {}", day, name, year);
  return grain && *grain == "week" ? "the week of " + date : date;
}

std::optional<double> cell_number(const boost::json::value& cell) {
  if (cell.is_number()) return cell.to_number<double>();
  if (!cell.is_string() || cell.get_string().empty()) return std::nullopt;
  const std::string text(cell.get_string());
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (*end != 0 || !std::isfinite(value)) return std::nullopt;
  return value;
}

Prose& Prose::text(std::string_view words) {
  text_ += words;
  return *this;
}

Prose& Prose::number(std::string formatted, std::int64_t row, std::string column) {
  text_ += formatted;
  traces_.push_back({std::move(formatted), row, std::move(column), std::nullopt});
  return *this;
}

Prose& Prose::derived(std::string formatted, std::string derivation) {
  text_ += formatted;
  traces_.push_back({std::move(formatted), std::nullopt, std::nullopt, std::move(derivation)});
  return *this;
}

}  // namespace sextant::insight
