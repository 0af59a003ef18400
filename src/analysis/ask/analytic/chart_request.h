#pragma once
// A chart asked for by name: "as a pie", "create a chart of …". Pure function.

#include <optional>
#include <vector>

#include "analysis/ask/linking/links.h"
#include "catalog/chart.h"

namespace sextant::ask {

// A chart asked for by name, and which tokens asked for it.
struct ChartRequest {
  std::optional<catalog::ChartType> type;
  bool any = false;    // "chart", "plot", "graph" without a type
  bool named = false;  // the type, or that something is drawn, is said
  bool axes = false;   // the x or y axis is spoken of
  std::vector<bool> tokens;
};
ChartRequest chart_request(const Links& links);

}  // namespace sextant::ask
