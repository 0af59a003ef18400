#include "main/round_trip.h"

#include <cmath>

#include "analysis/ask/from_sql.h"
#include "analysis/ask/sql.h"
#include "analysis/semantic/computed.h"

namespace sextant {
namespace {

// What SQL does not carry: the words for periods, the chart asked for, places in the question. A
// whole number is the same number as 5.0.
void drop_words(json::Value& value) {
  if (value.is_array()) {
    for (auto& item : value.get_array()) drop_words(item);
  } else if (value.is_object()) {
    auto& object = value.get_object();
    for (const char* key : {"label", "chart", "span", "limit_span"}) object.erase(key);
    for (auto& member : object) drop_words(member.value());
  } else if (value.is_double()) {
    const double number = value.get_double();
    if (number == std::floor(number) && std::abs(number) < 1e15) {
      value = static_cast<std::int64_t>(number);
    }
  }
}

// Where nothing is joined, whether rows need partners says nothing.
void drop_matched(const catalog::SemanticModel& model, ask::Reading& reading) {
  for (ask::Reading& other : reading.others) drop_matched(model, other);
  for (ask::Filter& filter : reading.filters) {
    for (ask::Condition& condition : filter.any_of) {
      for (ask::Reading& of : condition.of) drop_matched(model, of);
    }
  }
  ask::Reading own = reading;
  own.combine = ask::Combine::none;
  own.others.clear();
  const auto sql = ask::to_sql(model, own);
  if (sql && sql->links.empty()) reading.matched = false;
}

json::Value meaning(const catalog::SemanticModel& model, ask::Reading reading) {
  drop_matched(model, reading);
  json::Value value = ask::to_json(reading);
  drop_words(value);
  return value;
}

}  // namespace

json::Object round_trip(const catalog::SemanticModel& model, const catalog::Catalog& catalog,
                        engine::Gate& gate, const json::Value& logical) {
  const auto reading = ask::reading_from_json(logical);
  if (!reading || reading->intent != ask::Intent::query) return {{"outcome", "not_a_query"}};
  const auto sql = ask::to_sql(model, *reading);
  if (!sql) return {{"outcome", "not_a_query"}, {"reason", sql.error().message}};
  json::Object out{{"sql", sql->text}};
  const ask::SqlTools tools{
      [&](const std::string& text) { return gate.tree(text, catalog); },
      [&](const json::Value& tree) { return gate.print(tree); },
      [&](ask::Reading& read) { return semantic::exact_computed(model, read); }};
  const auto back = ask::from_sql(model, sql->text, tools);
  if (!back) {
    out["outcome"] = "inexpressible";
    out["reason"] = back.error().message;
    return out;
  }
  if (meaning(model, *reading) == meaning(model, back->reading)) {
    out["outcome"] = "identical";
    return out;
  }
  const auto again = ask::to_sql(model, back->reading);
  out["outcome"] = again && again->text == sql->text ? "same_sql" : "other";
  out["reading"] = meaning(model, *reading);
  out["back"] = meaning(model, back->reading);
  return out;
}

}  // namespace sextant
