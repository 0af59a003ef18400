#include "analysis/chart/choose.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace sextant::chart {
namespace {

using catalog::ChartType;

ChartType of(const std::vector<catalog::ResultColumn>& columns, const char* rows) {
  const auto value = json::parse(rows).value();
  return choose(columns, value.as_array(), static_cast<std::int64_t>(value.as_array().size())).type;
}

TEST(Chart, FollowsTheShapeOfTheResult) {
  EXPECT_EQ(of({{"n", "BIGINT"}}, "[[3]]"), ChartType::metric);
  EXPECT_EQ(of({{"country", "VARCHAR"}, {"n", "BIGINT"}}, R"([["a",3],["b",4]])"), ChartType::bar);
  EXPECT_EQ(of({{"month", "DATE"}, {"n", "BIGINT"}},
               R"([["2024-01-01",3],["2024-02-01",4],["2024-03-01",5]])"),
            ChartType::line);
  EXPECT_EQ(of({{"a", "DOUBLE"}, {"b", "DOUBLE"}}, "[[1,2],[2,3],[3,4]]"), ChartType::scatter);
  EXPECT_EQ(of({{"name", "VARCHAR"}}, R"([["a"],["b"]])"), ChartType::table);
  EXPECT_EQ(of({{"c", "VARCHAR"}, {"d", "VARCHAR"}, {"n", "BIGINT"}},
               R"([["a","x",1],["a","y",2],["b","x",3]])"),
            ChartType::stacked_bar);
  EXPECT_EQ(of({{"n", "BIGINT"}}, "[]"), ChartType::table);
  // A group without a name is a group.
  EXPECT_EQ(of({{"country", "VARCHAR"}, {"n", "BIGINT"}}, R"([["a",3],[null,4]])"), ChartType::bar);
}

TEST(Chart, AnAskedTypeWinsWhenItCanBeDrawn) {
  const auto rows = json::parse(R"([["a",3],["b",4]])").value();
  ChartInput input;
  input.columns = {{"country", "VARCHAR"}, {"n", "BIGINT"}};
  input.rows = &rows.as_array();
  input.asked = ChartType::pie;
  EXPECT_EQ(choose(input).type, ChartType::pie);
  input.asked = ChartType::scatter;
  const auto spec = choose(input);
  EXPECT_EQ(spec.type, ChartType::bar);
  EXPECT_NE(spec.reason.find("can not"), std::string::npos);
}

TEST(Chart, MonthsOfTheYearAreNoTimeLine) {
  const auto rows = json::parse(R"([["January",3],["June",4],["July",5]])").value();
  ChartInput input;
  ColumnHint month{"month", "VARCHAR"};
  month.grain = "month_name";
  input.columns = {month, {"n", "BIGINT"}};
  input.rows = &rows.as_array();
  EXPECT_EQ(choose(input).type, ChartType::bar);
}

TEST(Chart, WhatIsSaidOfEachNameBesideDrawsNothing) {
  const auto rows =
      json::parse(R"([["Kim","2022-04-01",1900],["Lou","2023-11-01",820],["Max","2024-01-01",5]])")
          .value();
  ChartInput input;
  input.columns = {{"seller", "VARCHAR"}, {"hired", "DATE"}, {"revenue", "DOUBLE"}};
  input.rows = &rows.as_array();
  const auto spec = choose(input);
  EXPECT_EQ(spec.type, ChartType::bar);
  EXPECT_EQ(spec.configuration.x, "seller");
}

TEST(Chart, NegativeSharesMakeNoPie) {
  const auto rows = json::parse(R"([["a",3],["b",-4]])").value();
  ChartInput input;
  input.columns = {{"country", "VARCHAR"}, {"n", "BIGINT"}};
  input.rows = &rows.as_array();
  input.asked = ChartType::pie;
  EXPECT_EQ(choose(input).type, ChartType::bar);
}

}  // namespace
}  // namespace sextant::chart
