#include "platform/conversations/thread.h"

#include <gtest/gtest.h>

namespace sextant::conversations {
namespace {

TEST(Thread, a_step_goes_on_from_the_one_before_unless_it_says_otherwise) {
  const Thread thread({{"a", std::nullopt, true}, {"b", std::nullopt, true}, {"c", "a", true}});
  EXPECT_EQ(thread.last(), "c");
  EXPECT_EQ(thread.before("b"), "a");
  EXPECT_EQ(thread.before("c"), "a");
  EXPECT_EQ(thread.before("a"), std::nullopt);
  EXPECT_EQ(thread.before("nowhere"), std::nullopt);
}

TEST(Thread, what_was_not_understood_is_passed_over) {
  const Thread thread({{"a", std::nullopt, true}, {"b", std::nullopt, false}, {"c", "b", false}});
  EXPECT_EQ(thread.understood("c"), "a");
  EXPECT_EQ(thread.understood("a"), "a");
  EXPECT_EQ(thread.understood(std::nullopt), std::nullopt);
  EXPECT_EQ(Thread({{"x", std::nullopt, false}}).understood("x"), std::nullopt);
}

TEST(Thread, going_back_is_said_in_a_few_ways) {
  EXPECT_TRUE(wants_back("Go back"));
  EXPECT_TRUE(wants_back("undo!"));
  EXPECT_FALSE(wants_back("go back to 2024"));
}

}  // namespace
}  // namespace sextant::conversations
