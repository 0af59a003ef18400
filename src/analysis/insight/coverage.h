#pragma once
// How far dates of a table reach, so that a period is not called low because the data ends in it.
// Pure but for `find_coverage`, which has the errors of the connection.

#include <string>
#include <string_view>

#include "analysis/engine/duckdb.h"
#include "base/result.h"

namespace sextant::insight {

// ISO dates, both inclusive; empty: not known, and then every period counts as complete.
struct Coverage {
  std::string from;
  std::string to;
  bool ends_as_asked = false;  // at what was asked for, not where the data ends
};

// `time` is an SQL expression of a date or timestamp over the FROM clause `from`. Dates that are
// all the first of a month (of a year) stand for the whole month (year).
Result<Coverage> find_coverage(const std::string& from, const std::string& time,
                               engine::Connection& connection);

// What lies within the asked dates (inclusive; empty: open).
Coverage within(Coverage coverage, const std::string& from, const std::string& to);

// The day before an ISO date.
std::string day_before(const std::string& date);

// Whether the period that starts on the ISO date lies within the coverage. A weekend without data
// at either end (two days) leaves longer periods than a day complete.
bool is_complete(const Coverage& coverage, std::string_view start, std::string_view grain);

}  // namespace sextant::insight
