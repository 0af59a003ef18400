#include "analysis/profile/profile.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "analysis/profile/semantic_type.h"
#include "base/json.h"
#include "base/text.h"

namespace sextant::profile {
namespace {

using catalog::SemanticType;

// A version made of one table, in a file of its own.
class ProfileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "sextant_profile_XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  catalog::TableProfile profile(const std::string& table, const std::string& sql,
                                std::vector<catalog::Column> columns,
                                const std::string& extra = "SELECT 1") {
    const auto path = (folder_ / "v.duckdb").string();
    {
      auto database = engine::Database::open(path);
      EXPECT_TRUE(database.has_value());
      auto connection = database->connect();
      const auto made = connection->query(
          "CREATE TABLE _quarantine (table_name VARCHAR, line BIGINT, column_name VARCHAR, raw "
          "VARCHAR, reason VARCHAR);"
          "CREATE TABLE _columns (table_name VARCHAR, column_name VARCHAR, original_name VARCHAR, "
          "unit VARCHAR);"
          "CREATE TABLE " +
          text::quote_identifier(table) + " AS " + sql + ";" + extra);
      EXPECT_TRUE(made.has_value()) << made.error().message;
    }
    auto database = engine::Database::open();
    auto connection = database->connect();
    EXPECT_TRUE(
        connection->query("ATTACH " + text::quote_literal(path) + " AS s (READ_ONLY)").has_value());
    catalog::SourceVersion version{
        "id", table + ".csv", 1, path, {{table, table, table, 0, std::move(columns)}}};
    auto reply = profile_tables(*connection, version, {}, {});
    EXPECT_TRUE(reply.has_value()) << reply.error().message;
    return reply && !reply->tables.empty() ? reply->tables[0] : catalog::TableProfile{};
  }

  std::filesystem::path folder_;
};

TEST_F(ProfileTest, CountsAndDescribes) {
  const auto table =
      profile("orders",
              "SELECT i AS order_id, DATE '2024-01-15' + (i % 780)::INTEGER AS order_date, "
              "CASE WHEN i % 4 = 0 THEN NULL ELSE (i % 100)::DECIMAL(18,2) END AS amount, "
              "['DE', 'FR', 'US'][1 + i % 3] AS status FROM range(1, 1001) t(i)",
              {{"order_id", "Order ID", "BIGINT"},
               {"order_date", "Order date", "DATE"},
               {"amount", "Amount", "DECIMAL(18,2)"},
               {"status", "Status", "VARCHAR"}},
              "INSERT INTO _columns VALUES ('orders', 'amount', 'Amount', 'EUR');"
              "INSERT INTO _quarantine VALUES ('orders', 7, 'Amount', 'abc', 'not a number')");
  EXPECT_EQ(table.sentence, "1,000 orders, Jan 2024 – Mar 2026, 4 columns");
  const auto& id = table.columns[0];
  EXPECT_EQ(id.semantic_type, SemanticType::identifier);
  EXPECT_EQ(id.distinct, 1000);
  EXPECT_TRUE(id.distinct_is_exact);
  EXPECT_EQ(id.notes, std::vector<std::string>{"all values unique"});
  const auto& date = table.columns[1];
  EXPECT_EQ(date.time_grain, "month");
  EXPECT_EQ(date.timeline.front().t, "2024-01-01");
  std::int64_t rows = 0;
  for (const auto& point : date.timeline) rows += point.count;
  EXPECT_EQ(rows, 1000);
  const auto& amount = table.columns[2];
  EXPECT_EQ(amount.semantic_type, SemanticType::amount);
  EXPECT_EQ(amount.unit, "EUR");
  EXPECT_EQ(amount.nulls, 250);
  EXPECT_EQ(amount.min, "1.00");
  ASSERT_EQ(amount.quantiles.size(), 5u);
  EXPECT_EQ(amount.quantiles[2], 50);
  EXPECT_EQ(amount.notes, std::vector<std::string>{"1 cell quarantined"});
  std::int64_t binned = 0;
  for (const auto& bin : amount.histogram) binned += bin.count;
  EXPECT_EQ(binned, 750);
  const auto& status = table.columns[3];
  EXPECT_EQ(status.semantic_type, SemanticType::category);
  ASSERT_EQ(status.top.size(), 3u);
  EXPECT_EQ(status.top[0].count, 334);
}

