#pragma once
// Which chart shows a result best. A pure function of the result's head; thread-safe.

#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/chart.h"
#include "catalog/query.h"
#include "catalog/semantic_model.h"

namespace sextant::chart {

// A result column and what is known of it beyond its storage type.
struct ColumnHint {
  std::string name;
  std::string type;  // DuckDB type
  catalog::SemanticType semantic_type = catalog::SemanticType::unknown;
  std::optional<std::string> unit;
  std::optional<std::string> grain;  // day … year when it is a time bucket
  std::optional<bool> is_measure;    // none: decided from type and values
};

struct ChartInput {
  std::vector<ColumnHint> columns;
  const boost::json::array* rows = nullptr;  // arrays of cells; the first rows of the result
  std::int64_t total_rows = 0;
  std::optional<catalog::ChartType> asked;  // in words or as a preference
  std::string title;
};

// An asked type wins when the result can be drawn so; else the reason says why not.
catalog::ChartSpec choose(const ChartInput& input);

// For the result of plain SQL: no more is known than names, types and the first rows.
catalog::ChartSpec choose(const std::vector<catalog::ResultColumn>& columns,
                          const boost::json::array& rows, std::int64_t total_rows);

}  // namespace sextant::chart
