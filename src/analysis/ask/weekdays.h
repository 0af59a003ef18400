#pragma once
// Conditions on the day of the week that rows are of. Pure functions.

#include "analysis/ask/linking/links.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// Adds what the question says of days of the week ("on weekends") to a reading of rows that have a
// date: a computed column with the day's name and a condition on it. Without a date they stay
// unread.
void add_weekdays(const Context& context, const Links& links, Reading& reading);

}  // namespace sextant::ask
