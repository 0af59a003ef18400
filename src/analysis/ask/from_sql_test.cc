#include "analysis/ask/from_sql.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/ask/pivot.h"
#include "analysis/ask/sql.h"
#include "analysis/engine/gate.h"
#include "base/json.h"

namespace sextant::ask {
namespace {

using ::testing::HasSubstr;

catalog::ModelColumn column(const std::string& name, const std::string& type) {
  catalog::ModelColumn c;
  c.name = c.original_name = name;
  c.type = type;
  return c;
}

// orders → customers (also by who pays), order_items → orders, returns → orders, tickets →
// customers
catalog::SemanticModel shop() {
  catalog::SemanticModel model;
  catalog::ModelTable customers, orders, items, returns, tickets;
  customers.name = "customers";
  customers.columns = {column("id", "BIGINT"), column("name", "VARCHAR"),
                       column("country", "VARCHAR"), column("renewal", "VARCHAR")};
  customers.columns.back().semantic_type = catalog::SemanticType::month;
  customers.keys = {"id"};
  orders.name = "orders";
  orders.columns = {column("order_id", "BIGINT"), column("customer_id", "BIGINT"),
                    column("payer_id", "BIGINT"), column("day", "DATE"),
                    column("status", "VARCHAR"),  column("amount", "DOUBLE"),
                    column("paid", "BOOLEAN")};
  orders.keys = {"order_id"};
  items.name = "order_items";
  items.columns = {column("item_id", "BIGINT"), column("order_id", "BIGINT"),
                   column("product", "VARCHAR"), column("quantity", "BIGINT"),
                   column("price", "DOUBLE")};
  items.keys = {"item_id"};
  returns.name = "returns";
  returns.columns = {column("return_id", "BIGINT"), column("order_id", "BIGINT"),
                     column("reason", "VARCHAR"), column("refund", "DOUBLE")};
  returns.keys = {"return_id"};
  tickets.name = "tickets";
  tickets.columns = {column("ticket_id", "BIGINT"), column("customer_id", "BIGINT"),
                     column("topic", "VARCHAR"), column("minutes", "DOUBLE")};
  tickets.keys = {"ticket_id"};
  model.tables = {customers, orders, items, returns, tickets};
  model.joins = {
      {{"orders", "customer_id"}, {"customers", "id"}, catalog::Cardinality::many_to_one, 1, 0},
      {{"order_items", "order_id"},
       {"orders", "order_id"},
       catalog::Cardinality::many_to_one,
       1,
       0},
      {{"orders", "payer_id"}, {"customers", "id"}, catalog::Cardinality::many_to_one, 1, 0},
      {{"returns", "order_id"}, {"orders", "order_id"}, catalog::Cardinality::many_to_one, 1, 0},
      {{"tickets", "customer_id"}, {"customers", "id"}, catalog::Cardinality::many_to_one, 1, 0}};
  model.metrics = {{"revenue",
                    "sum(\"order_items\".\"quantity\" * \"order_items\".\"price\")",
                    "order_items",
                    "EUR",
                    {}}};
  return model;
}

struct FromSql : ::testing::Test {
  FromSql() {
    catalog::SourceVersion source;
    for (const auto& table : model.tables) {
      catalog::Table one;
      one.name = table.name;
      source.tables.push_back(std::move(one));
    }
    catalog.sources.push_back(std::move(source));
    auto opened = engine::Database::open();
    database = std::make_unique<engine::Database>(std::move(*opened));
    auto made = engine::Gate::create(*database);
    gate = std::make_unique<engine::Gate>(std::move(*made));
    tools.parse = [this](const std::string& sql) { return gate->tree(sql, catalog); };
    tools.print = [this](const json::Value& tree) { return gate->print(tree); };
    tools.complete = [](Reading&) { return Result<>(); };
  }

  Reading reading(const std::string& text) const { return *reading_from_json(*json::parse(text)); }

