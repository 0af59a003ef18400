#pragma once
// What a column means, from its header's words, its values' patterns and its statistics.
// Thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/profile.h"

namespace sextant::profile {

// What is known of a column when its meaning is decided.
struct ColumnFacts {
  std::string name;  // snake_case
  std::string original_name;
  std::string type;  // DuckDB type
  std::optional<std::string> unit;
  std::int64_t rows = 0;
  std::int64_t values = 0;  // not null
  std::int64_t distinct = 0;
  std::optional<double> min;  // numbers
  std::optional<double> max;
  double average_length = 0;         // texts
  std::vector<std::string> samples;  // different values, texts and small integers
};

catalog::SemanticType semantic_type_of(const ColumnFacts& facts);

// Unit in the header: "Amount (EUR)" → EUR, "weight_kg" → kg, "share %" → %.
std::optional<std::string> unit_in_header(std::string_view original_name, std::string_view name);

bool is_number_type(std::string_view type);
bool is_time_type(std::string_view type);  // DATE and TIMESTAMP…, not TIME

// An English country name, an ISO 3166 code of three letters, or (when `codes`) of two.
bool is_country(std::string_view value, bool codes);

}  // namespace sextant::profile
