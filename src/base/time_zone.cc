#include "base/time_zone.h"

#include <unicode/timezone.h>

#include <memory>

namespace sextant {
namespace {

// None for an unknown name: ICU gives a zone of its own instead of an error.
std::unique_ptr<icu::TimeZone> zone_named(const std::string& name) {
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (!zone || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return zone;
}

}  // namespace

bool is_time_zone(const std::string& name) { return zone_named(name) != nullptr; }

std::string local_date(Timestamp moment, const std::string& time_zone) {
  const auto zone = zone_named(time_zone);
  if (zone) {
    std::int32_t raw = 0, summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone->getOffset(static_cast<UDate>(moment.time_since_epoch().count()), false, raw, summer,
                    status);
    if (U_SUCCESS(status)) moment += std::chrono::milliseconds(raw + summer);
  }
  return format_time(moment).substr(0, 10);
}

}  // namespace sextant
