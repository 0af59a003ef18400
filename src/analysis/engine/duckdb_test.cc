#include "analysis/engine/duckdb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/id.h"

namespace sextant::engine {
namespace {

struct DuckdbTest : ::testing::Test {
  Database database = *Database::open();
  Connection connection = *database.connect();
};

std::string json_of(Connection& connection, const std::string& sql) {
  auto rows = connection.query(sql);
  if (!rows) return "error: " + rows.error().message;
  return json::dump(json::Value(rows->rows_to_json()));
}

TEST_F(DuckdbTest, BindsParametersAndReadsCells) {
  auto rows = connection.query(
      "SELECT $1::BIGINT AS n, $2 AS t, $3::DOUBLE AS d, $4 AS nothing, 12.50::DECIMAL(18,2) AS m",
      {41, "O'Brien", 2.5, nullptr});
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ(rows->int64(0, 0), 41);
  EXPECT_EQ(rows->text(0, 1), "O'Brien");
  EXPECT_EQ(rows->number(0, 2), 2.5);
  EXPECT_TRUE(rows->is_null(0, 3));
  EXPECT_EQ(rows->number(0, 4), 12.5);
  EXPECT_EQ(rows->text(0, 4), "12.50");
  EXPECT_EQ(rows->column_info()[4].type, "DECIMAL(18,2)");
  EXPECT_EQ(rows->column("m"), 4);
  EXPECT_TRUE(rows->is_null(7, 0)) << "out of range is NULL";
}

TEST_F(DuckdbTest, FindsRowsAcrossChunks) {
  auto rows = connection.query("SELECT i FROM range(10000) t(i)");
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->rows(), 10000);
  for (const std::int64_t row : {0, 2047, 2048, 9999}) EXPECT_EQ(rows->int64(row, 0), row);
}

TEST_F(DuckdbTest, StreamsWhatItQueries) {
  auto stream = connection.stream("SELECT i FROM range(100000) t(i)");
  ASSERT_TRUE(stream);
  std::int64_t count = 0;
  while (true) {
    auto chunk = stream->next();
    ASSERT_TRUE(chunk);
    if (!*chunk) break;
    count += (*chunk)->rows();
  }
  EXPECT_EQ(count, 100000);
}

TEST_F(DuckdbTest, WritesEveryType) {
  const std::pair<const char*, const char*> cases[] = {
      {"true", "true"},
      {"(-5)::TINYINT", "-5"},
      {"9007199254740992", "9007199254740992"},
      {"9007199254740993", "\"9007199254740993\""},
      {"(-9223372036854775808)::BIGINT", "\"-9223372036854775808\""},
      {"18446744073709551615::UBIGINT", "\"18446744073709551615\""},
      {"170141183460469231731687303715884105727::HUGEINT",
       "\"170141183460469231731687303715884105727\""},
      {"sum(7)", "7"},
      {"(-0.05)::DECIMAL(4,2)", "-0.05"},
      {"1234567890123.45::DECIMAL(18,2)", "1234567890123.45"},
      {"12345678901234.56::DECIMAL(18,2)", "\"12345678901234.56\""},
      {"1.5::FLOAT", "1.5"},
      {"1e300::DOUBLE", "1e+300"},
      {"'nan'::DOUBLE", "null"},
      {"'-inf'::DOUBLE", "null"},
      {"DATE '2024-02-29'", "\"2024-02-29\""},
      {"DATE '1600-12-31'", "\"1600-12-31\""},
      {"DATE '0044-03-15 (BC)'", "\"0044-03-15 (BC)\""},
      {"'infinity'::DATE", "\"infinity\""},
      {"TIME '23:59:59.5'", "\"23:59:59.5\""},
      {"TIMETZ '10:00:00+02'", "\"10:00:00+02:00\""},
      {"TIMETZ '10:00:00-03:30'", "\"10:00:00-03:30\""},
      {"TIMESTAMP '1969-12-31 23:59:59.25'", "\"1969-12-31T23:59:59.25\""},
      {"TIMESTAMPTZ '2025-01-01 10:00:00+00'", "\"2025-01-01T10:00:00Z\""},
      {"'2025-01-01 10:00:00.123456789'::TIMESTAMP_NS", "\"2025-01-01T10:00:00.123456789\""},
      {"'2025-01-01 10:00:00'::TIMESTAMP_S", "\"2025-01-01T10:00:00\""},
      {"INTERVAL '14 months 3 days 04:05:06.5'", "\"1 year 2 months 3 days 04:05:06.5\""},
      {"INTERVAL '0 days'", "\"00:00:00\""},
      {"'a\"b\\c' || chr(10) || chr(1)", R"("a\"b\\c\n\u0001")"},
      {"'\\xAA\\x00z'::BLOB", R"("\\xAA\\x00z")"},
      {"'0101'::BIT", "\"0101\""},
      {"'550e8400-e29b-41d4-a716-446655440000'::UUID", "\"550e8400-e29b-41d4-a716-446655440000\""},
      {"'b'::ENUM('a','b')", "\"b\""},
      {"[1, NULL, 3]", "[1,null,3]"},
      {"[[1], []]", "[[1],[]]"},
      {"array_value(1, 2)", "[1,2]"},
      {"{'a': 1, 'b': {'c': [DATE '2025-01-01']}}", R"({"a":1,"b":{"c":["2025-01-01"]}})"},
      {"MAP {'x': 1, 'y': NULL}", R"({"x":1,"y":null})"},
      {"union_value(k := 7)", "7"},
      {"'{\"a\": 1}'::JSON", R"("{\"a\": 1}")"},
      {"NULL", "null"},
      {"repeat('x', 30)", "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\""},
  };
  for (const auto& [sql, expected] : cases) {
    EXPECT_EQ(json_of(connection, std::string("SELECT ") + sql),
              "[[" + std::string(expected) + "]]")
        << sql;
  }
}

TEST_F(DuckdbTest, TemporalTextAgreesWithTheEngine) {
  // Our own writers against DuckDB's, over the whole range.
  auto rows = connection.query(
      "SELECT d, d::VARCHAR, t, t::VARCHAR FROM (SELECT DATE '1970-01-01' + (i * 7919)::INTEGER AS "
      "d, "
      "make_timestamp(i * 7919 * 86399999999) AS t FROM range(-2000, 2000) r(i))");
  ASSERT_TRUE(rows) << rows.error().message;
  for (std::int64_t row = 0; row < rows->rows(); ++row) {
    EXPECT_EQ(rows->text(row, 0), rows->text(row, 1));
    EXPECT_EQ(rows->text(row, 2), rows->text(row, 3));
  }
}

TEST_F(DuckdbTest, ErrorsSayWhereAndWhat) {
  ASSERT_TRUE(connection.query("CREATE TABLE t (customer_id INTEGER)"));
  const auto unknown = connection.query("SELECT custmer_id FROM t");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::invalid_sql);
  EXPECT_EQ(unknown.error().detail.at("position").to_number<int>(), 7);
  EXPECT_EQ(unknown.error().hint, "Did you mean `customer_id`?");
  const auto syntax = connection.query("SELECT 1 FRO t x");
  ASSERT_FALSE(syntax);
  EXPECT_EQ(syntax.error().code, ErrorCode::invalid_sql);
  EXPECT_TRUE(syntax.error().detail.contains("position"));
  EXPECT_EQ(connection.query("").error().message, "The statement is empty.");
  EXPECT_EQ(connection.query("SELECT $1", {}).error().code, ErrorCode::invalid_sql);
  EXPECT_EQ(connection.query(std::string("SELECT '\xff'")).error().code, ErrorCode::invalid_sql);
}

TEST_F(DuckdbTest, MemoryLimitIsResourceExhausted) {
  auto small = Database::open({}, {.memory_limit = 60 << 20});
  ASSERT_TRUE(small);
  auto c = small->connect();
  const auto result = c->query(
      "SELECT count(DISTINCT x) FROM (SELECT x::VARCHAR || 'aaaaaaaaaaaaaaaaaaaaa' AS x FROM "
      "range(5000000) t(x))");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::resource_exhausted);
}