  catalog::SemanticModel model = shop();
  catalog::Catalog catalog;
  std::unique_ptr<engine::Database> database;
  std::unique_ptr<engine::Gate> gate;
  SqlTools tools;
};

// Readings as JSON; each is written as SQL and read back.
constexpr const char* kReadings[] = {
    R"({"table":"orders","columns":[{"table":"orders","column":"status"}]})",
    R"({"table":"orders","distinct":true,"columns":[{"table":"orders","column":"status"}]})",
    R"({"table":"orders","measures":[{"aggregate":"count","table":"orders"}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"status"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount","share":true}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"day","grain":"month"}],
        "measures":[{"aggregate":"avg","table":"orders","column":"amount"}]})",
    // Figures before their groups.
    R"({"table":"orders","figures_first":true,"dimensions":[{"table":"orders","column":"status"},
        {"table":"orders","column":"day","grain":"year"}],
        "measures":[{"aggregate":"count","table":"orders"},
                    {"aggregate":"sum","table":"orders","column":"amount","share":true}],
        "order":[{"by":"dimension","index":1,"descending":true}],"limit":5})",
    R"({"table":"customers","figures_first":true,"dimensions":[{"table":"customers","column":"name"},
        {"table":"customers","column":"id","hidden":true}],
        "measures":[{"aggregate":"count","table":"orders"}]})",
    R"({"table":"customers","dimensions":[{"table":"customers","column":"renewal"}],
        "measures":[{"aggregate":"count","table":"customers"}]})",
    R"({"table":"customers","dimensions":[{"table":"customers","column":"renewal"}],
        "measures":[{"aggregate":"count","table":"customers"}],
        "order":[{"by":"dimension","index":0,"descending":false}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"day","grain":"year"},
        {"table":"orders","column":"status"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount","window":"running_total"},
                    {"aggregate":"sum","table":"orders","column":"amount","window":"growth"},
                    {"aggregate":"sum","table":"orders","column":"amount","window":"change"}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"day","grain":"weekday"}],
        "measures":[{"aggregate":"count","table":"orders"}]})",
    // In the order of the calendar, as it goes by itself or as it is said.
    R"({"table":"orders","dimensions":[{"table":"orders","column":"day","grain":"month_name"}],
        "measures":[{"aggregate":"count","table":"orders"}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"day","grain":"month_name"}],
        "measures":[{"aggregate":"count","table":"orders"}],
        "order":[{"by":"dimension","index":0,"descending":true}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"day","grain":"weekday"}],
        "measures":[{"aggregate":"count","table":"orders"}],
        "order":[{"by":"dimension","index":0,"descending":false}]})",
    R"({"table":"orders","dimensions":[{"table":"customers","column":"country"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"}],
        "having":[{"measure":0,"op":"greater","value":100.0}],
        "order":[{"by":"measure","index":0,"descending":true}],"limit":5})",
    R"({"table":"orders","columns":[{"table":"orders","column":"status"}],
        "order":[{"by":"column","table":"orders","column":"amount","descending":true}],
        "limit":1,"offset":1})",
    R"({"table":"orders","columns":[{"table":"orders","column":"amount"}],"filters":[
        {"any_of":[{"table":"orders","column":"day","op":"between","values":["2025-01-01","2025-02-01"]}]},
        {"any_of":[{"table":"orders","column":"status","op":"equal","values":["a"]},
                   {"table":"orders","column":"status","op":"is_null"}]},
        {"any_of":[{"table":"orders","column":"amount","op":"between","values":[1,2.5]}],"negated":true},
        {"any_of":[{"table":"orders","column":"status","op":"not_equal","values":["x'y"]}]},
        {"any_of":[{"table":"customers","column":"name","op":"contains","values":["son"]}]},
        {"any_of":[{"table":"orders","column":"paid","op":"equal","values":[true]}]}]})",
    R"({"table":"customers","columns":[{"table":"customers","column":"name"}],
        "filters":[{"any_of":[{"table":"order_items","column":"product","op":"equal","values":["Tent"]}]}]})",
    R"({"table":"customers","columns":[{"table":"customers","column":"name"}],
        "absences":[{"table":"orders"}]})",
    R"({"table":"customers","columns":[{"table":"customers","column":"name"}],
        "absences":[{"table":"orders","negated":true}]})",
    R"({"table":"orders","columns":[{"table":"orders","column":"order_id"}],"filters":[{"any_of":[
        {"table":"orders","column":"amount","op":"greater","of":[{"table":"orders","measures":
        [{"aggregate":"avg","table":"orders","column":"amount"}]}]}]}]})",
    R"({"table":"customers","columns":[{"table":"customers","column":"name"}],"filters":[{"negated":true,
        "any_of":[{"table":"customers","column":"id","op":"in","of":[{"table":"orders","columns":
        [{"table":"orders","column":"customer_id"}],"filters":[{"any_of":[
        {"table":"orders","column":"status","op":"equal","values":["open"]}]}]}]}]}]})",
    R"({"table":"orders","measures":[{"arithmetic":"percentage","operands":[
        {"aggregate":"count","table":"orders","filters":[{"any_of":[
           {"table":"orders","column":"status","op":"equal","values":["returned"]}]}]},
        {"aggregate":"count","table":"orders"}]}]})",
    R"({"table":"orders","measures":[{"arithmetic":"difference","operands":[
        {"aggregate":"max","table":"orders","column":"amount"},
        {"aggregate":"min","table":"orders","column":"amount"}]},
        {"aggregate":"percentile","fraction":0.9,"table":"orders","column":"amount"},
        {"aggregate":"median","table":"orders","column":"amount"},
        {"aggregate":"count_distinct","table":"orders","column":"status"}]})",
    R"({"table":"order_items","dimensions":[{"table":"order_items","column":"product"}],
        "measures":[{"metric":"revenue","table":"order_items"}]})",
    R"({"table":"orders","dimensions":[{"table":"order_items","column":"product"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"}]})",
    R"({"table":"customers","dimensions":[{"table":"customers","column":"name"},
        {"table":"customers","column":"id","hidden":true}],
        "measures":[{"aggregate":"count","table":"orders","hidden":true}],
        "order":[{"by":"measure","index":0,"descending":true}],"limit":3})",
    R"({"table":"orders","per_group":true,"limit":2,"dimensions":[{"table":"customers","column":"country"},
        {"table":"orders","column":"status"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"}]})",
    R"({"table":"orders","combine":"intersect","columns":[{"table":"customers","column":"country"}],
        "others":[{"table":"orders","distinct":true,"columns":[{"table":"customers","column":"country"}],
        "filters":[{"any_of":[{"table":"orders","column":"amount","op":"greater","values":[10]}]}]}]})",
    R"({"table":"orders","matched":true,"columns":[{"table":"orders","column":"order_id"},
        {"table":"customers","column":"name"}]})",
    // Figures of several tables, each computed by itself.
    R"({"table":"orders","dimensions":[{"table":"customers","column":"country"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"},
                    {"aggregate":"sum","table":"returns","column":"refund"}]})",
    R"({"table":"orders","dimensions":[{"table":"customers","column":"country"}],
        "measures":[{"aggregate":"count","table":"orders"},
                    {"aggregate":"sum","table":"returns","column":"refund","share":true},
                    {"aggregate":"avg","table":"tickets","column":"minutes"}],
        "filters":[{"any_of":[{"table":"returns","column":"reason","op":"equal","values":["late"]}]},
                   {"any_of":[{"table":"tickets","column":"topic","op":"equal","values":["size"]}]}],
        "having":[{"measure":0,"op":"greater","value":1}],
        "order":[{"by":"measure","index":2,"descending":true}],"limit":3})",
    R"({"table":"returns","measures":[{"arithmetic":"percentage","operands":[
        {"aggregate":"sum","table":"returns","column":"refund"},
        {"aggregate":"sum","table":"orders","column":"amount"}]}]})",
    R"({"table":"orders","dimensions":[{"table":"order_items","column":"product"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"},
                    {"aggregate":"sum","table":"order_items","column":"quantity"}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"day","grain":"weekday"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"},
                    {"aggregate":"sum","table":"returns","column":"refund","window":"running_total"}]})",
    // Another join of the same tables; rows without a partner left out.
    R"({"table":"orders","dimensions":[{"table":"customers","column":"country"}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"}],
        "joins":[{"left":{"table":"orders","column":"payer_id"},
                  "right":{"table":"customers","column":"id"}}]})",
    R"({"table":"customers","columns":[{"table":"customers","column":"name"}],
        "filters":[{"any_of":[{"table":"orders","column":"status","op":"equal","values":[""]}]}],
        "joins":[{"left":{"table":"orders","column":"payer_id"},
                  "right":{"table":"customers","column":"id"}}]})",
    R"({"table":"customers","columns":[{"table":"customers","column":"name"}],
        "absences":[{"table":"returns"}],
        "joins":[{"left":{"table":"orders","column":"payer_id"},
                  "right":{"table":"customers","column":"id"}}]})",
    R"({"table":"order_items","dimensions":[{"table":"customers","column":"country"}],
        "measures":[{"aggregate":"sum","table":"order_items","column":"quantity"}],
        "joins":[{"left":{"table":"orders","column":"customer_id"},
                  "right":{"table":"customers","column":"id"},"inner":true}]})",
    // Values as columns.
    R"({"table":"orders","dimensions":[{"table":"customers","column":"country"},
        {"table":"orders","column":"day","grain":"month","pivot":true,
         "values":["2025-01-01","2025-02-01",null]}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"paid","pivot":true,
         "values":[true,false]},{"table":"orders","column":"status"}],
        "measures":[{"aggregate":"count","table":"orders","share":true},
                    {"aggregate":"avg","table":"orders","column":"amount"}],
        "having":[{"measure":0,"op":"greater","value":2}],
        "order":[{"by":"measure","index":1,"descending":true},{"by":"dimension","index":1,"descending":true}],
        "limit":5})",
    R"({"table":"orders","dimensions":[{"table":"customers","column":"country"},
        {"table":"orders","column":"paid","pivot":true,"values":[true,false]},
        {"table":"orders","column":"status"}],"per_group":true,"limit":2,
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"}]})",
    R"({"table":"orders","dimensions":[{"table":"customers","column":"country"},
        {"table":"orders","column":"paid","pivot":true,"values":[true,false]},
        {"table":"orders","column":"status"}],"per_group":true,"limit":1,
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"},
                    {"aggregate":"avg","table":"orders","column":"amount"}],
        "order":[{"by":"measure","index":1,"descending":false}]})",
    R"({"table":"orders","dimensions":[{"table":"orders","column":"day","grain":"year","pivot":true,
         "values":[2024,2025]}],
        "measures":[{"aggregate":"sum","table":"orders","column":"amount"}]})",
};

