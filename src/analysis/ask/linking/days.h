#pragma once
// Days of the calendar: units that they are grouped in, moved by and begin with.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/semantic_model.h"

namespace sextant::ask {

enum class Unit { none, day, week, month, quarter, year };

// The unit that a stem names, "quarter".
Unit unit_named(const std::string& stem);

// "2025-03-01"
std::string iso(std::chrono::year_month_day d);

// The day that a text begins with; nothing when it is none.
std::optional<std::chrono::year_month_day> parse_iso(std::string_view s);

std::chrono::year_month_day date_of(int y, unsigned m, unsigned d = 1);

// 1 … 12 of a name in small letters, whole or short; 0: it is no month.
unsigned month_named(std::string_view word);

// The first day of the week, month, quarter or year that the day is in.
std::chrono::year_month_day start_of(std::chrono::year_month_day d, Unit unit,
                                     const catalog::Calendar& calendar);

// The day so many units later; of months with fewer days their last.
std::chrono::year_month_day move_by(std::chrono::year_month_day d, Unit unit, int n);

// The first day of the fiscal year that ends in this one.
std::chrono::year_month_day fiscal_year(int year, const catalog::Calendar& calendar);

// The first day of the fiscal year or quarter that the day is in.
std::chrono::year_month_day fiscal_start(std::chrono::year_month_day d, Unit unit,
                                         const catalog::Calendar& calendar);

}  // namespace sextant::ask
