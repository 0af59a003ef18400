#include "analysis/engine/expand.h"

#include <gmock/gmock.h>

#include "analysis/engine/engine.h"
#include "analysis/engine/test_workspace.h"

namespace sextant::engine {
namespace {

struct ExpandTest : ::testing::Test {
  Result<std::string> rows(const std::string& sql, const SavedQueries& saved) {
    std::string out;
    TRY_VOID(engine->run({.sql = sql, .saved = saved}, [&](std::string_view bytes) {
      out += bytes;
      return Result<>();
    }));
    return out;
  }
  Error error(const std::string& sql, const SavedQueries& saved) {
    auto result = rows(sql, saved);
    EXPECT_FALSE(result) << sql;
    return result ? Error() : result.error();
  }
  TestWorkspace workspace;
  std::unique_ptr<Engine> engine = *Engine::open(workspace.catalog(), workspace.folder());
};

TEST_F(ExpandTest, a_saved_query_is_read_like_a_table) {
  const SavedQueries saved{{"big", "SELECT * FROM sales WHERE quantity > 3; -- more than three"},
                           {"of_big", "SELECT count(*) AS n FROM saved.big"}};
  EXPECT_EQ(rows("SELECT n FROM saved.of_big", saved).value(), "[3]");
  EXPECT_EQ(rows("SELECT b.order_id FROM SAVED . big b ORDER BY 1 LIMIT 1", saved).value(), "[1]");
  EXPECT_EQ(rows("SELECT max(big.order_id) FROM saved.\"big\"", saved).value(), "[5]");
  EXPECT_EQ(
      rows("SELECT \"Unit price (EUR)\" FROM saved.big ORDER BY order_id LIMIT 1", saved).value(),
      "[2.50]");
}

TEST_F(ExpandTest, names_around_it_do_not_reach_in) {
  const SavedQueries saved{{"n", "SELECT count(*) AS n FROM sales"}};
  EXPECT_EQ(rows("WITH sales AS (SELECT 1) SELECT n FROM saved.n", saved).value(), "[6]");
}

TEST_F(ExpandTest, errors_stand_where_they_were_written) {
  const SavedQueries saved{{"good", "SELECT region FROM sales"},
                           {"bad", "SELECT  regon FROM sales"}};
  const auto inside = error("SELECT * FROM saved.bad", saved);
  EXPECT_EQ(inside.detail.at("saved_query").as_string(), "bad");
  EXPECT_EQ(inside.detail.at("position").as_int64(), 8);
  EXPECT_THAT(inside.message, ::testing::StartsWith("In saved.bad: "));
  const auto outside = error("SELECT region FROM saved.good WHERE regon = 1", saved);
  EXPECT_EQ(outside.detail.at("position").as_int64(), 36);
  EXPECT_FALSE(outside.detail.contains("saved_query"));
  EXPECT_EQ(error("SELECT * FROM saved.god", saved).hint, "Did you mean saved.good?");
}

TEST_F(ExpandTest, a_cycle_is_told) {
  const SavedQueries saved{{"a", "FROM saved.b"}, {"b", "FROM saved.a"}};
  EXPECT_EQ(json::dump(error("FROM saved.a", saved).detail.at("cycle")), R"(["a","b","a"])");
}

TEST_F(ExpandTest, each_text_must_be_a_statement_of_its_own) {
  EXPECT_EQ(error("FROM saved.x", {{"x", "SELECT 1) UNION ALL (SELECT 2"}}).code,
            ErrorCode::invalid_sql);
  EXPECT_EQ(error("FROM saved.x", {{"x", "SELECT * FROM read_text('/etc/passwd')"}}).code,
            ErrorCode::invalid_sql);
  EXPECT_EQ(error("FROM saved.x", {{"x", "SELECT 1; SELECT 2"}}).code, ErrorCode::invalid_sql);
}

}  // namespace
}  // namespace sextant::engine
