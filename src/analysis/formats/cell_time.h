#pragma once
// Dates and times as people write them in cells. A cell's form (order, separators, month names,
// zone) is a small signature; which of day and month comes first in 03/04/2025 is left to the
// column. Thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sextant::formats {

enum class DateOrder : std::uint8_t {
  none,        // a time of day without a date
  year_first,  // 2025-01-31, 2025/1/31, 2025.01.31
  numeric,     // 31/01/2025 or 01/31/2025: the column decides
  day_name,    // 31 Jan 2025, 31-Jan-25
  name_day,    // Jan 31, 2025
};

enum class Zone : std::uint8_t { none, offset };  // Z, +01:00, UTC

struct CellTime {
  DateOrder order = DateOrder::none;
  Zone zone = Zone::none;
  bool has_time = false;
  bool twelve_hours = false;  // written with AM or PM
  bool iso =
      false;  // exactly what the engine reads by itself: yyyy-mm-dd[ T]hh:mm:ss[.f][Z|±hh[:mm]]
  char separator = 0;  // between the parts of a numeric date
  int first = 0;       // of a numeric date: the first and the second component
  int second = 0;
  int year = 0;
  int month = 0;  // 0 in a numeric date until the order is known
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second_of_minute = 0;
  int microsecond = 0;
  int offset_minutes = 0;  // east of UTC
};

// Reads a whole cell; nothing when it is neither a date nor a time.
std::optional<CellTime> parse_cell_time(std::string_view text);

// Whether the numeric date exists when the day comes first (or the month does).
bool fits_order(const CellTime& time, bool day_first);

// ISO form: a date, a time, or a date and time with a space; the offset is written when there is
// one.
void append_iso_date(std::string& out, const CellTime& time, bool day_first);
void append_iso_timestamp(std::string& out, const CellTime& time, bool day_first);
void append_iso_time(std::string& out, const CellTime& time);

}  // namespace sextant::formats
