#include "platform/queries/problems.h"

#include <gtest/gtest.h>

namespace sextant::queries {
namespace {

Problem at(std::string_view sql, std::int64_t position) {
  return problem_of(Error(ErrorCode::invalid_sql, "m", "h", {{"position", position}}), sql);
}

TEST(ProblemsTest, the_whole_name_is_marked) {
  const auto problem = at("SELECT a.citty, 1", 7);
  EXPECT_EQ(problem.from, 7);
  EXPECT_EQ(problem.to, 14);
  EXPECT_EQ(problem.hint, "h");
}

TEST(ProblemsTest, places_are_counted_as_browsers_do) {
  const std::string sql = "SELECT '☃𝄞é', citty";
  const auto problem = at(sql, static_cast<std::int64_t>(sql.find("citty")));
  EXPECT_EQ(problem.from, 15);
  EXPECT_EQ(problem.to, 20);
}

TEST(ProblemsTest, the_end_and_beyond_it) {
  EXPECT_EQ(at("SELECT", 6).from, 6);
  EXPECT_EQ(at("SELECT", 60).to, 6);
}

TEST(ProblemsTest, places_in_a_saved_query_are_not_places_here) {
  const auto problem = problem_of(
      Error(ErrorCode::invalid_sql, "m", "", {{"position", 3}, {"saved_query", "x"}}), "SELECT 1");
  EXPECT_EQ(problem.saved_query, "x");
  EXPECT_EQ(problem.position, 3);
  EXPECT_FALSE(problem.from);
}

}  // namespace
}  // namespace sextant::queries
