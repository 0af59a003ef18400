#pragma once
// One chart type list and one chart specification for every place that draws.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

namespace sextant::catalog {

enum class ChartType {
  table,
  metric,
  bar,
  line,
  pie,
  scatter,
  histogram,
  stacked_bar,      // a second category splits the bars
  grouped_line,     // one line per category
  grouped_scatter,  // colour by category
};
BOOST_DESCRIBE_ENUM(ChartType, table, metric, bar, line, pie, scatter, histogram, stacked_bar,
                    grouped_line, grouped_scatter)

// Which result column plays which part. Names are result column names.
struct ChartConfiguration {
  std::optional<std::string> x;        // category or time axis
  std::vector<std::string> y;          // measures, in order
  std::optional<std::string> series;   // category that splits into series
  std::optional<std::string> x_grain;  // day … year when x is time
  bool horizontal = false;             // bars from left to right (long labels)
  std::optional<std::string> y_unit;   // EUR, %, …
  std::optional<std::int64_t> bins;    // histogram
};
BOOST_DESCRIBE_STRUCT(ChartConfiguration, (), (x, y, series, x_grain, horizontal, y_unit, bins))

struct ChartSpec {
  ChartType type = ChartType::table;
  std::string title;
  ChartConfiguration configuration;
  std::string reason;                   // "line, since month is ordered time"
  std::vector<ChartType> alternatives;  // other types that can draw this result
};
BOOST_DESCRIBE_STRUCT(ChartSpec, (), (type, title, configuration, reason, alternatives))

}  // namespace sextant::catalog
