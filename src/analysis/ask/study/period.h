#pragma once
// Steps of a time grain on ISO dates. Pure functions.

#include <cstdint>
#include <string>
#include <string_view>

#include "analysis/ask/reading.h"

namespace sextant::ask {

// The first day of the period `steps` after (or before) the one that begins on `date`.
std::string move_period(std::string_view date, Grain grain, std::int64_t steps);

// Periods from one to the other, both first days.
std::int64_t periods_between(std::string_view from, std::string_view to, Grain grain);

// Periods in a season: 12 months, 4 quarters, 7 days, 52 weeks; 0 for years.
std::size_t season_of(Grain grain);

}  // namespace sextant::ask
