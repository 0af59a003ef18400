#include "analysis/ask/reading.h"

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

}  // namespace sextant::ask
