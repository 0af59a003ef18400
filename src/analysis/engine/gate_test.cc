// The gate and the engine against tests/gate/*.txt: what must be refused, what must run.

#include "analysis/engine/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "analysis/engine/engine.h"
#include "analysis/engine/test_workspace.h"
#include "base/text.h"

namespace sextant::engine {
namespace {

using ::testing::HasSubstr;

constexpr const char* kCanary = "CANARY-7f3a91";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::vector<std::string> read_cases(const std::string& name) {
  std::ifstream file("tests/gate/" + name);
  std::vector<std::string> cases;
  std::string line;
  while (std::getline(file, line)) {
    if (!line.empty() && line[0] != '#') cases.push_back(replaced(line, "⏎", "\n"));
  }
  return cases;
}

struct GateTest : ::testing::Test {
  GateTest() {
    std::ofstream(canary) << "a\n" << kCanary << "\n";
    auto opened = Engine::open(workspace.catalog(), workspace.folder());
    EXPECT_TRUE(opened) << opened.error().message;
    engine = std::move(*opened);
  }
  Result<RunReply> run(const std::string& sql, std::string& out) {
    return engine->run({.sql = sql}, [&](std::string_view bytes) {
      out += bytes;
      return Result<>();
    });
  }
  Error error_of(const std::string& sql) {
    std::string out;
    auto reply = run(sql, out);
    return reply ? Error() : reply.error();
  }
  TestWorkspace workspace;
  std::filesystem::path canary = workspace.folder() / "canary.csv";
  std::unique_ptr<Engine> engine;
};

TEST_F(GateTest, TheCanaryWouldBeSeenWithoutGateAndLock) {
  auto database = Database::open();
  auto connection = database->connect();
  auto rows = connection->query("SELECT content FROM read_text($1)", {canary.string()});
  ASSERT_TRUE(rows);
  EXPECT_THAT(rows->text(0, 0), HasSubstr(kCanary));
}

TEST_F(GateTest, RefusesAttacks) {
  const auto folder = workspace.folder() / "results";
  const auto cases = read_cases("attacks.txt");
  ASSERT_GE(cases.size(), 150u);
  for (const auto& line : cases) {
    const std::string sql =
        replaced(replaced(line, "{canary}", canary.string()), "{folder}", folder.string());
    std::string out;
    const auto reply = run(sql, out);
    EXPECT_FALSE(reply) << sql << "\n" << out;
    EXPECT_EQ(out.find(kCanary), std::string::npos) << sql;
    if (reply) continue;
    EXPECT_EQ(reply.error().code, ErrorCode::invalid_sql) << sql << "\n" << reply.error().message;
    EXPECT_FALSE(reply.error().message.empty()) << sql;
    EXPECT_EQ(reply.error().message.find(kCanary), std::string::npos) << sql;
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder)) << "something was written";
  std::string out;
  EXPECT_TRUE(run("SELECT count(*) FROM sales", out));
  EXPECT_EQ(out, "[6]");
}

TEST_F(GateTest, TheEngineItselfIsLocked) {
  // What would happen if a statement slipped through the gate.
  auto connection = engine->connect();
  ASSERT_TRUE(connection);
  for (const std::string& sql :
       {"SELECT * FROM read_text('" + canary.string() + "')", "FROM '" + canary.string() + "'",
        "COPY sales TO '" + (workspace.folder() / "results/x.csv").string() + "'",
        "ATTACH '" + (workspace.folder() / "results/x.duckdb").string() + "'",
        std::string("SET enable_external_access=true"), std::string("SET memory_limit='1TB'"),
        std::string("INSTALL httpfs"), std::string("LOAD httpfs"),
        std::string("INSERT INTO source_1.data SELECT * FROM source_1.data")}) {
    EXPECT_FALSE(connection->query(sql)) << sql;
  }
}

TEST_F(GateTest, RunsLegitimateStatements) {
  const auto cases = read_cases("legitimate.txt");
  ASSERT_GE(cases.size(), 80u);
  for (const auto& line : cases) {
    const auto arrow = line.find(" => ");
    const std::string sql = line.substr(0, arrow);
    std::string out;
    const auto reply = run(sql, out);
    ASSERT_TRUE(reply) << sql << "\n" << reply.error().message << "\n" << reply.error().hint;
    EXPECT_TRUE(json::parse("[" + out + "]")) << sql << "\n" << out;
    if (arrow != std::string::npos) EXPECT_EQ("[" + out + "]", line.substr(arrow + 4)) << sql;
  }
}

TEST_F(GateTest, TellsWhatIsReadAndWhetherItRepeats) {
  auto verdict = engine->check(
      "WITH t AS (SELECT * FROM Sales) SELECT * FROM t JOIN customers USING (customer_id), sales");
  ASSERT_TRUE(verdict);
  EXPECT_THAT(verdict->verdict.tables, ::testing::ElementsAre("sales", "customers"));
  EXPECT_TRUE(verdict->verdict.repeatable);
  for (const char* sql : {"SELECT now()", "SELECT current_date", "SELECT random() FROM sales",
                          "SELECT uuid()", "SELECT * FROM sales WHERE order_date < TODAY()"}) {
    EXPECT_FALSE(engine->check(sql)->verdict.repeatable) << sql;
  }
}

TEST_F(GateTest, ErrorsHelp) {
  EXPECT_EQ(error_of("SELECT * FROM custmers").hint, "Did you mean `customers`?");
  EXPECT_EQ(error_of("SELECT * FROM custmers").detail.at("position"), 14);
  EXPECT_EQ(error_of("SELECT custmer_id FROM sales").hint, "Did you mean `customer_id`?");
  EXPECT_EQ(error_of("SELECT custmer_id FROM sales").detail.at("position"), 7);
  EXPECT_EQ(error_of("SELECT \"Ordr Date\" FROM sales").hint, "Did you mean `order_date`?");
  EXPECT_EQ(error_of("SELECT uper(region) FROM sales").hint, "Did you mean upper()?");
  EXPECT_THAT(error_of("DROP TABLE sales").message, HasSubstr("this is DROP"));
  EXPECT_THAT(error_of("SELECT 1; SELECT 2").message, HasSubstr("One statement"));
  EXPECT_THAT(error_of("PIVOT sales ON region USING count(*)").message, HasSubstr("PIVOT needs"));
  EXPECT_THAT(error_of(std::string(70000, ' ') + "SELECT 1").message, HasSubstr("65536"));
  EXPECT_EQ(error_of("SELECT $1").message, "The parameter $1 has no value.");
}

TEST_F(GateTest, PositionsSurviveRewrittenHeaders) {
  // The first header becomes longer or shorter in the text that the engine sees.
  const std::string sql = R"sql(SELECT "Unit price (EUR)", "Order Date", nix FROM sales)sql";
  EXPECT_EQ(error_of(sql).detail.at("position").to_number<std::size_t>(), sql.find("nix"));
}

TEST_F(GateTest, DeepTextsAreRefusedNotFatal) {
  const auto times = [](int n, const std::string& s) {
    std::string out;
    for (int i = 0; i < n; ++i) out += s;
    return out;
  };
  for (const std::string& sql :
       {"SELECT " + times(30000, "(") + "1" + times(30000, ")"),
        "SELECT " + times(30000, "-") + "1", "SELECT " + times(16000, "NOT ") + "true",
        "SELECT 1" + times(30000, "+1"), "SELECT " + times(30000, "["),
        "SELECT " + times(6000, "CASE WHEN "), "SELECT 1" + times(3500, " UNION SELECT 1"),
        "SELECT " + times(10000, "{'a':"), "SELECT * FROM " + times(8000, "(FROM "),
        "SELECT 'x'" + times(15000, "||'a'"), times(30000, ";"), "SELECT /*" + times(20000, "/*"),
        "SELECT 1" + times(8000, "::INT"), "SELECT x" + times(20000, ".x"),
        "SELECT 1" + times(10000, "[1]"), "SELECT 1 WHERE true" + times(9000, " OR 1")}) {
    std::string out;
    const auto reply = run(sql, out);  // whatever the answer is, it comes
    if (!reply) EXPECT_NE(reply.error().code, ErrorCode::internal) << sql.substr(0, 40);
  }
  std::string out;
  EXPECT_TRUE(run("SELECT 1", out));
}

}  // namespace
}  // namespace sextant::engine
