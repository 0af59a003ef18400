#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analysis/insight/series/forecast.h"
#include "analysis/insight/series/trend.h"

namespace sextant::insight {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Deterministic noise within ±1: the high bits of a mixed counter.
double noise(std::size_t i) {
  std::uint64_t x = (i + 1) * 0x9E3779B97F4A7C15ull;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return static_cast<double>((x ^ (x >> 31)) >> 11) / 4503599627370496.0 - 1;
}

TEST(Trend, IsFoundUnderNoiseAndAnOutlier) {
  std::vector<double> series;
  for (std::size_t i = 0; i < 30; ++i)
    series.push_back(100 + 2 * static_cast<double>(i) + noise(i));
  series[10] = 900;
  const auto trend = find_trend(series);
  ASSERT_TRUE(trend);
  EXPECT_NEAR(trend->slope, 2, 0.1);
  EXPECT_LT(trend->p_value, 1e-6);
}

TEST(Trend, IsNotClaimedForNoise) {
  std::vector<double> series;
  for (std::size_t i = 0; i < 40; ++i) series.push_back(noise(i));
  EXPECT_GT(find_trend(series)->p_value, 0.05);
  EXPECT_FALSE(find_trend(std::vector<double>{1, 2, 3}));
}

TEST(Season, StrengthTellsSeasonsFromNoise) {
  std::vector<double> seasonal, plain;
  for (std::size_t i = 0; i < 48; ++i) {
    seasonal.push_back(10 * std::sin(static_cast<double>(i) * std::numbers::pi / 6) + noise(i));
    plain.push_back(noise(i));
  }
  EXPECT_GT(seasonal_strength(seasonal, 12), 0.9);
  EXPECT_LT(seasonal_strength(plain, 12), 0.4);
}

TEST(ChangePoints, AreWhereTheLevelJumps) {
  std::vector<double> series;
  for (std::size_t i = 0; i < 40; ++i) series.push_back((i < 15 ? 10 : i < 30 ? 20 : 5) + noise(i));
  EXPECT_THAT(change_points(series), ElementsAre(15, 30));
  std::vector<double> level;
  for (std::size_t i = 0; i < 40; ++i) level.push_back(noise(i));
  EXPECT_THAT(change_points(level), IsEmpty());
}

TEST(Outliers, StandOutFromTheirNeighbours) {
  std::vector<double> series;
  for (std::size_t i = 0; i < 30; ++i) series.push_back(static_cast<double>(i) + noise(i));
  series[12] += 40;
  EXPECT_THAT(local_outliers(series), ElementsAre(12));
}

TEST(Forecast, FollowsTrendAndSeason) {
  std::vector<double> series;
  const auto truth = [](std::size_t i) {
    return 200 + 3 * static_cast<double>(i) +
           25 * std::sin(static_cast<double>(i) * std::numbers::pi / 6);
  };
  for (std::size_t i = 0; i < 60; ++i) series.push_back(truth(i) + 2 * noise(i));
  const auto result = forecast(series, 6, 12);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->model, "exponential smoothing with a trend and a season");
  for (std::size_t h = 0; h < 6; ++h) {
    EXPECT_NEAR(result->points[h].value, truth(60 + h), 8) << h;
    EXPECT_LT(result->points[h].low, result->points[h].value);
    EXPECT_GT(result->points[h].high, result->points[h].value);
  }
  EXPECT_EQ(result->tested, 12);
  EXPECT_LT(result->error, result->naive_error);
}

TEST(Forecast, OfALevelSeriesStaysLevelAndWidens) {
  std::vector<double> series;
  for (std::size_t i = 0; i < 40; ++i) series.push_back(50 + noise(i));
  const auto result = forecast(series, 4, 0);
  ASSERT_TRUE(result);
  EXPECT_NEAR(result->points[3].value, 50, 1);
  EXPECT_GE(result->points[3].high - result->points[3].low,
            result->points[0].high - result->points[0].low);
}

TEST(Forecast, RefusesTooFewPeriodsAndTooManySteps) {
  EXPECT_FALSE(forecast(std::vector<double>{1, 2, 3, 4, 5}, 1, 0));
  EXPECT_FALSE(forecast(std::vector<double>{1, 2, 3, 4, 5, 6}, 4, 0));
}

}  // namespace
}  // namespace sextant::insight
