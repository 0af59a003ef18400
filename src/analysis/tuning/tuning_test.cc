#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/engine/test_workspace.h"
#include "analysis/tuning/trial.h"

namespace sextant::tuning {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// One large table that the rules gain on, beside the two small ones.
struct TuningTest : ::testing::Test {
  static void SetUpTestSuite() {
    workspace = std::make_unique<engine::TestWorkspace>();
    workspace->write(
        "sources/visits.duckdb",
        "CREATE TABLE data AS SELECT range AS visit_id, range * 7919 % 5000 AS person_id, "
        "DATE '2015-01-01' + (range // 300)::INTEGER AS day, "
        "TIMESTAMP '2015-01-01' + INTERVAL (range) MINUTE AS seen_at, "
        "'page ' || range % 500 AS page, range % 1000 / 8.0 AS seconds "
        "FROM range(1000000)");
    catalog::Catalog catalog = workspace->catalog();
    catalog.sources.push_back({"c",
                               "visits.csv",
                               1,
                               "sources/visits.duckdb",
                               {{"visits",
                                 "data",
                                 "Visits",
                                 1'000'000,
                                 {{"visit_id", "Visit ID", "BIGINT"},
                                  {"person_id", "Person", "BIGINT"},
                                  {"day", "Day", "DATE"},
                                  {"seen_at", "Seen at", "TIMESTAMP"},
                                  {"page", "Page", "VARCHAR"},
                                  {"seconds", "Seconds", "DOUBLE"}}}}});
    engine = *engine::Engine::open(catalog, workspace->folder());
  }
  static void TearDownTestSuite() {
    engine.reset();
    workspace.reset();
  }

  static std::vector<Rewriting> found(const std::string& sql) {
    const auto tree = engine->tree(sql);
    EXPECT_TRUE(tree) << tree.error().message;
    return tree ? rewritings(sql, *tree, engine->catalog(), keys) : std::vector<Rewriting>();
  }
  // The statement with every rewriting; itself when there is none.
  static std::string said(const std::string& sql) { return rewritten(sql, found(sql)); }

  static wire::FasterWayReply tried(const std::string& sql) {
    const auto reply = find_faster_way(*engine, {.sql = sql}, keys, {});
    EXPECT_TRUE(reply) << reply.error().message;
    return reply.value_or(wire::FasterWayReply());
  }

  static std::unique_ptr<engine::TestWorkspace> workspace;
  static std::unique_ptr<engine::Engine> engine;
  static inline const Keys keys{{"visits", {"visit_id"}}};
};
std::unique_ptr<engine::TestWorkspace> TuningTest::workspace;
std::unique_ptr<engine::Engine> TuningTest::engine;

std::string where(const std::string& condition) {
  return "SELECT count(*) FROM visits v WHERE " + condition + " AND seconds > 3 GROUP BY page";
}

TEST_F(TuningTest, ComparesDatesThemselves) {
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"year(day) = 2016", "(day >= DATE '2016-01-01' AND day < DATE '2017-01-01')"},
           {"(page = 'x' OR year(v.day) = 2016)",
            "(page = 'x' OR (v.day >= DATE '2016-01-01' AND v.day < DATE '2017-01-01'))"},
           {"extract(year FROM seen_at) >= 2016", "seen_at >= DATE '2016-01-01'"},
           {"(date_part('year', \"Day\")) <= 2016", "\"Day\" < DATE '2017-01-01'"},
           {"strftime(day, '%Y-%m') = '2016-12'",
            "(day >= DATE '2016-12-01' AND day < DATE '2017-01-01')"},
           {"strftime(day, '%Y-%m-%d') < '2016-02-29'", "day < DATE '2016-02-29'"},
           {"day::VARCHAR LIKE '2016-03%'",
            "(day >= DATE '2016-03-01' AND day < DATE '2016-04-01')"},
           {"CAST(seen_at AS TEXT) LIKE '2016-03-05 %'", ""},
           {"seen_at::VARCHAR LIKE '2016-03-05%'",
            "(seen_at >= DATE '2016-03-05' AND seen_at < DATE '2016-03-06')"},
           {"day + INTERVAL 1 DAY > DATE '2016-01-01'",
            "day > (DATE '2016-01-01' - INTERVAL 1 DAY)::DATE"},
           {"(seen_at - INTERVAL 2 HOURS) <= TIMESTAMP '2016-01-01 08:00'",
            "seen_at <= TIMESTAMP '2016-01-01 08:00' + INTERVAL 2 HOURS"},
       }) {
    EXPECT_EQ(said(where(before)), where(after.empty() ? before : after));
  }
}