TEST_F(FromSql, ReadsBackWhatTheGeneratorWrites) {
  for (const char* text : kReadings) {
    const Reading given = reading(text);
    const auto sql = to_sql(model, given);
    ASSERT_TRUE(sql) << text << "\n" << sql.error().message;
    const auto back = from_sql(model, sql->text, tools);
    ASSERT_TRUE(back) << sql->text << "\n" << back.error().message;
    EXPECT_TRUE(same_meaning(given, back->reading)) << sql->text << "\n"
                                                    << json::dump(to_json(given)) << "\n"
                                                    << json::dump(to_json(back->reading));
    EXPECT_TRUE(back->notes.empty()) << sql->text;
  }
}

// What people write, and the SQL of its reading.
struct Written {
  const char* sql;
  const char* reading;
};

TEST_F(FromSql, ReadsWhatPeopleWrite) {
  constexpr Written kCases[] = {
      {"SELECT status, SUM(amount) AS total FROM orders GROUP BY status",
       R"({"table":"orders","dimensions":[{"table":"orders","column":"status"}],
           "measures":[{"aggregate":"sum","table":"orders","column":"amount"}]})"},
      {"SELECT c.country, avg(o.amount) FROM orders o JOIN customers c ON o.customer_id = c.id "
       "WHERE o.status IN ('a', 'b') AND c.name ILIKE '%son' GROUP BY ALL ORDER BY 2 DESC LIMIT 3",
       R"({"table":"orders","matched":true,"along":["customers"],
           "dimensions":[{"table":"customers","column":"country"}],
           "measures":[{"aggregate":"avg","table":"orders","column":"amount"}],"filters":[
           {"any_of":[{"table":"orders","column":"status","values":["a"]},
                      {"table":"orders","column":"status","values":["b"]}]},
           {"any_of":[{"table":"customers","column":"name","op":"ends_with","values":["son"]}]}],
           "order":[{"by":"measure","index":0}],"limit":3})"},
      {"SELECT order_id FROM orders WHERE status <> 'open' AND day BETWEEN '2025-01-01' AND "
       "'2025-01-31'",
       R"({"table":"orders","columns":[{"table":"orders","column":"order_id"}],"filters":[
           {"any_of":[{"table":"orders","column":"status","op":"not_equal","values":["open"]}]},
           {"any_of":[{"table":"orders","column":"status","op":"not_null"}]},
           {"any_of":[{"table":"orders","column":"day","op":"greater_or_equal","values":["2025-01-01"]}]},
           {"any_of":[{"table":"orders","column":"day","op":"less_or_equal","values":["2025-01-31"]}]}]})"},
  };
  for (const auto& [sql, expected] : kCases) {
    const auto found = from_sql(model, sql, tools);
    ASSERT_TRUE(found) << sql << "\n" << found.error().message;
    EXPECT_TRUE(same_meaning(reading(expected), found->reading))
        << sql << "\n"
        << json::dump(to_json(found->reading));
  }
}

