#include "analysis/ask/unread.h"

#include <gmock/gmock.h>

#include "analysis/ask/linking/language.h"

namespace sextant::ask {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One table: when, place, price, average_wait.
class UnreadWords : public ::testing::Test {
 protected:
  static Context make() {
    catalog::SemanticModel model;
    catalog::ModelTable table;
    table.name = "trips";
    for (const auto& [name, type] :
         {std::pair{"day", "DATE"}, std::pair{"place", "VARCHAR"}, std::pair{"price", "DOUBLE"},
          std::pair{"average_wait", "DOUBLE"}}) {
      catalog::ModelColumn column;
      column.name = column.original_name = name;
      column.type = type;
      table.columns.push_back(column);
    }
    table.time_column = "day";
    model.tables.push_back(table);
    TableSample sample;
    sample.rows = 1;
    sample.columns = {{Cell(std::string("2025-08-20"))},
                      {Cell(std::string("Second Street"))},
                      {Cell(2.0)},
                      {Cell(1.0)}};
    return Context::from_samples(model, {sample});
  }

  std::vector<std::string> unread(const std::string& question, const Reading& reading) const {
    return unread_words(context_, link(context_, question, "2025-08-20"), reading);
  }

  static Reading figure(Aggregate aggregate, const std::string& column = "price") {
    Reading reading;
    reading.table = "trips";
    reading.measures.push_back({.aggregate = aggregate, .table = "trips", .column = column});
    return reading;
  }
  static Reading grouped(Aggregate aggregate, Grain grain = Grain::none) {
    Reading reading = figure(aggregate);
    reading.dimensions.push_back(
        {.table = "trips", .column = grain == Grain::none ? "place" : "day", .grain = grain});
    return reading;
  }
  static Filter filter(Operator op, boost::json::value value) {
    return {.any_of = {{.table = "trips", .column = "price", .op = op, .values = {value}}}};
  }

  const Context context_ = make();
};

TEST_F(UnreadWords, AggregatesThatAreNotTaken) {
  EXPECT_THAT(unread("Median price by place", grouped(Aggregate::sum)), ElementsAre("Median"));
  EXPECT_THAT(unread("Median price by place", grouped(Aggregate::median)), IsEmpty());
  EXPECT_THAT(unread("average price", figure(Aggregate::count, "")), ElementsAre("average"));
  EXPECT_THAT(unread("outliers of price", figure(Aggregate::sum)), ElementsAre("outliers"));
}

TEST_F(UnreadWords, NamesAndValuesAreNoCues) {
  EXPECT_THAT(unread("total average wait", figure(Aggregate::sum, "average_wait")), IsEmpty());
  Reading there = figure(Aggregate::sum);
  there.filters.push_back(
      {.any_of = {{.table = "trips", .column = "place", .values = {"Second Street"}}}});
  EXPECT_THAT(unread("price at second street", there), IsEmpty());
}

TEST_F(UnreadWords, ComparisonsThatAreNotMade) {
  Reading expensive = figure(Aggregate::count, "");
  EXPECT_THAT(unread("trips with price more than 3", expensive), ElementsAre("than"));
  expensive.filters.push_back(filter(Operator::greater, 3));
  EXPECT_THAT(unread("trips with price more than 3", expensive), IsEmpty());
  EXPECT_THAT(unread("trips with a price higher than the average", expensive),
              ElementsAre("than", "average"));
  expensive.filters[0].any_of[0].of = {figure(Aggregate::avg)};
  EXPECT_THAT(unread("trips with a price higher than the average", expensive), IsEmpty());
}

TEST_F(UnreadWords, PeriodsThatAreNotCompared) {
  Reading last = figure(Aggregate::sum);
  last.filters.push_back({.any_of = {{.table = "trips", .column = "day", .label = "last year"}}});
  EXPECT_THAT(unread("price compared with last year", last), ElementsAre("compared"));
  last.measures[0].window = Window::growth;
  EXPECT_THAT(unread("price compared with last year", last), IsEmpty());
}

TEST_F(UnreadWords, NegationsOrdinalsAndGroups) {
  EXPECT_THAT(unread("trips that never cost 3", figure(Aggregate::count, "")),
              ElementsAre("never"));
  Reading not_three = figure(Aggregate::count, "");
  not_three.filters.push_back(filter(Operator::not_equal, 3));
  EXPECT_THAT(unread("trips that never cost 3", not_three), IsEmpty());
  EXPECT_THAT(unread("place with the second highest price", grouped(Aggregate::sum)),
              ElementsAre("second"));
  Reading second = grouped(Aggregate::sum);
  second.offset = 1;
  EXPECT_THAT(unread("place with the second highest price", second), IsEmpty());
  EXPECT_THAT(unread("price per place", figure(Aggregate::sum)), ElementsAre("per place"));
  EXPECT_THAT(unread("price in each month", grouped(Aggregate::sum)), ElementsAre("month"));
  EXPECT_THAT(unread("price in each month", grouped(Aggregate::sum, Grain::month)), IsEmpty());
  EXPECT_THAT(unread("running total of price by place", grouped(Aggregate::sum)),
              ElementsAre("running"));
  EXPECT_THAT(unread("places both cheap and near", figure(Aggregate::count, "")),
              ElementsAre("both"));
}

TEST(Language, IsToldByItsSmallWords) {
  const auto language = [](std::string_view question) {
    return foreign_language(tokenise(question));
  };
  EXPECT_EQ(language("Wieviele Bestellungen gab es 2025?"), "German");
  EXPECT_EQ(language("Quelles sont les ventes par pays ?"), "French");
  EXPECT_EQ(language("¿Cuántos pedidos hay por cliente?"), "Spanish");
  EXPECT_EQ(language("Hoeveel klanten zijn er?"), "Dutch");
  EXPECT_EQ(language("Ile jest zamówień?"), "Polish");
  EXPECT_THAT(language("сколько заказов"), ::testing::HasSubstr("Russian"));
  EXPECT_THAT(language("売上は？"), ::testing::HasSubstr("Japanese"));
  for (const auto* english :
       {"How many orders in 2025?", "revenue per month", "orders from München", "top 5 products",
        "revenue", "what is the plus rate", "los angeles sales", "orders in Côte d'Ivoire"}) {
    EXPECT_EQ(language(english), "") << english;
  }
}

TEST_F(UnreadWords, ANumberThatNoConditionUsesIsNamed) {
  const auto numbers = [&](const std::string& question, const Reading& reading) {
    return unread_numbers(context_, link(context_, question, "2025-08-20"), reading);
  };
  Reading reading = figure(Aggregate::avg);
  EXPECT_THAT(numbers("average price above 3", reading), ElementsAre("3"));
  reading.filters.push_back(filter(Operator::greater, 3));
  EXPECT_THAT(numbers("average price above 3", reading), IsEmpty());
  EXPECT_THAT(numbers("average price above 3 and below 9", reading), ElementsAre("9"));
  reading.filters.push_back(filter(Operator::less, 2.5e6));
  EXPECT_THAT(numbers("average price above 3 and below 2.5 million", reading), IsEmpty());
  reading.limit = 5;
  EXPECT_THAT(numbers("top 5 places by price above 3", reading), IsEmpty());
}

}  // namespace
}  // namespace sextant::ask
