#include "analysis/ask/pivot.h"

#include <algorithm>

#include "analysis/ask/sql.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::ask {
namespace {

// Days and months by their place, not by their names.
void by_calendar(const catalog::SemanticModel& model, Grain grain,
                 std::vector<json::Value>& values) {
  static constexpr std::string_view kDays[] = {"Saturday",  "Sunday",   "Monday", "Tuesday",
                                               "Wednesday", "Thursday", "Friday"};
  static constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
  using catalog::WeekStart;
  const auto start = model.calendar.week_start;
  const std::ptrdiff_t first = start == WeekStart::saturday ? 0
                               : start == WeekStart::sunday ? 1
                                                            : 2;
  const auto place = [&](const json::Value& value) -> std::ptrdiff_t {
    if (!value.is_string()) return 100;
    const std::string_view name = value.get_string();
    if (grain == Grain::month_name) return std::ranges::find(kMonths, name) - std::begin(kMonths);
    return (std::ranges::find(kDays, name) - std::begin(kDays) + 7 - first) % 7;
  };
  std::ranges::sort(values, {}, place);
}

}  // namespace

bool goes_round(const Dimension& dimension) {
  return dimension.grain == Grain::weekday || dimension.grain == Grain::month_name;
}

Result<> fill_pivot(const catalog::SemanticModel& model, Reading& reading,
                    engine::Connection& connection) {
  const auto across = std::ranges::find_if(reading.dimensions, &Dimension::pivot);
  if (across == reading.dimensions.end() || !across->values.empty()) return {};
  const auto index = static_cast<std::size_t>(across - reading.dimensions.begin());
  Reading groups = reading;
  groups.dimensions[index].pivot = false;
  groups.order.clear();
  groups.limit.reset();
  groups.offset.reset();
  groups.per_group = false;
  groups.figures_first = false;
  TRY(const auto sql, to_sql(model, groups));
  if (index >= sql.columns.size()) return {};
  const std::string name = text::quote_identifier(sql.columns[index].name);
  TRY(auto rows, connection.query("SELECT DISTINCT " + name + " FROM (" + sql.text +
                                  ") ORDER BY 1 LIMIT " + std::to_string(kMostPivotColumns + 1)));
  if (rows.rows() > static_cast<std::int64_t>(kMostPivotColumns)) {
    return fail(ErrorCode::invalid_fields,
                across->column + " has more than " + std::to_string(kMostPivotColumns) +
                    " values, too many for columns.",
                "Keep fewer of its values by a condition, take a coarser period, or put it on the "
                "rows.");
  }
  for (const json::Value& row : rows.rows_to_json(kMostPivotColumns)) {
    across->values.push_back(row.as_array().front());
  }
  if (goes_round(*across)) {
    by_calendar(model, across->grain, across->values);
  }
  return {};
}

}  // namespace sextant::ask
