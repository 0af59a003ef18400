#pragma once
// Days by the clock of a place, with ICU's time zones. Thread-safe.

#include <string>

#include "base/time.h"

namespace sextant {

// Whether it is the IANA name of a time zone, such as Europe/Berlin.
bool is_time_zone(const std::string& name);

// The ISO date of a moment in a time zone; in UTC when the name is none.
std::string local_date(Timestamp moment, const std::string& time_zone);

}  // namespace sextant