TEST_F(DuckdbTest, StopInterruptsARunningQuery) {
  std::stop_source stop;
  connection.set_stop(stop.get_token());
  std::jthread stopper([&] { stop.request_stop(); });
  const auto result = connection.query("SELECT count(*) FROM range(3000000000) a, range(1000) b");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
  connection.set_stop({});
  EXPECT_TRUE(connection.query("SELECT 1")) << "the connection works again";
}

TEST_F(DuckdbTest, ReportsProgress) {
  double last = -1;
  connection.set_progress([&](double f) { last = f; });
  ASSERT_TRUE(connection.query("SELECT sum(i) FROM range(20000000) t(i)"));
  EXPECT_GE(last, 0);
  EXPECT_LE(last, 1);
}

TEST_F(DuckdbTest, ReportsProgressWhileRowsAreTaken) {
  std::vector<double> told;
  connection.set_progress([&](double f) { told.push_back(f); });
  ASSERT_TRUE(connection.query("CREATE TABLE t AS SELECT i FROM range(2000000) r(i)"));
  auto stream = connection.stream("SELECT i FROM t WHERE i % 2 = 0");
  ASSERT_TRUE(stream);
  told.clear();
  while (true) {
    auto chunk = stream->next();
    ASSERT_TRUE(chunk);
    if (!*chunk) break;
  }
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_LT(told.front(), 0.5);
  EXPECT_GT(told.back(), 0.9);
}

TEST(Database, OpensFilesReadOnly) {
  const auto path =
      std::filesystem::temp_directory_path() / ("sextant-" + random_token(9) + ".duckdb");
  {
    auto database = Database::open(path.string());
    ASSERT_TRUE(database);
    auto connection = database->connect();
    ASSERT_TRUE(connection->query("CREATE TABLE t AS SELECT 42 AS x; CHECKPOINT"));
  }
  {
    auto database = Database::open(path.string(), {.read_only = true});
    ASSERT_TRUE(database) << database.error().message;
    auto connection = database->connect();
    EXPECT_EQ(connection->query("SELECT x FROM t")->int64(0, 0), 42);
    EXPECT_FALSE(connection->query("INSERT INTO t VALUES (1)"));
  }
  std::ofstream(path) << "this is no database, but it is long enough to look at";
  const auto corrupt = Database::open(path.string());
  ASSERT_FALSE(corrupt);
  EXPECT_EQ(corrupt.error().code, ErrorCode::unavailable);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace sextant::engine
