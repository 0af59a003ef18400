#include <gtest/gtest.h>

#include "platform/conversations/golden_service.h"

namespace sextant::conversations {
namespace {

GoldenResult result(const std::string& rows) {
  GoldenResult out;
  out.columns = {{"shop", "VARCHAR"}, {"amount", "DECIMAL(18,2)"}};
  out.rows = json::parse(rows)->as_array();
  out.total_rows = static_cast<std::int64_t>(out.rows.size());
  return out;
}

using Words = std::vector<std::string>;

TEST(GoldenDifferences, rows_are_known_by_their_names_whatever_their_order) {
  const auto before = result(R"([["north", "10.00"], ["south", "5.00"], ["west", "1.00"]])");
  EXPECT_EQ(differences_of(before, before), Words{});
  const auto after = result(R"([["south", "7.00"], ["north", "10.00"], ["east", "2.00"]])");
  EXPECT_EQ(differences_of(before, after),
            (Words{"south: amount was 5.00, is 7.00", "west is gone", "east is new"}));
}

TEST(GoldenDifferences, a_single_figure_needs_no_name) {
  auto before = result(R"([["all", 10]])"), after = result(R"([["all", null]])");
  EXPECT_EQ(differences_of(before, after), Words{"amount was 10, is nothing"});
}

TEST(GoldenDifferences, names_that_are_there_twice_are_no_names) {
  const auto before = result(R"([["x", 1], ["x", 2]])"), after = result(R"([["x", 1], ["x", 3]])");
  EXPECT_EQ(differences_of(before, after), Words{"row 2: amount was 2, is 3"});
}

TEST(GoldenDifferences, many_are_counted) {
  json::Array rows;
  for (int i = 0; i < 50; ++i) rows.push_back(json::Array{"shop " + std::to_string(i), i});
  auto before = result("[]");
  auto after = before;
  after.rows = rows;
  const auto said = differences_of(before, after);
  ASSERT_EQ(said.size(), 20u);
  EXPECT_EQ(said.back(), "and 31 more");
}

TEST(GoldenDifferences, other_columns_are_said) {
  auto before = result("[]"), after = before;
  after.columns.pop_back();
  EXPECT_EQ(differences_of(before, after), Words{"the answer has other columns"});
}

}  // namespace
}  // namespace sextant::conversations
