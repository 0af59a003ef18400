#include "analysis/formats/column_evidence.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

namespace sextant::formats {
namespace {

ColumnPlan plan_of(const std::vector<std::string>& cells, const FileHints& hints = {}) {
  ColumnEvidence evidence;
  for (const auto& cell : cells) evidence.add(cell);
  auto plan = evidence.decide(hints);
  // What the evidence counts is what rewriting gives.
  std::int64_t values = 0;
  std::int64_t misfits = 0;
  for (const auto& cell : cells) {
    std::string out;
    if (!append_canonical(out, cell, plan))
      ++misfits;
    else if (!out.empty())
      ++values;
  }
  EXPECT_EQ(values, plan.values);
  EXPECT_EQ(misfits, plan.misfits);
  return plan;
}

TEST(ColumnEvidence, OneLeadingZeroMakesCodesOfNumbersOfOneLength) {
  std::vector<std::string> cells;
  for (int i = 0; i < 5000; ++i) cells.push_back(std::to_string(10000 + i));
  EXPECT_EQ(plan_of(cells).type, "BIGINT");
  cells.push_back("01234");
  EXPECT_EQ(plan_of(cells).type, "VARCHAR");
  cells[0] = "7";
  const auto plan = plan_of(cells);
  EXPECT_EQ(plan.type, "BIGINT");
  EXPECT_EQ(plan.misfits, 1);
}

TEST(ColumnEvidence, SaysThatDatesAreInTwoOrders) {
  EXPECT_EQ(plan_of({"31/01/2024", "01/31/2024", "13/02/2024"}).evidence,
            "dates in two orders (2 day first, 1 month first); kept as text");
}

TEST(ColumnEvidence, ChoosesTheNarrowestExactType) {
  EXPECT_EQ(plan_of({"1", "-2", "300"}).type, "BIGINT");
  EXPECT_EQ(plan_of({"9223372036854775807", "1"}).type, "BIGINT");
  EXPECT_EQ(plan_of({"9223372036854775808", "1"}).type, "HUGEINT");
  EXPECT_EQ(plan_of({std::string(39, '9')}).type, "VARCHAR");
  EXPECT_EQ(plan_of({"1.5", "2", "3.25"}).type, "DECIMAL(18,2)");
  EXPECT_EQ(plan_of({"0.123456"}).type, "DOUBLE");
  EXPECT_EQ(plan_of({"1e5", "2"}).type, "DOUBLE");
  EXPECT_EQ(plan_of({"12345678901234567890.12"}).type, "DECIMAL(38,2)");
  EXPECT_EQ(plan_of({"true", "False"}).type, "BOOLEAN");
  EXPECT_EQ(plan_of({"Yes", "No"}).type, "VARCHAR");
  EXPECT_EQ(plan_of({"2024-01-01", "2024-01-02"}).type, "DATE");
  EXPECT_EQ(plan_of({"2024-01-01", "2024-01-02 10:00:00"}).type, "TIMESTAMP");
  EXPECT_EQ(plan_of({"", "NA"}).type, "VARCHAR");
}

TEST(ColumnEvidence, TakesDoublesOnlyWhereTheyKeepEveryDigit) {
  EXPECT_EQ(plan_of({"87938.42857142857", "0.14285714285714285", "-5"}).type, "DOUBLE");
  EXPECT_EQ(plan_of({"0.12345678901234567"}).type, "DECIMAL(38,17)");  // a double ends in …68
  EXPECT_EQ(plan_of({"0.123456", "9007199254740993"}).type, "DECIMAL(38,6)");
  EXPECT_EQ(plan_of({"1.5e-30", "2.25"}).type, "DOUBLE");
  EXPECT_EQ(plan_of({"1e400", "2"}).type, "VARCHAR");
}

TEST(ColumnEvidence, KeepsCodesAsText) {
  EXPECT_EQ(plan_of({"01234", "98765"}).type, "VARCHAR");
  EXPECT_EQ(plan_of({"+4915112345678", "+4915187654321"}).type, "VARCHAR");
  EXPECT_EQ(plan_of({"A1", "2"}).type, "VARCHAR");
}

TEST(ColumnEvidence, KeepsWhatIsDialledHoweverLong) {
  EXPECT_EQ(plan_of({"+4915112345678"}).type, "VARCHAR");
  EXPECT_EQ(plan_of({"+" + std::string(36, '5')}).type, "VARCHAR");
  EXPECT_EQ(plan_of({"+" + std::string(500, '5')}).type, "VARCHAR");
}

TEST(ColumnEvidence, ReadsUnits) {
  const auto money = plan_of({"1.234,56 €", "7,00 €", "12 €"});
  EXPECT_EQ(money.type, "DECIMAL(18,2)");
  EXPECT_EQ(money.currency, "EUR");
  EXPECT_EQ(money.mark, DecimalMark::comma);
  EXPECT_TRUE(plan_of({"5 %", "7.5 %"}).percent);
  EXPECT_EQ(plan_of({"$1", "€1"}).type, "VARCHAR");
}

TEST(ColumnEvidence, AnotherColumnSettlesTheMark) {
  EXPECT_EQ(plan_of({"1,234", "5,678"}).type, "BIGINT");
  EXPECT_EQ(plan_of({"1,234", "5,678"}, {.mark = DecimalMark::comma}).type, "DECIMAL(18,3)");
}

TEST(ColumnEvidence, DecidesTheOrderOfDatesFromAllCells) {
  EXPECT_FALSE(plan_of({"01/02/2024", "03/25/2024"}).day_first);
  EXPECT_TRUE(plan_of({"01/02/2024", "25/03/2024"}).day_first);
  EXPECT_EQ(plan_of({"25/03/2024", "03/25/2024"}).type, "VARCHAR");
  EXPECT_FALSE(plan_of({"01/02/2024", "03/04/2024"}).note.empty());
  EXPECT_FALSE(plan_of({"02/01/2024", "03/01/2024"}).day_first) << "monthly data";
}

TEST(ColumnEvidence, QuarantinesFewAndWidensForMany) {
  std::vector<std::string> cells;
  for (int i = 0; i < 1000; ++i) cells.push_back(std::to_string(i));
  cells[500] = "n/b";
  const auto few = plan_of(cells);
  EXPECT_EQ(few.type, "BIGINT");
  EXPECT_EQ(few.misfits, 1);
  for (int i = 0; i < 10; ++i) cells[static_cast<std::size_t>(i)] = "text";
  EXPECT_EQ(plan_of(cells).type, "VARCHAR");
}

TEST(ColumnEvidence, MissingWordsAreNullOnlyInTypedColumns) {
  const auto typed = plan_of({"1", "NA", "-", "null", "3"});
  EXPECT_EQ(typed.type, "BIGINT");
  EXPECT_EQ(typed.values, 2);
  EXPECT_EQ(plan_of({"DE", "NA", "none"}).values, 3);
}

TEST(ColumnEvidence, MergesThreads) {
  ColumnEvidence all;
  ColumnEvidence left;
  ColumnEvidence right;
  for (int i = 0; i < 5000; ++i) {
    const auto cell = i % 1000 == 7 ? std::string("x") : fmt::format("{}.5", i);
    all.add(cell);
    (i % 2 ? left : right).add(cell);
  }
  left.merge(right);
  EXPECT_EQ(left.decide({}).type, all.decide({}).type);
  EXPECT_EQ(left.decide({}).misfits, all.decide({}).misfits);
}

}  // namespace
}  // namespace sextant::formats
