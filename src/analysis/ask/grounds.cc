#include "analysis/ask/grounds.h"

#include <algorithm>

#include "analysis/ask/clauses/places.h"

namespace sextant::ask {

namespace {

void add_column(Reading& reading, const std::string& table, const std::string& column,
                std::optional<Span> span) {
  const bool shown = std::ranges::any_of(
      reading.columns, [&](const Projection& p) { return p.table == table && p.column == column; });
  if (!shown) reading.columns.push_back({table, column, span});
}

}  // namespace

Reading with_grounds(const Context& context, Reading reading) {
  if (reading.intent != Intent::query || reading.combine != Combine::none || reading.distinct) {
    return reading;
  }
  for (Measure& measure : reading.measures) measure.hidden = false;
  if (!reading.measures.empty() || !reading.dimensions.empty()) return reading;
  for (const Order& order : reading.order) {
    if (order.by != OrderBy::column) continue;
    add_column(reading, order.table, order.column, order.span);
  }
  const auto places = find_places(context);
  if (!places) return reading;
  const auto name_of = [&](int column) { return context.columns()[column].model->name; };
  const std::string& addresses = context.tables()[places->addresses].model->name;
  const bool placed = std::ranges::any_of(reading.columns, [&](const Projection& p) {
    return p.table == addresses && p.column == name_of(places->house);
  });
  for (const int part : address_of(context, *places)) {
    if (placed) add_column(reading, addresses, name_of(part), std::nullopt);
  }
  return reading;
}

}  // namespace sextant::ask
