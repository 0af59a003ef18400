#include "analysis/ask/weekdays.h"

#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "base/text.h"

namespace sextant::ask {

namespace {

// The date that the reading is cut by already, else that of its rows; -1: they have none.
int date_of_rows(const Context& context, const Reading& reading) {
  const auto is_date = [&](const std::string& table, const std::string& name) {
    const int c = context.find_column(table, name);
    return c >= 0 && context.columns()[static_cast<std::size_t>(c)].kind == Kind::date ? c : -1;
  };
  for (const Filter& filter : reading.filters) {
    const Condition& condition = filter.any_of.front();
    if (const int c = is_date(condition.table, condition.column); c >= 0) return c;
  }
  for (const Dimension& dimension : reading.dimensions) {
    if (const int c = is_date(dimension.table, dimension.column); c >= 0) return c;
  }
  return time_column(context, context.find_table(reading.table));
}

}  // namespace

void add_weekdays(const Context& context, const Links& links, Reading& reading) {
  if (links.weekdays.empty() || reading.intent != Intent::query ||
      reading.combine != Combine::none) {
    return;
  }
  const int date = date_of_rows(context, reading);
  if (date < 0) return;
  const ColumnEntry& column = context.columns()[static_cast<std::size_t>(date)];
  const std::string& table = context.tables()[static_cast<std::size_t>(column.table)].model->name;
  Computed day;
  day.table = table;
  day.name = "weekday of " + column.model->name;
  day.expression = "dayname(" + text::quote_identifier(table) + "." +
                   text::quote_identifier(column.model->name) + ")";
  day.type = "VARCHAR";
  for (const WeekdayCondition& said : links.weekdays) {
    Filter filter;
    for (const std::string& name : said.days) {
      Condition condition{table, day.name, Operator::equal};
      condition.values.emplace_back(name);
      condition.span = Span{links.tokens[static_cast<std::size_t>(said.first)].start,
                            links.tokens[static_cast<std::size_t>(said.last) - 1].end};
      filter.any_of.push_back(std::move(condition));
    }
    reading.filters.push_back(std::move(filter));
  }
  reading.computed.push_back(std::move(day));
}

}  // namespace sextant::ask
