// Studies on data with planted answers: an outlier, a driver of a change, a correlation, a season.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/ask/traces.h"
#include "analysis/semantic/test_data.h"
#include "base/json.h"

namespace sextant::semantic {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// Two years of days. In March 2025 sales of the region North double, nothing else changes. `noise`
// is between 0 and 6, the same in every month.
constexpr const char* kSales = R"(
CREATE TABLE sales AS
SELECT row_number() OVER () AS sale_id, day, region, channel,
       CAST(CASE WHEN region = 'North' AND day >= DATE '2025-03-01' THEN 200 ELSE 100 END AS DOUBLE)
         AS amount
FROM (SELECT DATE '2024-01-01' + CAST(d AS INTEGER) AS day
      FROM range(DATE '2025-03-31' - DATE '2024-01-01' + 1) r(d)) days,
     (VALUES ('North'), ('South'), ('East')) regions(region),
     (VALUES ('online'), ('store')) channels(channel);
)";

// y = 3x + 5 but for one row; z follows nothing; weight has one gap and one gross error.
constexpr const char* kParts = R"(
CREATE TABLE parts AS
SELECT i AS part_id, CASE WHEN i % 2 = 0 THEN 'left' ELSE 'right' END AS side,
       CAST(i AS DOUBLE) AS length, CAST(3 * i + 5 AS DOUBLE) AS width,
       CAST((i * 7919) % 101 AS DOUBLE) AS shade,
       CASE WHEN i = 17 THEN NULL WHEN i = 23 THEN 5000.0 ELSE 50 + (i * 31) % 11 END AS weight,
       CASE WHEN i % 2 = 0 THEN 10 + i % 5 ELSE 20 + i % 5 END AS price
FROM range(1, 61) r(i);
)";

double number(const catalog::Answer& answer, std::size_t row, std::size_t column) {
  return answer.rows.at(row).as_array().at(column).to_number<double>();
}

class Studies : public testing::Test {
 protected:
  static catalog::Answer answered(TestData& data, const std::string& question) {
    auto answer = data.ask(question).value();
    EXPECT_EQ(answer.status, catalog::AnswerStatus::answered)
        << question << ": " << answer.response;
    EXPECT_THAT(ask::untraced_numbers(answer), IsEmpty()) << question << ": " << answer.response;
    return answer;
  }
  static TestData sales() { return TestData(kSales, {"sales"}, "2025-04-02"); }
  static TestData parts() { return TestData(kParts, {"parts"}, "2025-04-02"); }
};

TEST_F(Studies, ACorrelationIsFoundWithItsSignificance) {
  auto data = parts();
  const auto answer = answered(data, "correlation between length and width");
  EXPECT_NEAR(number(answer, 0, 0), 1, 1e-9);
  const auto none = answered(data, "is there a correlation between length and shade?");
  EXPECT_LT(std::abs(number(none, 0, 0)), 0.3);
}

TEST_F(Studies, StatisticsOfAColumn) {
  auto data = parts();
  const auto answer = answered(data, "mean and standard deviation of length");
  EXPECT_DOUBLE_EQ(number(answer, 0, 0), 30.5);
  EXPECT_NEAR(number(answer, 0, 1), std::sqrt(60.0 * 61 / 12), 1e-9);  // of 1 … n: √(n(n+1)/12)
}

TEST_F(Studies, OutliersAreCountedAndLeftOut) {
  auto data = parts();
  EXPECT_EQ(number(answered(data, "how many outliers are there in weight?"), 0, 0), 1);
  const auto mean =
      answered(data, "Remove outliers of weight. Then calculate the mean and variance of weight.");
  EXPECT_LT(number(mean, 0, 0), 61);
}

TEST_F(Studies, MissingValuesAreFilledForTheAnswerOnly) {
  auto data = parts();
  const auto filled = answered(
      data,
      "Fill missing values of weight with the median, then the median and variance of weight");
  EXPECT_THAT(filled.insights, testing::Contains(HasSubstr("the data is unchanged")));
  EXPECT_EQ(data.connection().query("SELECT count(weight) FROM parts")->int64(0, 0), 59);
}