TEST_F(ProfileTest, SurvivesOddColumns) {
  const auto table =
      profile("odd",
              "SELECT NULL::BIGINT AS a, 'nan'::DOUBLE AS b, 'infinity'::TIMESTAMP AS c, "
              "170141183460469231731687303715884105727::HUGEINT AS d, 5 AS e, TIME '10:00' AS f "
              "FROM range(3)",
              {{"a", "a", "BIGINT"},
               {"b", "b", "DOUBLE"},
               {"c", "c", "TIMESTAMP"},
               {"d", "d", "HUGEINT"},
               {"e", "e", "INTEGER"},
               {"f", "f", "TIME"}});
  EXPECT_EQ(table.columns[0].notes, std::vector<std::string>{"no values"});
  EXPECT_EQ(table.columns[0].semantic_type, SemanticType::unknown);
  EXPECT_EQ(table.columns[4].notes, std::vector<std::string>{"always the same value"});
  EXPECT_EQ(table.sentence, "3 rows, 6 columns");
}

TEST_F(ProfileTest, ProfilesAWideTableLikeANarrowOne) {
  std::string sql = "SELECT 1 AS c0";
  std::vector<catalog::Column> columns = {{"c0", "c0", "INTEGER"}};
  for (int c = 1; c < 600; ++c) {
    const auto name = fmt::format("c{}", c);
    sql += c % 2 ? fmt::format(", (i * {})::BIGINT AS {}", c, name)
                 : fmt::format(", 'v' || (i % {}) AS {}", c, name);
    columns.push_back({name, name, c % 2 ? "BIGINT" : "VARCHAR"});
  }
  const auto wide = profile("wide", sql + " FROM range(20) t(i)", columns);
  ASSERT_EQ(wide.columns.size(), 600u);
  columns.resize(100);
  std::filesystem::remove(folder_ / "v.duckdb");
  const auto narrow = profile("narrow", sql + " FROM range(20) t(i)", columns);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    EXPECT_EQ(json::dump(json::to_value(wide.columns[c])),
              json::dump(json::to_value(narrow.columns[c])));
  }
  EXPECT_EQ(wide.columns[599].max, "11381");
}

TEST_F(ProfileTest, ProfilesAnEmptyTable) {
  const auto table = profile("empty", "SELECT 1::BIGINT AS a, 'x' AS b WHERE false",
                             {{"a", "a", "BIGINT"}, {"b", "b", "VARCHAR"}});
  EXPECT_EQ(table.rows, 0);
  EXPECT_EQ(table.columns[0].null_ratio, 0);
}

