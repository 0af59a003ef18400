#include "base/sql_text.h"

#include <gtest/gtest.h>

namespace sextant::sql {
namespace {

TEST(NormaliseTest, gaps_and_comments_do_not_matter) {
  const std::string plain = "SELECT a, b FROM t WHERE x = 1";
  EXPECT_EQ(normalise("  SELECT a,\n b -- the second\nFROM t /* all */ WHERE x  = 1 ;; "), plain);
  EXPECT_EQ(normalise(plain), plain);
}

TEST(NormaliseTest, what_is_quoted_stays) {
  EXPECT_EQ(normalise("SELECT 'a  -- b', \"c  d\""), "SELECT 'a  -- b', \"c  d\"");
  EXPECT_NE(normalise("SELECT 'a b'"), normalise("SELECT 'a  b'"));
  EXPECT_NE(normalise("SELECT a"), normalise("SELECT A"));
}

TEST(NormaliseTest, a_gap_is_not_nothing) {
  EXPECT_NE(normalise("SELECT a b"), normalise("SELECT ab"));
  EXPECT_NE(normalise("SELECT 1 - -1"), normalise("SELECT 1 --1"));
  EXPECT_EQ(normalise(" ; "), "");
}

}  // namespace
}  // namespace sextant::sql
