#include "base/text.h"

#include <gtest/gtest.h>

#include "base/id.h"
#include "base/time.h"

namespace sextant {
namespace {

TEST(SnakeCase, makes_sql_names_of_headers) {
  EXPECT_EQ(text::snake_case("Order Date (UTC)", "column"), "order_date_utc");
  EXPECT_EQ(text::snake_case("customerId", "column"), "customer_id");
  EXPECT_EQ(text::snake_case("2025 Sales", "column"), "_2025_sales");
  EXPECT_EQ(text::snake_case("Größe", "column"), "größe");
  EXPECT_EQ(text::snake_case(" -- ", "column_3"), "column_3");
  EXPECT_EQ(text::snake_case("SKU", "column"), "sku");
}

TEST(Text, truncates_between_characters) {
  EXPECT_EQ(text::truncate_utf8("aé", 2), "a");
  EXPECT_EQ(text::truncate_utf8("aé", 3), "aé");
}

TEST(Id, is_a_sortable_uuid) {
  const auto a = new_id();
  EXPECT_TRUE(is_id(a));
  EXPECT_EQ(a[14], '7');
  std::string before = a;
  for (int i = 0; i < 10'000; ++i) {
    const auto next = new_id();
    ASSERT_LT(before, next);
    before = next;
  }
  EXPECT_FALSE(is_id("../../etc/passwd"));
}

TEST(Time, round_trips_and_converts_offsets) {
  const auto t = parse_time("2026-11-23T13:18:05.123Z");
  ASSERT_TRUE(t.has_value());
  EXPECT_EQ(format_time(*t), "2026-11-23T13:18:05.123Z");
  EXPECT_EQ(format_time(*parse_time("2026-11-23T13:18:05+02:00")), "2026-11-23T11:18:05.000Z");
  EXPECT_FALSE(parse_time("2026-13-01T00:00:00Z").has_value());
  EXPECT_FALSE(parse_time("yesterday").has_value());
}

}  // namespace
}  // namespace sextant
