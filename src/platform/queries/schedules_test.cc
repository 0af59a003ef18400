#include "platform/queries/schedules.h"

#include <gtest/gtest.h>

namespace sextant::queries {
namespace {

Schedule at(Frequency frequency, int minute, int hour, int weekday, int day) {
  Schedule schedule;
  schedule.frequency = frequency;
  schedule.minute = minute;
  schedule.hour = hour;
  schedule.weekday = weekday;
  schedule.day = day;
  return schedule;
}

std::string next(const Schedule& schedule, const char* after) {
  return format_time(next_run(schedule, *parse_time(after))).substr(0, 16);
}

TEST(SchedulesTest, the_next_time_is_the_first_after) {
  const auto hourly = at(Frequency::hourly, 15, 9, 1, 1);
  EXPECT_EQ(next(hourly, "2026-03-01T10:14:59Z"), "2026-03-01T10:15");
  EXPECT_EQ(next(hourly, "2026-03-01T10:15:00Z"), "2026-03-01T11:15");
  const auto daily = at(Frequency::daily, 30, 6, 1, 1);
  EXPECT_EQ(next(daily, "2026-12-31T06:29:00Z"), "2026-12-31T06:30");
  EXPECT_EQ(next(daily, "2026-12-31T06:30:00Z"), "2027-01-01T06:30");
}

TEST(SchedulesTest, weeks_begin_on_monday) {
  // 2 March 2026 is a Monday.
  EXPECT_EQ(next(at(Frequency::weekly, 0, 8, 1, 1), "2026-03-02T07:00:00Z"), "2026-03-02T08:00");
  EXPECT_EQ(next(at(Frequency::weekly, 0, 8, 1, 1), "2026-03-02T08:00:00Z"), "2026-03-09T08:00");
  EXPECT_EQ(next(at(Frequency::weekly, 0, 8, 7, 1), "2026-03-02T08:00:00Z"), "2026-03-08T08:00");
  EXPECT_EQ(next(at(Frequency::weekly, 0, 8, 3, 1), "2026-03-07T08:00:00Z"), "2026-03-11T08:00");
}

TEST(SchedulesTest, months_follow_each_other) {
  EXPECT_EQ(next(at(Frequency::monthly, 5, 0, 1, 28), "2026-02-28T00:04:00Z"), "2026-02-28T00:05");
  EXPECT_EQ(next(at(Frequency::monthly, 5, 0, 1, 28), "2026-02-28T00:05:00Z"), "2026-03-28T00:05");
  EXPECT_EQ(next(at(Frequency::monthly, 0, 0, 1, 1), "2026-12-15T00:00:00Z"), "2027-01-01T00:00");
}

}  // namespace
}  // namespace sextant::queries
