#include "base/time_zone.h"

#include <gtest/gtest.h>

namespace sextant {
namespace {

TEST(TimeZone, days_begin_by_the_clock_of_the_place) {
  const Timestamp late = *parse_time("2026-03-31T22:30:00Z");
  EXPECT_EQ(local_date(late, "UTC"), "2026-03-31");
  EXPECT_EQ(local_date(late, "Europe/Berlin"), "2026-04-01");
  EXPECT_EQ(local_date(late, "America/New_York"), "2026-03-31");
  EXPECT_EQ(local_date(*parse_time("2026-01-31T22:30:00Z"), "Europe/Berlin"), "2026-01-31");
}

TEST(TimeZone, only_known_names_are_zones) {
  EXPECT_TRUE(is_time_zone("Asia/Tokyo"));
  EXPECT_TRUE(is_time_zone("UTC"));
  EXPECT_FALSE(is_time_zone("Mars/Olympus"));
  EXPECT_FALSE(is_time_zone(""));
}

}  // namespace
}  // namespace sextant