TEST_F(TuningTest, ComparesWithoutMakingTexts) {
  EXPECT_EQ(said(where("person_id::VARCHAR = '17'")), where("person_id = 17"));
  EXPECT_EQ(said(where("CAST(day AS VARCHAR) = '2016-03-05'")), where("day = DATE '2016-03-05'"));
  EXPECT_EQ(said("SELECT count(*) FROM visits v JOIN sales s ON v.person_id::VARCHAR = "
                 "s.order_id::VARCHAR"),
            "SELECT count(*) FROM visits v JOIN sales s ON v.person_id = s.order_id");
  EXPECT_EQ(said(where("left(page, 6) = 'page 1'")), where("page LIKE 'page 1%'"));
  EXPECT_EQ(said(where("substr(page, 1, 6) = 'page 1'")), where("page LIKE 'page 1%'"));
  EXPECT_EQ(said(where("lower(page) = 'page 1'")), where("page ILIKE 'page 1'"));
}

TEST_F(TuningTest, LeavesAloneWhatWouldSayAnother) {
  for (const char* condition :
       {"year(day) <> 2016", "year(day) = 20160", "month(day) = 3", "strftime(day, '%Y') = '16'",
        "strftime(day, '%Y-%m') = '2016-13'", "day::VARCHAR LIKE '2016_03%'",
        "person_id::VARCHAR = '017'", "person_id::VARCHAR = 'a'", "left(page, 3) = 'page 1'",
        "left(page, 6) = 'page_1'", "lower(page) = 'Page 1'", "year(day) = person_id",
        "day + INTERVAL 1 MONTH > DATE '2016-01-01'"}) {
    EXPECT_EQ(said(where(condition)), where(condition));
  }
  // What these names stand for is computed, or not known.
  for (const char* from :
       {"FROM (SELECT DATE '2016-05-05' AS day FROM visits)",
        "FROM (SELECT day + 1 AS day FROM visits)", "FROM (SELECT day, page AS day FROM visits)",
        "FROM (SELECT * REPLACE (day + 1 AS day) FROM visits)",
        "FROM (SELECT day FROM visits UNION SELECT order_date FROM sales)",
        "FROM (SELECT min(day) AS day FROM visits GROUP BY page)",
        "FROM (WITH visits AS (SELECT 2016 AS day) SELECT day FROM visits)",
        "FROM (SELECT v.*, s.* FROM visits v, sales s)"}) {
    const std::string nested = std::string("SELECT count(*) ") + from + " WHERE year(day) = 2016";
    EXPECT_EQ(said(nested), nested);
  }
  const std::string hidden =
      "WITH visits AS (SELECT 2016 AS day) SELECT count(*) FROM visits WHERE year(day) = 2016";
  EXPECT_EQ(said(hidden), hidden);
  // A subquery hands a key on, but not that each row comes once.
  const std::string repeats =
      "SELECT count(DISTINCT visit_id) FROM (SELECT visit_id FROM visits, sales)";
  EXPECT_EQ(said(repeats), repeats);
}

TEST_F(TuningTest, SeesWhatSubqueriesHandOn) {
  for (const auto& [before, name] : std::vector<std::pair<std::string, std::string>>{
           {"SELECT count(*) FROM (SELECT day FROM visits) WHERE ", "day"},
           {"SELECT count(*) FROM (SELECT * FROM visits WHERE seconds > 3) v WHERE ", "v.day"},
           {"SELECT count(*) FROM (SELECT v.day AS d FROM visits v JOIN sales s ON v.visit_id = "
            "s.order_id) WHERE ",
            "d"},
           {"WITH a AS (SELECT page, day FROM visits), b AS (SELECT * FROM a) SELECT page, "
            "count(*) "
            "FROM b WHERE ",
            "day"}}) {
    EXPECT_EQ(said(before + "year(" + name + ") = 2016"),
              before + "(" + name + " >= DATE '2016-01-01' AND " + name + " < DATE '2017-01-01')");
  }
}

