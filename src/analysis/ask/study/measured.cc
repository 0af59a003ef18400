#include "analysis/ask/study/measured.h"

#include "base/text.h"

namespace sextant::ask {

bool adds_up(const catalog::SemanticModel& model, const Measure& measure) {
  if (measure.metric.empty()) {
    return measure.aggregate == Aggregate::sum || measure.aggregate == Aggregate::count;
  }
  for (const auto& metric : model.metrics) {
    if (metric.name != measure.metric) continue;
    return metric.expression.find('/') == std::string::npos &&
           metric.expression.find("avg(") == std::string::npos &&
           metric.expression.find("DISTINCT") == std::string::npos;
  }
  return false;
}

std::string time_expression(const Dimension& time) {
  return text::quote_identifier(time.table) + "." + text::quote_identifier(time.column);
}

}  // namespace sextant::ask
