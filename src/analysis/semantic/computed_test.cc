// Computed columns between SQL and readings: both ways, with an engine that judges and runs them.
#include "analysis/semantic/computed.h"

#include <gmock/gmock.h>

#include "analysis/ask/from_sql.h"
#include "analysis/ask/sql.h"
#include "analysis/ask/sql_tree.h"
#include "analysis/engine/test_workspace.h"
#include "base/json.h"

namespace sextant::semantic {
namespace {

using ::testing::HasSubstr;

struct ComputedColumns : ::testing::Test {
  ComputedColumns() {
    const auto catalog = workspace.catalog();
    for (const auto& source : catalog.sources) {
      for (const auto& stored : source.tables) {
        catalog::ModelTable table;
        table.name = stored.name;
        for (const auto& column : stored.columns) {
          catalog::ModelColumn one;
          one.name = column.name;
          one.original_name = column.original_name;
          one.type = column.type;
          table.columns.push_back(std::move(one));
        }
        table.keys = {table.columns.front().name};
        model.tables.push_back(std::move(table));
      }
    }
    model.joins = {{{"sales", "customer_id"},
                    {"customers", "customer_id"},
                    catalog::Cardinality::many_to_one,
                    1,
                    0}};
    engine = *engine::Engine::open(catalog, workspace.folder());
  }

  Result<ask::Recognised> read(const std::string& sql) {
    return ask::from_sql(
        model, sql,
        {[this](const std::string& text) { return engine->tree(text); },
         [this](const json::Value& tree) { return engine->print(tree); },
         [this](ask::Reading& reading) { return check_computed(model, reading, *engine); }});
  }

  json::Value tree_of(const std::string& sql) {
    return ask::tree::without_places(*engine->tree(sql));
  }

  std::string rows(const std::string& sql) {
    auto connection = engine->connect();
    auto result = connection->query(sql);
    return result ? json::dump(result->rows_to_json()) : result.error().message;
  }

  engine::TestWorkspace workspace;
  catalog::SemanticModel model;
  std::unique_ptr<engine::Engine> engine;
};

TEST_F(ComputedColumns, ComeBackAsTheyWereWritten) {
  for (
      const char* text : {
          R"j({"table":"sales","computed":[{"table":"sales","name":"net","expression":"amount - quantity"}],
               "columns":[{"table":"sales","column":"order_id"},{"table":"sales","column":"net"}],
               "filters":[{"any_of":[{"table":"sales","column":"net","op":"between","values":[1,9]}]}],
               "order":[{"by":"column","table":"sales","column":"net","descending":true}]})j",
          R"j({"table":"sales","computed":[{"table":"sales","name":"kind","expression":"CASE WHEN amount > 5 THEN 'large' ELSE 'small' END"}],
               "dimensions":[{"table":"sales","column":"kind"}],
               "measures":[{"aggregate":"count","table":"sales"}],"limit":2})j",
          R"j({"table":"sales","computed":[{"table":"sales","name":"due","expression":"order_date + 14"}],
               "dimensions":[{"table":"sales","column":"due","grain":"month"}],
               "measures":[{"aggregate":"max","table":"sales","column":"amount"}],
               "filters":[{"any_of":[{"table":"sales","column":"due","op":"greater","values":["2025-01-31"]}]}]})j",
          R"j({"table":"sales","computed":[{"table":"sales","name":"who","expression":"upper(customers.name)"},
                                           {"table":"sales","name":"price","expression":"amount / nullif(quantity, 0)"}],
               "dimensions":[{"table":"sales","column":"who"}],
               "measures":[{"aggregate":"avg","table":"sales","column":"price"}]
})j",
          R"j({"table":"customers","computed":[{"table":"sales","name":"price","expression":"amount / quantity"}],
               "columns":[{"table":"customers","column":"name"}],
               "filters":[{"any_of":[{"table":"sales","column":"price","op":"greater","values":[2]}]}]})j",
          R"j({"table":"sales","computed":[{"table":"sales","name":"half","expression":"ceil(month(order_date) / 6)"
}],
               "dimensions":[{"table":"sales","column":"region"},
                             {"table":"sales","column":"half","pivot":true,"values":[1,2]}],
               "measures":[{"aggregate":"sum","table":"sales","column":"amount"}]
})j",
      }) {
    auto given = *ask::reading_from_json(*json::parse(text));
    ASSERT_TRUE(check_computed(model, given, *engine)) << text;
    const auto sql = ask::to_sql(model, given);
    ASSERT_TRUE(sql) << text << "\n" << sql.error().message;
    EXPECT_THAT(rows(sql->text), ::testing::StartsWith("[[")) << sql->text;
    const auto back = read(sql->text);
    ASSERT_TRUE(back) << sql->text << "\n" << back.error().message;
    const auto again = ask::to_sql(model, back->reading);
    ASSERT_TRUE(again) << again.error().message;
    // The same statement; the engine writes brackets of its own.
    EXPECT_EQ(tree_of(again->text), tree_of(sql->text)) << json::dump(ask::to_json(back->reading));
    EXPECT_TRUE(back->notes.empty()) << sql->text;
    ASSERT_EQ(back->reading.computed.size(), given.computed.size());
    for (std::size_t i = 0; i < given.computed.size(); ++i) {
      EXPECT_EQ(back->reading.computed[i].type, given.computed[i].type);
    }
  }
}