TEST_F(Studies, TwoGroupsDifferSignificantly) {
  auto data = parts();
  const auto answer =
      answered(data, "Is there a significant difference in price between each side?");
  EXPECT_EQ(json::dump(answer.rows.at(0).as_array().at(0)), "true");
  EXPECT_THAT(answer.response, HasSubstr("differ significantly"));
  const auto same =
      answered(data, "Is there a significant difference in length between each side?");
  EXPECT_EQ(json::dump(same.rows.at(0).as_array().at(0)), "false");
}

TEST_F(Studies, ReportsAreNamedAndWordedAsTold) {
  auto data = parts();
  const auto answer = answered(data,
                               "Check if width follows a normal distribution.\n"
                               "Use the Shapiro-Wilk test with an alpha of 0.01.\n"
                               "@width_mean[number] @p_value[number] @is_normal[text] where "
                               "\"text\" is either \"yes\" or \"no\".");
  ASSERT_EQ(answer.columns.size(), 3u);
  EXPECT_EQ(answer.columns[0].name, "width_mean");
  EXPECT_DOUBLE_EQ(number(answer, 0, 0), 96.5);
  EXPECT_EQ(answer.columns[2].name, "is_normal");
  const bool normal = number(answer, 0, 1) > 0.01;
  EXPECT_EQ(answer.rows.at(0).as_array().at(2).as_string(), normal ? "yes" : "no");
}

// left and right have even and odd parts: lengths 2 … 60 and 1 … 59.
TEST_F(Studies, NamesSayWhichGroupAFigureIsOf) {
  auto data = parts();
  const auto answer = answered(data,
                               "What is the average length of left parts? How does it compare to "
                               "the average length of right parts?\n"
                               "@mean_length_left[number] @mean_length_right[number]");
  EXPECT_DOUBLE_EQ(number(answer, 0, 0), 31);
  EXPECT_DOUBLE_EQ(number(answer, 0, 1), 30);
}

TEST_F(Studies, FiguresAreOfTheOutliersWhenTheyAreAskedFor) {
  auto data = parts();
  const auto answer = answered(data,
                               "Identify the outliers in weight by the IQR method. Report the "
                               "number and the mean weight of these outliers.\n"
                               "@outlier_count[number] @mean_weight_outliers[number] "
                               "@outlier_part_ids[list]");
  EXPECT_DOUBLE_EQ(number(answer, 0, 0), 1);
  EXPECT_DOUBLE_EQ(number(answer, 0, 1), 5000);
  EXPECT_EQ(answer.rows.at(0).as_array().at(2).as_string(), "23");
}

// (3i + 5) / i over i = 1 … 60 is 3 + 5 H(60) / 60.
TEST_F(Studies, WhatIsDividedComesFirst) {
  auto data = parts();
  double harmonic = 0;
  for (int i = 1; i <= 60; ++i) harmonic += 1.0 / i;
  const auto answer =
      answered(data,
               "Create a new feature called 'length_share' by dividing the width by "
               "the length. Calculate the mean and variance of this new feature.");
  EXPECT_NEAR(number(answer, 0, 0), 3 + 5 * harmonic / 60, 1e-9);
}

TEST_F(Studies, RulesOfAVerdictAreFollowed) {
  auto data = parts();
  const std::string rules =
      "\nConsider the relationship strong if the absolute value of r is greater than or equal to "
      "0.7, moderate if it is between 0.3 and 0.7, and weak if it is less than 0.3.\n"
      "@coefficient_r_correlation[r] @strength[word] where \"word\" is a string that can either be "
      "\"strong\", \"moderate\", or \"weak\".";
  const auto strong = answered(data, "Calculate the correlation between length and width." + rules);
  EXPECT_EQ(strong.rows.at(0).as_array().at(1).as_string(), "strong");
  const auto weak = answered(data, "Calculate the correlation between length and shade." + rules);
  EXPECT_EQ(weak.rows.at(0).as_array().at(1).as_string(), "weak");
}

TEST_F(Studies, ThePlantedDriverOfAChangeIsFound) {
  auto data = sales();
  const auto answer = answered(data, "why did amount rise in March 2025?");
  ASSERT_FALSE(answer.rows.empty());
  EXPECT_EQ(answer.rows.at(0).as_array().at(0).as_string(), "region");
  EXPECT_EQ(answer.rows.at(0).as_array().at(1).as_string(), "North");
  EXPECT_THAT(answer.response, HasSubstr("rose by"));
  // February 2025 has 28 days of 600, March 31 days of 800: 16,800 to 24,800.
  EXPECT_THAT(answer.response, HasSubstr("16,800"));
  EXPECT_THAT(answer.response, HasSubstr("24,800"));
}

