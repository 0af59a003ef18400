#include "platform/queries/references.h"

#include <gmock/gmock.h>

namespace sextant::queries {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ReferencesTest, names_after_saved_are_found) {
  EXPECT_THAT(references_in("SELECT * FROM saved.Revenue r JOIN Saved . \"costs\" USING (month)"),
              ElementsAre("revenue", "costs"));
  EXPECT_THAT(references_in("SELECT 'saved.a', 1 -- FROM saved.b\nFROM saved /* x */ . c, saved.c"),
              ElementsAre("c"));
  EXPECT_THAT(references_in("SELECT saved FROM t"), IsEmpty());
}

TEST(ReferencesTest, a_cycle_is_found_with_its_way) {
  const std::map<std::string, std::string> queries{
      {"b", "SELECT * FROM saved.c, saved.d"}, {"c", "SELECT 1"}, {"d", "FROM saved.a"}};
  EXPECT_THAT(find_cycle("a", "FROM saved.b", queries).value(), ElementsAre("a", "b", "d", "a"));
  EXPECT_THAT(find_cycle("a", "FROM saved.a", queries).value(), ElementsAre("a", "a"));
  EXPECT_FALSE(find_cycle("a", "FROM saved.c", queries).has_value());
  EXPECT_FALSE(find_cycle("x", "FROM saved.unknown", queries).has_value());
}

TEST(ReferencesTest, a_cycle_of_others_ends) {
  const std::map<std::string, std::string> queries{{"b", "FROM saved.c"}, {"c", "FROM saved.b"}};
  EXPECT_FALSE(find_cycle("a", "FROM saved.b", queries).has_value());
}

}  // namespace
}  // namespace sextant::queries
