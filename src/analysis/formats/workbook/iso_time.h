#pragma once
// Dates between ISO text and Excel's serial numbers (days; 1900 or 1904 system). Thread-safe.

#include <optional>
#include <string>
#include <string_view>

namespace sextant::formats::workbook {

// "2025-01-31", "2025-01-31T10:00:00.5", "10:00:00".
std::optional<double> serial_of_iso(std::string_view text, bool epoch_1904);
// "PT37H30M5.5S" as a share of days.
std::optional<double> serial_of_duration(std::string_view text);

// "2025-01-31", with " 10:00:00[.123]" when `with_time` or when the serial has a fraction;
// "10:00:00" for `time_only` serials below one day. Nothing when there is no such day (0, the 29
// February 1900 of Excel, before 1900, beyond 9999).
std::optional<std::string> iso_of_serial(double serial, bool epoch_1904, bool time_only);

}  // namespace sextant::formats::workbook