TEST_F(Studies, AForecastHasAnIntervalAndABackTest) {
  auto data = sales();
  const auto answer = answered(data, "forecast total amount for the next 2 months");
  EXPECT_EQ(answer.suggested_chart->type, catalog::ChartType::line);
  EXPECT_THAT(answer.response, HasSubstr("is expected to be"));
  const std::size_t last = answer.rows.size() - 1;
  EXPECT_LE(number(answer, last, 3), number(answer, last, 2));
  EXPECT_GE(number(answer, last, 4), number(answer, last, 2));
}

TEST_F(Studies, FewPartsMakeUpMostOfTheWhole) {
  TestData data(
      "CREATE TABLE invoices AS SELECT * FROM (VALUES (1, 'Ada', 800.0), (2, 'Bob', 150.0), (3, "
      "'Cyd', 30.0), (4, 'Dan', 20.0)) t(invoice_id, customer, amount)",
      {"invoices"}, "2025-04-02");
  const auto answer = answered(data, "pareto of total amount by customer");
  EXPECT_THAT(answer.response, HasSubstr("The largest 1 of 4"));
  EXPECT_DOUBLE_EQ(number(answer, 0, 3), 80);
}

TEST_F(Studies, SayWhyTheyCanNotBeMade) {
  auto data = sales();
  const auto answer = data.ask("forecast total amount for the next 60 years").value();
  EXPECT_EQ(answer.status, catalog::AnswerStatus::abstained);
  EXPECT_FALSE(answer.response.empty());
  EXPECT_FALSE(answer.follow_ups.empty());
}

TEST_F(Studies, WhatGoesTogetherIsToldFromChance) {
  auto data = parts();
  const auto answer = answered(data, "what correlates with length?");
  EXPECT_EQ(answer.rows.at(0).as_array().at(1).as_string(), "width");
  EXPECT_THAT(answer.response, HasSubstr("Length and width go strongly together"));
  EXPECT_THAT(answer.response, testing::Not(HasSubstr("shade")));
}

TEST_F(Studies, AnOutlierIsShownWithItsRow) {
  auto data = parts();
  const auto answer = answered(data, "outliers in weight");
  ASSERT_EQ(answer.rows.size(), 1u);
  EXPECT_EQ(number(answer, 0, 0), 5000);
  EXPECT_THAT(answer.response, HasSubstr("The most extreme is 5,000"));
}

TEST_F(Studies, WhatIsAskedNextCanBeAnswered) {
  auto monthly = sales(), table = parts();
  int asked = 0;
  for (auto& [data, question] : std::vector<std::pair<TestData*, std::string>>{
           {&monthly, "total amount by month"},
           {&monthly, "why did amount rise in March 2025?"},
           {&monthly, "forecast total amount for the next 2 months"},
           {&table, "distribution of weight"},
           {&table, "outliers in weight"},
           {&table, "what correlates with length?"}}) {
    const auto first = answered(*data, question);
    EXPECT_FALSE(first.follow_ups.empty()) << question;
    for (const auto& next : first.follow_ups) {
      const auto answer = data->ask(next, true).value();
      EXPECT_EQ(answer.status, catalog::AnswerStatus::answered) << question << " → " << next;
      EXPECT_THAT(ask::untraced_numbers(answer), IsEmpty()) << next << ": " << answer.response;
      data->ask(question).value();
      ++asked;
    }
  }
  EXPECT_GT(asked, 12);
}

TEST_F(Studies, SameQuestionSameAnswer) {
  for (const auto* question :
       {"correlation between length and width", "how many outliers are there in weight?",
        "mean and standard deviation of price for each side"}) {
    auto first = parts(), second = parts();
    auto a = first.ask(question).value(), b = second.ask(question).value(),
         again = first.ask(question).value();
    for (auto* answer : {&a, &b, &again}) {
      if (answer->receipt) answer->receipt->reading_ms = answer->receipt->elapsed_ms = 0;
    }
    EXPECT_EQ(json::dump(json::to_value(a)), json::dump(json::to_value(b))) << question;
    EXPECT_EQ(json::dump(json::to_value(a)), json::dump(json::to_value(again))) << question;
  }
}

}  // namespace
}  // namespace sextant::semantic
