#include "platform/queries/placeholders.h"

#include <gmock/gmock.h>

namespace sextant::queries {
namespace {

using ::testing::ElementsAre;

TEST(PlaceholdersTest, become_parameters_and_keep_positions) {
  const std::string sql = "SELECT * FROM t WHERE m = {{month}} AND c IN {{ cities }} ORDER BY x";
  const auto bound = bind_placeholders(sql);
  ASSERT_TRUE(bound);
  EXPECT_EQ(*bound, "SELECT * FROM t WHERE m = $month    AND c IN $cities      ORDER BY x");
  EXPECT_EQ(bound->find("ORDER"), sql.find("ORDER"));
  EXPECT_THAT(parameters_in(*bound), ElementsAre("month", "cities"));
}

TEST(PlaceholdersTest, texts_and_comments_stay) {
  for (const char* sql : {"SELECT 'a {{b}} c'", "SELECT 1 -- {{x}}", "SELECT \"{{x}}\"",
                          "SELECT {'a': {'b': 1}}", "SELECT { {x}}"}) {
    EXPECT_EQ(bind_placeholders(sql).value(), sql);
  }
}

TEST(PlaceholdersTest, in_quotes_are_refused_with_their_place) {
  const auto bound = bind_placeholders("SELECT * FROM t WHERE m = '{{month}}'");
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().code, ErrorCode::invalid_sql);
  EXPECT_EQ(bound.error().detail.at("position").as_int64(), 26);
  EXPECT_NE(bound.error().hint.find("{{month}}"), std::string::npos);
}

}  // namespace
}  // namespace sextant::queries
