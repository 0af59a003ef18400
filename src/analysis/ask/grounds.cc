#include "analysis/ask/grounds.h"

#include <algorithm>

namespace sextant::ask {

Reading with_grounds(Reading reading) {
  if (reading.intent != Intent::query || reading.combine != Combine::none || reading.distinct) {
    return reading;
  }
  for (Measure& measure : reading.measures) measure.hidden = false;
  if (!reading.measures.empty() || !reading.dimensions.empty()) return reading;
  for (const Order& order : reading.order) {
    if (order.by != OrderBy::column) continue;
    const bool shown = std::ranges::any_of(reading.columns, [&](const Projection& p) {
      return p.table == order.table && p.column == order.column;
    });
    if (!shown) reading.columns.push_back({order.table, order.column, order.span});
  }
  return reading;
}

}  // namespace sextant::ask