// The figures of several tables, each of whose rows count once whatever the joins of the others do.
TEST_F(FromSql, FiguresOfSeveralTablesCountTheirRowsOnce) {
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  for (const char* statement :
       {"CREATE TABLE customers AS FROM (VALUES (1,'Ada','Norway'),(2,'Ben','Norway'),"
        "(3,'Cleo','Spain'),(4,'Dan',NULL)) t(id,name,country)",
        "CREATE TABLE orders AS FROM (VALUES (1,1,3,DATE '2025-01-01','open',10.0,true),"
        "(2,1,1,DATE '2025-01-02','done',20.0,true),(3,2,2,DATE '2025-02-01','done',5.0,false),"
        "(4,3,3,DATE '2025-02-03','done',7.0,true),(5,4,4,DATE '2025-02-03','open',1.0,true)) "
        "t(order_id,customer_id,payer_id,day,status,amount,paid)",
        "CREATE TABLE order_items AS FROM (VALUES (1,1,'Tent',1,10.0)) "
        "t(item_id,order_id,product,quantity,price)",
        "CREATE TABLE returns AS FROM (VALUES (1,1,'late',3.0),(2,1,'size',4.0),(3,5,'late',0.5)) "
        "t(return_id,order_id,reason,refund)",
        "CREATE TABLE tickets AS FROM (VALUES "
        "(1,1,'size',30.0),(2,1,'late',10.0),(3,3,'size',6.0)) "
        "t(ticket_id,customer_id,topic,minutes)"}) {
    ASSERT_TRUE(connection->query(statement)) << statement;
  }
  const auto rows = [&](const std::string& text) -> std::string {
    const auto sql = to_sql(model, reading(text));
    if (!sql) return sql.error().message;
    auto result = connection->query(sql->text);
    return result ? json::dump(result->rows_to_json()) : sql->text + "\n" + result.error().message;
  };
  const std::string by_country =
      R"({"table":"orders","dimensions":[{"table":"customers","column":"country"}],
          "order":[{"by":"dimension","index":0,"descending":false}],"measures":[
          {"aggregate":"sum","table":"orders","column":"amount"},
          {"aggregate":"sum","table":"returns","column":"refund"},
          {"aggregate":"count","table":"tickets"}])";
  EXPECT_EQ(rows(by_country + "}"), R"([["Norway",35,7,2],["Spain",7,null,1],[null,1,0.5,0]])");
  EXPECT_EQ(rows(by_country + R"(,"filters":[{"any_of":[
                 {"table":"returns","column":"reason","op":"equal","values":["late"]}]}]})"),
            R"([["Norway",10,3,2],[null,1,0.5,0]])");
  EXPECT_EQ(rows(by_country + R"(,"filters":[{"any_of":[
                 {"table":"tickets","column":"topic","op":"equal","values":["late"]}]}]})"),
            R"([["Norway",30,7,1]])");
  // A group that lies on the many side of both.
  EXPECT_EQ(rows(R"({"table":"orders","dimensions":[{"table":"tickets","column":"topic"}],
                     "order":[{"by":"dimension","index":0,"descending":false}],"measures":[
                     {"aggregate":"sum","table":"orders","column":"amount"},
                     {"aggregate":"count","table":"returns"}]})"),
            R"([["late",30,2],["size",37,2]])");
  // Quotients of figures of two tables.
  EXPECT_EQ(rows(R"({"table":"orders","measures":[{"arithmetic":"ratio","operands":[
                     {"aggregate":"sum","table":"returns","column":"refund"},
                     {"aggregate":"count","table":"orders"}]}]})"),
            "[[1.5]]");
  // By who pays: another way between the same tables.
  EXPECT_EQ(rows(R"({"table":"orders","dimensions":[{"table":"customers","column":"name"}],
                     "measures":[{"aggregate":"sum","table":"orders","column":"amount"}],
                     "joins":[{"left":{"table":"orders","column":"payer_id"},
                               "right":{"table":"customers","column":"id"}}]})"),
            R"([["Ada",20],["Cleo",17],["Ben",5],["Dan",1]])");
  Reading pivot =
      reading(R"({"table":"orders","dimensions":[{"table":"customers","column":"country"},
      {"table":"orders","column":"day","grain":"month","pivot":true}],
      "measures":[{"aggregate":"sum","table":"orders","column":"amount"}]})");
  ASSERT_TRUE(fill_pivot(model, pivot, *connection));
  const auto sql = to_sql(model, pivot);
  ASSERT_TRUE(sql) << sql.error().message;
  ASSERT_EQ(sql->columns.size(), 3U);
  EXPECT_EQ(sql->columns[1].name, "2025-01");
  auto result = connection->query(sql->text);
  ASSERT_TRUE(result) << sql->text;
  EXPECT_EQ(json::dump(result->rows_to_json()),
            R"([["Norway",30,5],["Spain",null,7],[null,null,1]])");
}

