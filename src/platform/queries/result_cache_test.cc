#include "platform/queries/result_cache.h"

#include <gtest/gtest.h>

#include <thread>

namespace sextant::queries {
namespace {

catalog::Catalog catalog_of(std::int64_t version) {
  return {"w", {{"a", "a.csv", version, "", {}}, {"b", "b.csv", 7, "", {}}}};
}

SharedResult result_of(std::string rows) {
  CachedResult result;
  result.rows = std::move(rows);
  result.versions_read = {{"a", 1}};
  return std::make_shared<const CachedResult>(std::move(result));
}

TEST(ResultCacheTest, an_answer_counts_for_the_versions_it_read) {
  ResultCache cache(1 << 20);
  cache.put("k", result_of("[1]"));
  ASSERT_TRUE(cache.find("k", catalog_of(1)));
  EXPECT_EQ(cache.find("k", catalog_of(1))->rows, "[1]");
  EXPECT_FALSE(cache.find("k", catalog_of(2)));
  EXPECT_FALSE(cache.find("k", catalog_of(1))) << "it was forgotten";
  EXPECT_FALSE(cache.find("other", catalog_of(1)));
}

TEST(ResultCacheTest, a_source_that_is_gone_ends_it) {
  ResultCache cache(1 << 20);
  cache.put("k", result_of("[1]"));
  EXPECT_FALSE(cache.find("k", {"w", {}}));
}

TEST(ResultCacheTest, is_bounded_and_forgets_what_was_not_asked_for) {
  ResultCache cache(40'000);
  const std::string rows(4'000, 'x');
  for (int i = 0; i < 7; ++i) cache.put(std::to_string(i), result_of(rows));
  ASSERT_TRUE(cache.find("0", catalog_of(1)));
  cache.put("7", result_of(rows));
  EXPECT_TRUE(cache.find("0", catalog_of(1)));
  EXPECT_FALSE(cache.find("1", catalog_of(1)));
  EXPECT_TRUE(cache.find("7", catalog_of(1)));
  cache.put("large", result_of(std::string(6'000, 'x')));
  EXPECT_FALSE(cache.find("large", catalog_of(1)));
}

TEST(ResultCacheTest, of_no_size_keeps_nothing) {
  ResultCache cache(0);
  cache.put("k", result_of(""));
  EXPECT_FALSE(cache.find("k", catalog_of(1)));
}

TEST(FlightsTest, the_others_get_what_the_first_one_got) {
  Flights flights;
  auto first = flights.join("k", {});
  ASSERT_TRUE(first.lead);
  EXPECT_TRUE(flights.join("other", {}).lead);
  SharedResult got;
  std::thread second([&] { got = flights.join("k", {}).result; });
  first.lead->land(result_of("[1]"));
  second.join();
  // It came while the first was under way, or after it and leads by itself.
  if (got) EXPECT_EQ(got->rows, "[1]");
  EXPECT_TRUE(flights.join("k", {}).lead) << "the flight is over";
}

TEST(FlightsTest, a_failed_leader_frees_the_others) {
  Flights flights;
  std::jthread second;
  bool waited = false;
  {
    auto first = flights.join("k", {});
    ASSERT_TRUE(first.lead);
    second = std::jthread([&] { waited = !flights.join("k", {}).result; });
  }
  second.join();
  EXPECT_TRUE(waited);
}

TEST(FlightsTest, a_stop_request_ends_the_wait) {
  Flights flights;
  auto first = flights.join("k", {});
  std::stop_source stop;
  stop.request_stop();
  const auto second = flights.join("k", stop.get_token());
  EXPECT_FALSE(second.lead);
  EXPECT_FALSE(second.result);
}

}  // namespace
}  // namespace sextant::queries
