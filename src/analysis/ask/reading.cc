#include "analysis/ask/reading.h"

#include <algorithm>

#include "base/json.h"

namespace sextant::ask {

namespace {

void remove_spans(json::Value& value) {
  if (value.is_object()) {
    auto& object = value.get_object();
    object.erase("span");
    object.erase("limit_span");
    for (auto& member : object) remove_spans(member.value());
  } else if (value.is_array()) {
    for (auto& item : value.get_array()) remove_spans(item);
  }
}

}  // namespace

boost::json::value to_json(const Reading& reading) { return json::to_value(reading); }

Result<Reading> reading_from_json(const boost::json::value& value) {
  return json::from_value<Reading>(value, json::Missing::use_default);
}

bool same_meaning(const Reading& a, const Reading& b) {
  json::Value left = to_json(a), right = to_json(b);
  remove_spans(left);
  remove_spans(right);
  return left == right;
}

std::size_t figures_ahead(const Reading& reading) {
  const bool grouped = !reading.dimensions.empty() && reading.columns.empty() &&
                       !reading.per_group && reading.combine == Combine::none &&
                       std::ranges::none_of(reading.dimensions, &Dimension::pivot);
  if (!reading.figures_first || !grouped) return 0;
  std::size_t columns = 0;
  for (const Measure& m : reading.measures) {
    if (!m.hidden) columns += m.share ? 2 : 1;
  }
  return columns;
}

}  // namespace sextant::ask
