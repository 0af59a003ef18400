#pragma once
// Cells of messy columns as numbers, days and durations: in memory and, the same, as SQL. Pure
// functions; thread-safe.

#include <optional>
#include <string>
#include <string_view>

#include "analysis/ask/linking/context.h"
#include "analysis/ask/rows/row_query.h"

namespace sextant::ask {

// The first number in a text, separators of thousands left out.
std::optional<double> first_number(std::string_view text);
// Year × 10,000 + month × 100 + day, each 0 when it is not said; none without a month's name but
// for ISO dates.
std::optional<double> said_day(std::string_view text);
// Seconds of "2:05:26.8" or "8:18.78".
std::optional<double> seconds(std::string_view text);

// The first four digits between 1000 and 2999 that stand alone.
std::optional<double> said_year(std::string_view text);

std::optional<double> value_as(const Cell& cell, ReadAs as);

// How most cells of the column can be read; text when they can not.
ReadAs best_reading(const ColumnEntry& column);

// Whether nothing, a dash or 0 stands there.
bool is_missing(const Cell& cell);
std::string sql_missing(const std::string& column);

// The same as `value_as` as an SQL expression over a quoted column, for a column of texts or of
// numbers.
std::string sql_as(const std::string& column, ReadAs as);

}  // namespace sextant::ask