// Of a large table, values that are written in a million ways: the usual ones are still counted.
TEST_F(ProfileTest, CountsTheUsualWaysAmongVeryMany) {
  const auto table =
      profile("large",
              "SELECT CASE WHEN i % 5 < 3 THEN 'AB-' || (1000000 + i) WHEN i % 5 = 3 "
              "THEN md5(i::VARCHAR) ELSE ' ' || md5(i::VARCHAR) END AS reference, "
              "'Kunde ' || i % 200000 AS customer FROM range(1200000) t(i)",
              {{"reference", "Reference", "VARCHAR"}, {"customer", "Kunde", "VARCHAR"}});
  const auto& reference = table.columns[0];
  ASSERT_FALSE(reference.patterns.empty());
  EXPECT_EQ(reference.patterns[0].pattern, "AA-9999999");
  EXPECT_EQ(reference.patterns[0].count, 720'000);
  EXPECT_GT(reference.pattern_count, 300'000);
  EXPECT_EQ(reference.padded, 240'000);
  // Each of these comes often: they are counted one by one.
  const auto& customer = table.columns[1];
  EXPECT_TRUE(customer.distinct_is_exact);
  EXPECT_EQ(customer.distinct, 200'000);
  EXPECT_EQ(customer.top[0].count, 6);
  ASSERT_EQ(customer.patterns.size(), 6u);
  EXPECT_EQ(customer.patterns[0].pattern, "Aaaaa 999999");
}

// What count_values and find_keys say is checked against what was put in.
TEST_F(ProfileTest, FindsHowValuesAreWritten) {
  const auto table = profile(
      "codes",
      "SELECT CASE WHEN i = 7 THEN 'x7' ELSE 'AB-' || lpad(i::VARCHAR, 4, '0') END AS code, "
      "CASE i % 4 WHEN 0 THEN 'Köln' WHEN 1 THEN 'Bonn' WHEN 2 THEN 'Trier' ELSE "
      "CASE WHEN i % 40 = 3 THEN 'KÖLN ' ELSE 'Köln' END END AS city, "
      "CASE WHEN i = 9 THEN 1000000 ELSE i % 50 END AS amount, "
      "repeat('many words ', 9) || i AS remark FROM range(1000) t(i)",
      {{"code", "Code", "VARCHAR"},
       {"city", "City", "VARCHAR"},
       {"amount", "Amount", "BIGINT"},
       {"remark", "Remark", "VARCHAR"}});
  const auto& code = table.columns[0];
  ASSERT_EQ(code.patterns.size(), 2u);
  EXPECT_EQ(code.patterns[0].pattern, "AA-9999");
  EXPECT_EQ(code.patterns[0].count, 999);
  EXPECT_EQ(code.patterns[1].pattern, "a9");
  EXPECT_EQ(code.patterns[1].example, "x7");
  EXPECT_EQ(code.pattern_count, 2);
  ASSERT_EQ(code.quality->reasons.size(), 1u);
  EXPECT_EQ(code.quality->reasons[0].words, "1 value is not written like AA-9999");
  const auto& city = table.columns[1];
  EXPECT_EQ(city.patterns[0].pattern, "Aaaa");
  EXPECT_EQ(city.padded, 25);
  EXPECT_EQ(city.respelled, 25);
  EXPECT_NEAR(city.quality->score, 0.9625, 1e-9);
  const auto& amount = table.columns[2];
  ASSERT_TRUE(amount.outliers);
  EXPECT_EQ(amount.outliers->high, 1);
  EXPECT_EQ(amount.outliers->low, 0);
  EXPECT_TRUE(table.columns[3].patterns.empty()) << "long texts have no pattern";
  ASSERT_EQ(table.keys.size(), 1u);
  EXPECT_EQ(table.keys[0].columns, std::vector<std::string>{"code"});
  EXPECT_LT(table.quality->score, 1);
  EXPECT_GT(table.quality->score, 0.9);
}

TEST_F(ProfileTest, WritesRunsOfVariousLengthsAsOneSign) {
  const auto table =
      profile("names",
              "SELECT repeat('a', 1 + i % 40) || ' ' || repeat('7', 1 + i % 7) AS label "
              "FROM range(1000) t(i)",
              {{"label", "Label", "VARCHAR"}});
  ASSERT_FALSE(table.columns[0].patterns.empty());
  EXPECT_EQ(table.columns[0].patterns[0].pattern, "a+ 9+");
  EXPECT_EQ(table.columns[0].pattern_count, 4);
}

TEST_F(ProfileTest, CountsRowsThatRepeat) {
  const auto table = profile("visits",
                             "SELECT i % 300 AS visit_id, CASE WHEN i % 300 = 5 THEN NULL ELSE "
                             "'page' || i % 300 END AS page FROM range(330) t(i)",
                             {{"visit_id", "Visit ID", "BIGINT"}, {"page", "Page", "VARCHAR"}});
  EXPECT_EQ(table.duplicates.rows, 30);
  EXPECT_EQ(table.duplicates.groups, 30);
  ASSERT_EQ(table.duplicates.examples.size(), 5u);
  EXPECT_EQ(table.duplicates.examples[0].count, 2);
  EXPECT_EQ(table.duplicates.examples[0].values.size(), 2u);
  EXPECT_TRUE(table.keys.empty());
  EXPECT_EQ(table.quality->reasons[0].words, "30 rows repeat an earlier one");
}

TEST_F(ProfileTest, FindsKeysOfTwoColumnsOnAllRows) {
  // Unique on the first rows alone, and on all of them.
  const auto table = profile(
      "lines",
      "SELECT 1 + i // 100 AS order_id, i % 100 AS line_code, CASE WHEN i < 60000 THEN i // 200 "
      "ELSE 1 END AS batch_id, i * 0.5 AS amount FROM range(70000) t(i)",
      {{"order_id", "Order ID", "BIGINT"},
       {"line_code", "Line code", "BIGINT"},
       {"batch_id", "Batch ID", "BIGINT"},
       {"amount", "Amount", "DECIMAL(18,1)"}});
  ASSERT_EQ(table.keys.size(), 1u);
  EXPECT_EQ(table.keys[0].columns, (std::vector<std::string>{"order_id", "line_code"}));
  EXPECT_EQ(table.duplicates.rows, 0);
}

TEST_F(ProfileTest, TellsNamesThatAreTakenTwice) {
  const auto table = profile("orders",
                             "SELECT CASE WHEN i = 3 THEN 2 ELSE i END AS order_id, i AS amount "
                             "FROM range(500) t(i)",
                             {{"order_id", "Order ID", "BIGINT"}, {"amount", "Amount", "BIGINT"}});
  ASSERT_EQ(table.keys.size(), 1u);
  EXPECT_EQ(table.keys[0].repeated, 1);
  EXPECT_EQ(table.quality->reasons[0].words, "order_id: would name every row, but for 1 row");
}

// Millions of rows: what can not be counted in bounded memory is estimated, keys are not.
TEST_F(ProfileTest, VerifiesKeysOfManyRows) {
  const auto table = profile(
      "events",
      "SELECT i AS event_id, 'U-' || (i // 2)::VARCHAR AS user_code FROM range(1200000) t(i)",
      {{"event_id", "Event ID", "BIGINT"}, {"user_code", "User code", "VARCHAR"}});
  ASSERT_EQ(table.keys.size(), 1u);
  EXPECT_EQ(table.keys[0].columns, std::vector<std::string>{"event_id"});
  EXPECT_EQ(table.columns[0].distinct, 1'200'000);
  EXPECT_TRUE(table.columns[0].distinct_is_exact);
  EXPECT_FALSE(table.columns[1].distinct_is_exact);
  std::int64_t counted = 0;
  for (const auto& pattern : table.columns[1].patterns) counted += pattern.count;
  EXPECT_EQ(counted, 1'200'000);
}

SemanticType number(const std::string& name, double min, double max,
                    const std::string& type = "BIGINT", std::int64_t values = 1000,
                    std::int64_t distinct = 500) {
  ColumnFacts facts;
  facts.name = text::snake_case(name, "x");
  facts.original_name = name;
  facts.type = type;
  facts.unit = unit_in_header(name, facts.name);
  facts.rows = facts.values = values;
  facts.distinct = distinct;
  facts.min = min;
  facts.max = max;
  return semantic_type_of(facts);
}

SemanticType words(const std::string& name, std::vector<std::string> samples,
                   std::int64_t values = 1000) {
  ColumnFacts facts;
  facts.name = text::snake_case(name, "x");
  facts.original_name = name;
  facts.type = "VARCHAR";
  facts.rows = facts.values = values;
  facts.distinct = static_cast<std::int64_t>(samples.size());
  double length = 0;
  for (const auto& sample : samples) length += static_cast<double>(sample.size());
  facts.average_length = length / static_cast<double>(samples.size());
  facts.samples = std::move(samples);
  return semantic_type_of(facts);
}

TEST(SemanticTypeOfNumbers, NeverSumsWhatDoesNotAddUp) {
  EXPECT_EQ(number("Customer ID", 1, 90000), SemanticType::identifier);
  EXPECT_EQ(number("customerid", 1, 90000), SemanticType::identifier);
  EXPECT_EQ(number("amount_paid", 1, 90000), SemanticType::amount);
  EXPECT_EQ(number("zip_code", 10000, 99999), SemanticType::code);
  EXPECT_EQ(number("Year", 2001, 2024), SemanticType::year);
  EXPECT_EQ(number("month", 1, 12), SemanticType::month);
  EXPECT_EQ(number("Unit Price", 1, 900, "DECIMAL(18,2)"), SemanticType::price);
  EXPECT_EQ(number("unit_cost", 1, 900, "DECIMAL(18,2)"), SemanticType::price);
  EXPECT_EQ(number("Discount", 0, 0.3, "DECIMAL(18,2)"), SemanticType::share);
  EXPECT_EQ(number("Market share %", 0, 100, "DECIMAL(18,1)"), SemanticType::share);
  EXPECT_EQ(number("conversion_rate", 0, 1, "DOUBLE"), SemanticType::share);
  EXPECT_EQ(number("latitude", -40, 60, "DOUBLE"), SemanticType::latitude);
  EXPECT_EQ(number("lng", -140, 160, "DOUBLE"), SemanticType::longitude);
  EXPECT_EQ(number("temperature", -10, 35, "DECIMAL(18,1)"), SemanticType::measure);
  EXPECT_EQ(number("account_number", 1000, 90000, "BIGINT", 1000, 1000), SemanticType::code);
  EXPECT_EQ(number("is_active", 0, 1, "BIGINT", 1000, 2), SemanticType::boolean);
}

TEST(SemanticTypeOfNumbers, SumsWhatDoes) {
  EXPECT_EQ(number("Total", 1, 90000, "DECIMAL(18,2)"), SemanticType::amount);
  EXPECT_EQ(number("Revenue (EUR)", 1, 90000, "DECIMAL(18,2)"), SemanticType::amount);
  EXPECT_EQ(number("Qty", 1, 20), SemanticType::quantity);
  EXPECT_EQ(number("number_of_visitors", 1, 20000), SemanticType::quantity);
}

TEST(SemanticTypeOfTexts, KnowsPatterns) {
  EXPECT_EQ(words("contact", {"a@b.de", "c@d.org"}), SemanticType::email);
  EXPECT_EQ(words("link", {"https://a.b/c", "http://x.y"}), SemanticType::url);
  EXPECT_EQ(words("origin", {"Germany", "France", "Viet Nam"}), SemanticType::country);
  EXPECT_EQ(words("Country", {"DE", "FR"}), SemanticType::country);
  EXPECT_EQ(words("City", {"Berlin", "Paris"}), SemanticType::city);
  EXPECT_EQ(words("active", {"yes", "no"}), SemanticType::boolean);
  EXPECT_EQ(words("First Name", {"Ada", "Grace"}, 3), SemanticType::person);
  EXPECT_EQ(words("status", {"open", "closed"}), SemanticType::category);
}

TEST(UnitInHeader, ReadsBracketsAndEndings) {
  EXPECT_EQ(unit_in_header("Amount (EUR)", "amount_eur"), "EUR");
  EXPECT_EQ(unit_in_header("weight_kg", "weight_kg"), "kg");
  EXPECT_EQ(unit_in_header("Share %", "share"), "%");
  EXPECT_EQ(unit_in_header("Price in $", "price_in"), "USD");
  EXPECT_FALSE(unit_in_header("Total", "total"));
  EXPECT_FALSE(unit_in_header("plan_b_m", "plan_b_m"));
}

}  // namespace
}  // namespace sextant::profile