// What people write: the rows of its reading are the rows of the statement.
TEST_F(ComputedColumns, AreMadeOfWhatPeopleWrite) {
  for (const char* sql : {
           "SELECT order_id, amount * 2 AS twice FROM sales WHERE twice > 5 ORDER BY order_id",
           "SELECT order_id, amount * 2 AS twice FROM sales WHERE amount * 2 > 5 ORDER BY 1",
           "SELECT upper(coalesce(region, '')) AS place, sum(amount - quantity) AS net FROM sales "
           "GROUP BY 1 "
           "ORDER BY 2 DESC",
           "SELECT strftime(order_date, '%Y-%m') AS month, count(*) FROM sales GROUP BY ALL "
           "ORDER BY 1",
           "SELECT order_id FROM sales WHERE region LIKE 'N%' AND amount > quantity ORDER BY 1",
           "SELECT order_id FROM sales WHERE (region = 'North' AND quantity > 3) OR amount > 6 "
           "ORDER BY 1",
           "SELECT c.name, sum(CASE WHEN s.region = 'North' THEN 1 ELSE 0 END) AS north "
           "FROM sales s JOIN customers c ON s.customer_id = c.customer_id GROUP BY 1 ORDER BY 2, "
           "1",
           "SELECT region, round(avg(amount / quantity), 2) FROM sales GROUP BY 1",
           "SELECT order_id FROM sales ORDER BY amount / quantity DESC, order_id LIMIT 2",
           "SELECT amount FROM sales WHERE year(order_date) = 2025 AND order_date + 1 > "
           "'2025-02-01' ORDER BY amount",
           "SELECT s.order_id FROM sales s JOIN customers c ON s.customer_id = c.customer_id "
           "WHERE length(c.name) > s.quantity ORDER BY 1",
       }) {
    const auto found = read(sql);
    if (std::string_view(sql).contains("round(avg") || std::string_view(sql).contains("twice >")) {
      EXPECT_FALSE(found) << sql;
      continue;
    }
    ASSERT_TRUE(found) << sql << "\n" << found.error().message;
    EXPECT_FALSE(found->reading.computed.empty()) << sql;
    const auto again = ask::to_sql(model, found->reading);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(rows(again->text), rows(sql)) << again->text;
  }
}

TEST_F(ComputedColumns, KeepTheNamesThatTheyAreGiven) {
  const auto found = read(
      "SELECT sum(amount - quantity) AS total_net, avg(amount - quantity) FROM sales "
      "WHERE length(region) = 4");
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found->reading.computed.size(), 2U);
  EXPECT_EQ(found->reading.computed[0].name, "length(region)");
  EXPECT_EQ(found->reading.computed[1].name, "net");
  EXPECT_EQ(found->reading.computed[1].expression, R"("sales"."amount" - "sales"."quantity")");
}

TEST_F(ComputedColumns, AreRefusedWhereARowHasNoValue) {
  constexpr std::pair<const char*, const char*> kCases[] = {
      {"SELECT string_agg(region, ',') FROM sales", "worked out row by row"},
      {"SELECT 1 AS one FROM sales", "the same for all rows"},
      {"SELECT amount + (SELECT max(amount) FROM sales) FROM sales", "has no place"},
      {"SELECT nothing + 1 FROM sales", "no column of the tables"},
      {"SELECT c.name FROM customers c JOIN sales s ON lower(c.name) = s.region",
       "Only a column has its place"},
  };
  for (const auto& [sql, words] : kCases) {
    const auto found = read(sql);
    ASSERT_FALSE(found) << sql;
    EXPECT_THAT(found.error().message, HasSubstr(words)) << sql;
    EXPECT_TRUE(found.error().detail.contains("inexpressible")) << sql;
  }
}

}  // namespace
}  // namespace sextant::semantic
