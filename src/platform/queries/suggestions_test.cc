#include "platform/queries/suggestions.h"

#include <gmock/gmock.h>

namespace sextant::queries {
namespace {

Problem problem(std::string message, std::string hint, std::optional<std::int64_t> position) {
  Problem out;
  out.message = std::move(message);
  out.hint = std::move(hint);
  out.position = position;
  return out;
}

TEST(SuggestionsTest, a_misspelt_name_is_replaced) {
  const auto fixes =
      corrections("SELECT s.citty FROM s", problem("not found", "Did you mean `city`?", 7));
  ASSERT_EQ(fixes.size(), 1u);
  EXPECT_EQ(fixes[0].sql_query, "SELECT s.city FROM s");
  EXPECT_EQ(fixes[0].reason, "citty is not there; city is.");
  EXPECT_EQ(corrections("SELECT upperr(x)", problem("", "Did you mean upper()?", 7))[0].sql_query,
            "SELECT upper(x)");
  EXPECT_TRUE(corrections("SELECT 'x'", problem("", "Did you mean `x`?", 7)).empty());
}

TEST(SuggestionsTest, what_is_beside_an_aggregate_is_grouped_by) {
  const auto fix = [](const char* sql) {
    return corrections(sql, problem("must appear in the GROUP BY clause", "", 7))[0].sql_query;
  };
  EXPECT_EQ(fix("SELECT a, sum(b) FROM t;"), "SELECT a, sum(b) FROM t GROUP BY ALL;");
  EXPECT_EQ(fix("SELECT a, sum(b) FROM (SELECT * FROM t LIMIT 5) ORDER BY 1"),
            "SELECT a, sum(b) FROM (SELECT * FROM t LIMIT 5) GROUP BY ALL ORDER BY 1");
}

TEST(SuggestionsTest, quotes_around_a_parameter_go) {
  EXPECT_EQ(corrections("SELECT * FROM t WHERE m = '{{month}}' AND x",
                        problem("", "Write {{month}} without quotes; its value is bound.", 26))[0]
                .sql_query,
            "SELECT * FROM t WHERE m = {{month}} AND x");
}

TEST(SuggestionsTest, a_table_is_seen_by_time_and_by_dimension) {
  catalog::ModelTable table;
  table.name = "orders";
  table.display_name = "Orders";
  table.time_column = "day";
  catalog::ModelColumn amount, city, note;
  amount.name = "amount";
  amount.display_name = "Amount";
  amount.role = catalog::Role::measure;
  amount.default_aggregation = catalog::Aggregation::sum;
  city.name = "city";
  city.display_name = "City";
  city.distinct = 5;
  note.name = "note";
  note.distinct = 100'000;
  table.columns = {amount, city, note};
  std::vector<std::string> questions;
  for (const auto& made : queries_over(table)) questions.push_back(made.question);
  EXPECT_THAT(questions,
              ::testing::ElementsAre("How does the total Amount of Orders develop by month?",
                                     "Which City has the most: total Amount?",
                                     "How is Amount distributed?"));
  table.columns.clear();
  table.time_column.reset();
  EXPECT_TRUE(queries_over(table).empty());
}

}  // namespace
}  // namespace sextant::queries
