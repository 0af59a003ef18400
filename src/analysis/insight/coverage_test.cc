#include "analysis/insight/coverage.h"

#include <gtest/gtest.h>

namespace sextant::insight {
namespace {

TEST(Coverage, PeriodsInWhichTheDataEndsAreNotComplete) {
  const Coverage data{"2024-01-15", "2025-03-29", false};
  EXPECT_FALSE(is_complete(data, "2024-01-01", "month"));
  EXPECT_TRUE(is_complete(data, "2024-02-01", "month"));
  EXPECT_TRUE(is_complete(data, "2025-03-01", "month")) << "two days without data";
  EXPECT_TRUE(is_complete(data, "2025-01-01", "quarter"));
  EXPECT_FALSE(is_complete(data, "2025-01-01", "year"));
  EXPECT_TRUE(is_complete(data, "2025-03-29", "day"));
  EXPECT_FALSE(is_complete(data, "2025-03-30", "day"));
  EXPECT_TRUE(is_complete({}, "2025-03-30", "day")) << "nothing is known";
}

TEST(Coverage, EndsWhereItWasAsked) {
  const Coverage data{"2024-01-15", "2025-03-29", false};
  const Coverage cut = within(data, "2024-02-01", day_before("2025-01-01"));
  EXPECT_EQ(cut.from, "2024-02-01");
  EXPECT_EQ(cut.to, "2024-12-31");
  EXPECT_TRUE(cut.ends_as_asked);
  EXPECT_FALSE(within(data, "", day_before("2026-01-01")).ends_as_asked);
}

TEST(Coverage, FirstDaysStandForTheirPeriod) {
  auto database = engine::Database::open({}, {}).value();
  auto connection = database.connect().value();
  const auto reach = [&](const std::string& dates) {
    return find_coverage("(SELECT unnest([" + dates + "]) AS t)", "t", connection).value().to;
  };
  EXPECT_EQ(reach("DATE '2025-01-01', DATE '2025-02-01'"), "2025-02-28");
  EXPECT_EQ(reach("DATE '2024-01-01', DATE '2025-01-01'"), "2025-12-31");
  EXPECT_EQ(reach("DATE '2025-01-01', DATE '2025-02-03'"), "2025-02-03");
  EXPECT_EQ(reach("NULL::DATE"), "");
}

}  // namespace
}  // namespace sextant::insight