TEST_F(FromSql, APivotHasAtMostSoManyColumns) {
  Reading pivot = reading(R"({"table":"orders","dimensions":[{"table":"orders","column":"order_id",
      "pivot":true}],"measures":[{"aggregate":"sum","table":"orders","column":"amount"},
      {"aggregate":"count","table":"orders"}]})");
  for (std::int64_t i = 0; i < 26; ++i) pivot.dimensions[0].values.emplace_back(i);
  const auto sql = to_sql(model, pivot);
  ASSERT_FALSE(sql);
  EXPECT_THAT(sql.error().message, HasSubstr("26 values of order_id would make 52 columns"));
}

TEST_F(FromSql, SaysWhyThereIsNoReading) {
  constexpr std::pair<const char*, const char*> kCases[] = {
      {"SELECT * FROM orders", "* has no place"},
      {"WITH a AS (SELECT 1) SELECT status FROM orders", "WITH"},
      {"SELECT status FROM orders WHERE status LIKE $1", "LIKE minds"},
      {"SELECT a.status FROM orders a JOIN orders b ON a.order_id = b.order_id", "read twice"},
      {"SELECT name FROM customers c JOIN orders o ON c.id = o.order_id", "does not join"},
      {"SELECT c.country, sum(o.amount) FROM customers c FULL JOIN orders o ON c.id = "
       "o.customer_id "
       "GROUP BY 1",
       "kind of join"},
      {"SELECT status, sum(amount) OVER (PARTITION BY status) FROM orders", "neither grouped by"},
      {"SELECT status, sum(amount), paid FROM orders GROUP BY 1, 3", "do not alternate"},
      {"SELECT status FROM orders UNION ALL SELECT name FROM customers", "without ALL"},
      {"SELECT status FROM orders WHERE amount > $1", "compared with values"},
      {"SELECT name FROM customers WHERE EXISTS (SELECT 1 FROM orders JOIN returns ON "
       "orders.order_id = returns.return_id WHERE orders.customer_id = customers.id)",
       "not joined by these columns"},
      {"SELECT name FROM customers WHERE EXISTS (SELECT 1 FROM orders WHERE orders.customer_id = "
       "customers.id AND customers.country = 'Norway')",
       "deeper than"},
  };
  for (const auto& [sql, words] : kCases) {
    const auto found = from_sql(model, sql, tools);
    ASSERT_FALSE(found) << sql << "\n" << json::dump(to_json(found->reading));
    EXPECT_THAT(found.error().message, HasSubstr(words)) << sql;
    EXPECT_TRUE(found.error().detail.contains("inexpressible")) << sql;
  }
  const auto at =
      from_sql(model, "SELECT status, sum(amount) OVER () FROM orders GROUP BY 1", tools);
  ASSERT_FALSE(at);
  EXPECT_EQ(at.error().detail.at("position").as_int64(), 15);
}

TEST_F(FromSql, KeepsWhatTheGateRefuses) {
  const auto found = from_sql(model, "SELECT status FROM nowhere", tools);
  ASSERT_FALSE(found);
  EXPECT_FALSE(found.error().detail.contains("inexpressible"));
}

}  // namespace
}  // namespace sextant::ask
