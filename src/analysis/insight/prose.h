#pragma once
// Sentences whose numbers can be traced: every number is written through here, with the cell or the
// derivation it came from. Not thread-safe; one value per answer.

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "catalog/answer.h"
#include "catalog/semantic_model.h"

namespace sextant::insight {

// "1,204", "1,204.50", "0.0123": two decimals for large, three significant digits for small
// numbers.
std::string format_number(double value);
// With its unit: "€1,204.50" for EUR, "$" for USD, "£" for GBP, "12.5 %", else "1,204 kg".
std::string format_value(double value, const std::optional<std::string>& unit,
                         catalog::SemanticType type);
// A date as people write it at a grain: "March 2025", "2025", "Q1 2025", "3 March 2025".
std::string format_date(std::string_view iso, const std::optional<std::string>& grain);

// The number in a cell: a JSON number, or a text that is one (decimals, large integers).
std::optional<double> cell_number(const boost::json::value& cell);

class Prose {
 public:
  Prose& text(std::string_view words);
  // A number of the result.
  Prose& number(std::string formatted, std::int64_t row, std::string column);
  // A number derived from results; `derivation` says how.
  Prose& derived(std::string formatted, std::string derivation);
  const std::string& str() const { return text_; }
  std::string take() { return std::move(text_); }
  std::vector<catalog::NumberTrace>& traces() { return traces_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
  std::vector<catalog::NumberTrace> traces_;
};

}  // namespace sextant::insight