TEST_F(TuningTest, SortsOnlyWhatIsSeenInOrder) {
  EXPECT_EQ(said("SELECT sum(seconds) FROM (SELECT * FROM visits ORDER BY day, page DESC) t"),
            "SELECT sum(seconds) FROM (SELECT * FROM visits) t");
  EXPECT_EQ(
      said("WITH a AS (SELECT * FROM visits ORDER BY day), b AS (SELECT * FROM a ORDER BY "
           "page)\nSELECT page, count(*) FROM b GROUP BY page ORDER BY page"),
      "WITH a AS (SELECT * FROM visits), b AS (SELECT * FROM a)\nSELECT page, count(*) FROM b "
      "GROUP BY page ORDER BY page");
  EXPECT_EQ(said("SELECT * FROM visits WHERE person_id IN (SELECT order_id FROM sales ORDER BY 1)"),
            "SELECT * FROM visits WHERE person_id IN (SELECT order_id FROM sales)");
  for (const char* sql :
       {"SELECT * FROM (SELECT * FROM visits ORDER BY day)",
        "SELECT count(*) FROM (SELECT * FROM visits ORDER BY day LIMIT 5)",
        "SELECT list(page) FROM (SELECT * FROM visits ORDER BY day)",
        "SELECT row_number() OVER () FROM (SELECT * FROM visits ORDER BY day) ORDER BY 1",
        "SELECT page FROM (SELECT * FROM visits ORDER BY day) LIMIT 5",
        "SELECT count(*) FROM (SELECT DISTINCT ON (page) * FROM visits ORDER BY day)",
        "WITH a AS (SELECT * FROM visits ORDER BY day) SELECT *, (SELECT count(*) FROM a) FROM "
        "a"}) {
    EXPECT_EQ(said(sql), sql);
  }
}

TEST_F(TuningTest, LooksForRepeatsOnlyWhereTheyCanBe) {
  EXPECT_EQ(said("SELECT count(DISTINCT visit_id) AS n FROM visits WHERE seconds > 3"),
            "SELECT count(visit_id) AS n FROM visits WHERE seconds > 3");
  // The column keeps its name.
  EXPECT_EQ(
      said("SELECT page, count(DISTINCT visit_id) FROM visits GROUP BY page"),
      "SELECT page, count(visit_id) AS \"count(DISTINCT visit_id)\" FROM visits GROUP BY page");
  EXPECT_EQ(said("SELECT DISTINCT page, sum(seconds) FROM visits GROUP BY page"),
            "SELECT page, sum(seconds) FROM visits GROUP BY page");
  EXPECT_EQ(said("select distinct visit_id, page from visits"),
            "select visit_id, page from visits");
  EXPECT_EQ(said("SELECT DISTINCT * FROM visits"), "SELECT * FROM visits");
  for (const char* sql :
       {"SELECT count(DISTINCT person_id) FROM visits",
        "SELECT count(DISTINCT visit_id) FROM visits JOIN sales ON person_id = order_id",
        "SELECT DISTINCT sum(seconds) FROM visits GROUP BY page",
        "SELECT DISTINCT page FROM visits", "SELECT DISTINCT * EXCLUDE (visit_id) FROM visits",
        "SELECT DISTINCT visit_id, name FROM visits, customers"}) {
    EXPECT_EQ(said(sql), sql);
  }
}

TEST_F(TuningTest, OffersWhatIsFasterAndGivesTheSameRows) {
  const std::string sql =
      "SELECT page, sum(seconds) FROM (SELECT * FROM visits ORDER BY page, seconds)\n"
      "-- of all months\nGROUP BY page";
  const auto reply = tried(sql);
  ASSERT_TRUE(reply.way) << reply.reason;
  EXPECT_THAT(reply.way->changes.front().title, HasSubstr("sort"));
  EXPECT_EQ(reply.way->rows, 500);
  EXPECT_LT(reply.way->seconds_after, reply.way->seconds_before);
  EXPECT_THAT(catalog::apply(reply.way->edits, sql), HasSubstr("-- of all months"));

  const auto several =
      tried("SELECT count(DISTINCT visit_id) FROM visits WHERE strftime(seen_at, '%Y') = '2015'");
  ASSERT_TRUE(several.way) << several.reason;
  EXPECT_EQ(several.way->changes.size(), 2);
}

TEST_F(TuningTest, OffersNothingThatIsNotSo) {
  EXPECT_THAT(tried("SELECT page, count(*) FROM visits GROUP BY page").reason, HasSubstr("rule"));
  EXPECT_THAT(tried("SELECT random(), count(DISTINCT visit_id) FROM visits").reason,
              HasSubstr("random()"));
  // Small data: nothing is gained, or it is measured to be.
  const auto small = tried("SELECT sum(amount) FROM (SELECT * FROM sales ORDER BY region)");
  if (small.way) {
    EXPECT_LT(small.way->seconds_after, small.way->seconds_before);
  } else {
    EXPECT_THAT(small.reason, HasSubstr("no faster"));
  }
  // A key that is none: the rows tell.
  const Keys wrong{{"visits", {"person_id"}}};
  const auto reply =
      find_faster_way(*engine, {.sql = "SELECT count(DISTINCT person_id) FROM visits"}, wrong, {});
  ASSERT_TRUE(reply);
  EXPECT_FALSE(reply->way);
  EXPECT_THAT(reply->reason, HasSubstr("other rows"));
  EXPECT_FALSE(find_faster_way(*engine, {.sql = "SELECT nothing FROM visits"}, keys, {}));
}

}  // namespace
}  // namespace sextant::tuning
