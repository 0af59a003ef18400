#include "analysis/engine/describe.h"

#include <gmock/gmock.h>

#include "analysis/engine/engine.h"
#include "analysis/engine/test_workspace.h"

namespace sextant::engine {
namespace {

using ::testing::ElementsAre;

struct DescribeTest : ::testing::Test {
  std::vector<std::string> words(const std::string& sql) {
    auto checked = engine->check(sql);
    EXPECT_TRUE(checked) << checked.error().message;
    return checked ? checked->sentences : std::vector<std::string>{};
  }
  TestWorkspace workspace;
  std::unique_ptr<Engine> engine = *Engine::open(workspace.catalog(), workspace.folder());
};

TEST_F(DescribeTest, a_list) {
  EXPECT_THAT(
      words("SELECT DISTINCT region, quantity * 2 AS twice FROM sales "
            "WHERE quantity BETWEEN 1 AND 5 AND NOT (region IS NULL) OR region LIKE 'N%'"),
      ElementsAre("Reads sales.",
                  "Keeps the rows where (quantity is from 1 to 5 and not (region is missing)) "
                  "or region is like N%.",
                  "Shows region and quantity * 2 as twice.", "Gives each different row once."));
}

TEST_F(DescribeTest, groups_and_their_joins) {
  EXPECT_THAT(
      words("SELECT date_trunc('month', order_date) AS month, avg(amount) FROM sales s "
            "LEFT JOIN customers c ON s.customer_id = c.customer_id GROUP BY ALL "
            "ORDER BY 1 LIMIT 3 OFFSET 2"),
      ElementsAre("Reads sales with customers where s.customer_id is c.customer_id, also "
                  "rows of the first without a match.",
                  "For each the month of order_date as month computes the average of amount.",
                  "Sorts by 1.", "Leaves out the first 2 rows.", "Gives at most 3 rows."));
}

TEST_F(DescribeTest, one_row_of_all) {
  EXPECT_THAT(words("SELECT count(*), count(DISTINCT region) FROM sales"),
              ElementsAre("Reads sales.",
                          "Computes the number of rows and the number of different "
                          "region over all rows."));
  EXPECT_THAT(words("SELECT 1 AS one"), ElementsAre("Shows 1 as one."));
}

TEST_F(DescribeTest, parts) {
  EXPECT_THAT(words("WITH a AS (SELECT 1 AS x) SELECT x FROM a UNION ALL SELECT 2"),
              ElementsAre("For a: Shows 1 as x.", "Reads a.", "Shows x.", "And: Shows 2.",
                          "Gives the rows of both, one after the other."));
}

TEST_F(DescribeTest, every_kind_of_statement_has_words) {
  for (const char* sql :
       {"FROM sales", "DESCRIBE sales", "SUMMARIZE sales", "VALUES (1), (2)",
        "SELECT sum(amount) OVER (PARTITION BY region ORDER BY order_date) FROM sales",
        "PIVOT sales ON region IN ('North', 'South') USING sum(amount)",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) "
        "SELECT max(n) FROM t",
        "SELECT CASE WHEN quantity > 1 THEN 'a' END, (SELECT 1), [1, 2], {'a': 1} "
        "FROM sales"}) {
    EXPECT_FALSE(words(sql).empty()) << sql;
  }
}

}  // namespace
}  // namespace sextant::engine
