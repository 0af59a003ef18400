// Questions as data: tests/ask/*.txt. A case is
//
//   ? top 2 products by revenue        a question on the shop below (college*.txt: on the college,
//                                      season*.txt: on the season, places*.txt: on the places,
//                                      sheet*.txt: on the sheet, staff*.txt: on the staff,
//                                      flights*.txt: on the flights)
//   + only 2025                        a follow-up to the case before
//   = revenue by product name, largest 2
//   # answered
//   > [["Lamp",90.0],["Desk",50.0]]    the rows
//   ~ bar                              the chart
//   " rose by                          words of the sentence
//   @ 7                                rows of the main table that are in the result
//
// with any of the expectations left out. Lines that begin with a blank or a semicolon are comments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "analysis/ask/traces.h"
#include "analysis/semantic/club_data.h"
#include "analysis/semantic/test_data.h"
#include "base/json.h"

namespace sextant::semantic {
namespace {

constexpr const char* kShop = R"(
CREATE TABLE customers AS SELECT * FROM (VALUES
  (1, 'Anna Meyer', 'Germany'), (2, 'Ben Rossi', 'Italy'), (3, 'Clara Huber', 'Austria'),
  (4, 'David Weiss', 'Germany'), (5, 'Eva Novak', 'Italy')) t(customer_id, customer_name, country);
CREATE TABLE products AS SELECT * FROM (VALUES
  (1, 'Lamp', 'Home', 10.0, 4.0), (2, 'Desk', 'Office', 50.0, 30.0), (3, 'Chair', 'Office', 20.0, 15.0),
  (4, 'Vase', 'Home', 5.0, 1.0)) t(product_id, product_name, category, unit_price, unit_cost);
CREATE TABLE orders AS SELECT * FROM (VALUES
  (1, DATE '2024-11-05', 1, 'completed', 'online'), (2, DATE '2024-12-10', 2, 'completed', 'store'),
  (3, DATE '2025-01-15', 1, 'returned', 'online'), (4, DATE '2025-02-20', 3, 'completed', 'store'),
  (5, DATE '2025-03-01', 4, 'completed', 'online'), (6, DATE '2025-03-31', 2, 'cancelled', 'phone'))
  t(order_id, order_date, customer_id, status, channel);
CREATE TABLE order_items AS SELECT * FROM (VALUES
  (1, 1, 1, 2, 10.0), (2, 1, 2, 1, 50.0), (3, 2, 3, 1, 20.0), (4, 3, 1, 4, 10.0),
  (5, 4, 4, 2, 5.0), (6, 5, 1, 3, 10.0), (7, 6, 3, 2, 20.0))
  t(order_item_id, order_id, product_id, quantity, unit_price);
CREATE TABLE refunds AS SELECT * FROM (VALUES
  (1, DATE '2025-01-02', 1, NULL, 9.5), (2, DATE '2025-01-31', 2, 'late', 2.0), (3, DATE '2025-02-10', 3, 'late', 3.0),
  (4, DATE '2025-03-03', 3, 'broken', 4.0)) t(refund_id, refund_date, order_item_id, reason, amount);
)";

// The tables of tests/ask/college*.txt.
constexpr const char* kCollege = R"(
CREATE TABLE departments AS SELECT * FROM (VALUES
  (1, 'Physics', 900.0, 'Watson'), (2, 'History', 400.0, 'Taylor'), (3, 'Music', 200.0, 'Packard'))
  t(department_id, department_name, budget, building);
CREATE TABLE teachers AS SELECT * FROM (VALUES
  (1, 'Einstein', 95.0, 1, 1990), (2, 'Gauss', 80.0, 1, 2001), (3, 'Tacitus', 60.0, 2, 1995), (4, 'Mozart', 40.0, 3, 2010))
  t(teacher_id, name, salary, department_id, start_year);
CREATE TABLE courses AS SELECT * FROM (VALUES
  (1, 'Optics', 1, 4), (2, 'Mechanics', 1, 3), (3, 'Rome', 2, 3), (4, 'Harmony', 3, 2))
  t(course_id, title, department_id, credits);
CREATE TABLE students AS SELECT * FROM (VALUES
  (1, 'Ada', 'Byron', 22, 'F', 'London', 1, 'Y'), (2, 'Max', 'Weber', 19, 'M', 'Berlin', 1, 'N'),
  (3, 'Lise', 'Meitner', 25, 'F', 'Berlin', 2, 'Y'), (4, 'Carl', 'Orff', 30, 'M', 'Munich', 4, 'N'),
  (5, 'Ida', 'Noddack', 20, 'F', 'London', 3, 'N')) t(student_id, first_name, last_name, age, sex, city, advisor_id, on_scholarship);
CREATE TABLE enrolments AS SELECT * FROM (VALUES
  (1, 1, 1, 90.0), (2, 1, 3, 70.0), (3, 2, 1, 60.0), (4, 3, 2, 95.0), (5, 3, 1, 85.0), (6, 4, 4, 50.0))
  t(enrolment_id, student_id, course_id, grade);
)";

// The one table of tests/ask/season*.txt, as messy as people's tables are.
constexpr const char* kSeason = R"(
CREATE TABLE season AS SELECT * FROM (VALUES
  (1, 'Hawks', 'W 98-90', 'al horford (24)', 'josh smith (9)', '17,770', 'Ann', 'Lara', 'Platinum'),
  (2, 'Bulls', 'L 88-91', 'joe johnson (20)', 'al horford (12)', '2,058', 'Bea', 'Mia', 'Gold'),
  (3, 'Heat', 'W 104-99', 'josh smith (31)', 'al horford (10)', '20,000', 'Kim', 'Zoe', 'Silver'),
  (4, 'Celtics', 'L 80-85', 'joe johnson (18)', 'josh smith (11)', '19,500', 'Mia', 'Ann', 'Gold'))
  t(game, opponent, score, high_points, high_rebounds, attendance_2010, week_2, week_3, medal);
)";

// The tables of tests/ask/places*.txt.
constexpr const char* kPlaces = R"(
CREATE TABLE restaurants AS SELECT * FROM (VALUES
  (1, 'Lotus', 'thai', 4.5), (2, 'Orchid', 'thai', 4.5), (3, 'Basil', 'thai', 3.0), (4, 'Chili', 'thai', 1.5),
  (5, 'Roma', 'italian', 5.0), (6, 'Siam', 'thai', 5.0)) t(restaurant_id, name, food_type, rating);
CREATE TABLE locations AS SELECT * FROM (VALUES
  (1, 12, 'main st', 'springfield'), (2, 7, 'oak ave', 'springfield'), (3, 9, 'oak ave', 'springfield'),
  (4, 11, 'oak ave', 'springfield'), (5, 3, 'elm st', 'springfield'), (6, 4, 'main st', 'shelbyville'))
  t(restaurant_id, house_number, street_name, city_name);
CREATE TABLE branches AS SELECT * FROM (VALUES
  (1, 'TX', 2001), (2, 'TX', 2010), (3, 'CA', 2010)) t(branch_id, state, open_year);
)";

// The one table of tests/ask/sheet*.txt: a record for each order, with all that it is about.
constexpr const char* kSheet = R"(
CREATE TABLE sales AS SELECT 'SO-' || (1000 + i) AS order_id, DATE '2024-01-01' + (i * 3)::INT AS order_date,
  DATE '2024-01-01' + (i * 3 + 1 + i % 9)::INT AS ship_date, 'C' || (100 + i % 40) AS customer_id, 'Customer ' || (i % 40) AS customer_name,
  ['Consumer', 'Corporate'][1 + i % 2] AS segment, ['North', 'South', 'East', 'West'][1 + i % 4] AS region,
  ['Laptop', 'Desk', 'Pen'][1 + i % 3] AS product, ['Electronics', 'Furniture', 'Stationery'][1 + i % 3] AS category,
  1 + i % 5 AS quantity, CASE WHEN i % 6 = 0 THEN 0.1 ELSE 0 END AS discount,
  ([1000, 200, 2][1 + i % 3] * (1 + i % 5))::DOUBLE AS sales,
  ([100, 40, 1][1 + i % 3] * (1 + i % 5) * CASE WHEN i % 8 = 0 THEN -1 ELSE 1 END)::DOUBLE AS profit,
  CASE WHEN i % 10 = 3 THEN 'Yes' ELSE 'No' END AS returned
FROM range(240) t(i);
)";

// The one table of tests/ask/staff*.txt: a record for each person.
constexpr const char* kStaff = R"(
CREATE TABLE employees AS SELECT 500 + i AS employee_id, 'Person ' || i AS name,
  ['Engineering', 'Sales', 'Support'][1 + i % 3] AS department, ['London', 'Berlin'][1 + i % 2] AS location,
  ['F', 'M'][1 + i % 2] AS gender, 21 + (i * 7) % 44 AS age, DATE '2018-01-10' + (i * 20)::INT AS hire_date,
  30000 + (i * 37) % 120 * 1000 AS salary, i % 4 = 0 AS remote,
  CASE WHEN i % 5 = 0 THEN 'Yes' ELSE 'No' END AS attrition
FROM range(120) t(i);
)";

// The tables of tests/ask/flights*.txt, where flights have two airports.
constexpr const char* kFlights = R"(
CREATE TABLE airports AS SELECT * FROM (VALUES
  (1, 'Gardermoen', 'Oslo', 'Norway'), (2, 'Schwechat', 'Vienna', 'Austria'), (3, 'Galeao', 'Rio', 'Brazil'),
  (4, 'Flesland', 'Bergen', 'Norway')) t(airport_id, airport_name, city, country);
CREATE TABLE airlines AS SELECT * FROM (VALUES
  (1, 'Nordix', 'Norway'), (2, 'Brazair', 'Brazil'), (3, 'Alpina', 'Austria'),
  (4, 'Fjord Air', 'Norway')) t(airline_id, airline_name, country);
CREATE TABLE pilots AS SELECT * FROM (VALUES
  (1, 'Ada', 'Berg', 41, 1), (2, 'Ben', 'Costa', 30, 2), (3, 'Cleo', 'Dahl', 52, 2))
  t(pilot_id, fname, lname, age, airline_id);
CREATE TABLE flights AS SELECT * FROM (VALUES
  (101, 1, 1, 2, 90.0, 'summer', 2022), (102, 1, 2, 1, 80.0, 'winter', 2023), (103, 2, 3, 2, 700.0, 'summer', 2023),
  (104, 2, 2, 3, 650.0, 'winter', 2022), (105, 1, 1, 3, 900.0, 'summer', 2023))
  t(flight_id, airline_id, origin_airport_id, destination_airport_id, price, season, year);
CREATE TABLE assignments AS SELECT * FROM (VALUES
  (1, 101, 1, 'captain'), (2, 102, 1, 'captain'), (3, 103, 2, 'captain'), (4, 104, 3, 'captain'), (5, 104, 2, 'copilot'),
  (6, 105, 1, 'captain')) t(assignment_id, flight_id, pilot_id, role);
)";

class Shop : public TestData {
 public:
  Shop()
      : TestData(kShop, {"customers", "products", "orders", "order_items", "refunds"},
                 "2025-04-02") {}
};

TEST(Questions, TextCases) {
  Shop of_shop;
  TestData of_college(kCollege, {"departments", "teachers", "courses", "students", "enrolments"},
                      "2025-04-02");
  TestData of_season(kSeason, {"season"}, "2025-04-02");
  TestData of_places(kPlaces, {"restaurants", "locations", "branches"}, "2025-04-02");
  TestData of_sheet(kSheet, {"sales"}, "2025-12-31");
  TestData of_staff(kStaff, {"employees"}, "2025-12-31");
  TestData of_club(
      kClub,
      {"members", "vouchers", "transfers", "visits", "notices", "bicycles", "sellers", "sales"},
      "2024-12-31");
  TestData of_flights(kFlights, {"airports", "airlines", "pilots", "flights", "assignments"},
                      "2025-04-02");
  int cases = 0;
  for (const auto& file : std::filesystem::directory_iterator("tests/ask")) {
    if (file.path().extension() != ".txt") continue;
    const std::string stem = file.path().stem().string();
    TestData& shop = stem.starts_with("college")   ? of_college
                     : stem.starts_with("season")  ? of_season
                     : stem.starts_with("places")  ? of_places
                     : stem.starts_with("sheet")   ? of_sheet
                     : stem.starts_with("staff")   ? of_staff
                     : stem.starts_with("flights") ? of_flights
                     : stem.starts_with("club")    ? of_club
                                                   : static_cast<TestData&>(of_shop);
    std::ifstream in(file.path());
    std::optional<catalog::Answer> answer;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (line.size() < 3 || line[0] == ' ' || line[0] == ';') continue;
      const std::string rest = line.substr(2);
      const std::string where = file.path().string() + ":" + std::to_string(number);
      if (line[0] == '?' || line[0] == '+') {
        auto result = shop.ask(rest, line[0] == '+');
        ASSERT_TRUE(result) << where << ": " << result.error().message;
        answer = std::move(*result);
        EXPECT_THAT(ask::untraced_numbers(*answer), testing::IsEmpty())
            << where << ": " << answer->response;
        ++cases;
        continue;
      }
      ASSERT_TRUE(answer) << where;
      if (line[0] == '=') {
        EXPECT_EQ(answer->reading ? answer->reading->sentence : "", rest) << where;
      } else if (line[0] == '#') {
        EXPECT_EQ(json::enum_name(answer->status), rest) << where;
      } else if (line[0] == '>') {
        EXPECT_EQ(json::dump(json::Value(answer->rows)), rest) << where;
      } else if (line[0] == '~') {
        ASSERT_TRUE(answer->suggested_chart) << where;
        EXPECT_EQ(json::enum_name(answer->suggested_chart->type), rest) << where;
      } else if (line[0] == '"') {
        EXPECT_NE(answer->response.find(rest), std::string::npos)
            << where << ": " << answer->response;
      } else if (line[0] == '@') {
        ASSERT_TRUE(answer->receipt && answer->receipt->rows_matched) << where;
        EXPECT_EQ(std::to_string(*answer->receipt->rows_matched), rest) << where;
      } else {
        ADD_FAILURE() << where << ": unknown mark " << line[0];
      }
    }
  }
  EXPECT_GT(cases, 20);
}

TEST(Questions, AnEditedReadingIsRunAsItIs) {
  Shop shop;
  auto answer = shop.ask("revenue by category", false).value();
  json::Value logical = answer.reading->logical;
  logical.as_object()["limit"] = 1;
  answer = shop.run(logical).value();
  EXPECT_EQ(answer.rows.size(), 1u);
  logical.as_object()["table"] = "no_such_table";
  const auto failed = shop.run(logical);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::invalid_fields);
}

// What the page can change in a reading and send back.
TEST(Questions, EveryEditOfAChipIsRun) {
  Shop shop;
  const auto edited = [&](const std::string& question, auto change) {
    json::Value logical = shop.ask(question, false).value().reading->logical;
    change(logical.as_object());
    auto answer = shop.run(logical);
    EXPECT_TRUE(answer) << question << ": " << answer.error().message;
    return answer ? json::dump(json::Value(answer->rows)) + " " + answer->reading->sentence
                  : std::string();
  };
  const auto member = [](json::Object& o, const char* list) -> json::Object& {
    return o.at(list).as_array().at(0).as_object();
  };
  const std::string question = "total amount of refunds";
  for (const auto& [aggregate, expected] :
       std::vector<std::pair<std::string, std::string>>{{"avg", "[[4.625]] average amount"},
                                                        {"median", "[[3.5]] median amount"},
                                                        {"min", "[[2]] lowest amount"},
                                                        {"max", "[[9.5]] highest amount"}}) {
    EXPECT_EQ(edited(question, [&](auto& o) { member(o, "measures")["aggregate"] = aggregate; }),
              expected);
  }
  for (const auto* grain : {"day", "week", "quarter", "year"}) {
    const auto result =
        edited("revenue by month", [&](auto& o) { member(o, "dimensions")["grain"] = grain; });
    EXPECT_TRUE(result.ends_with(std::string(" revenue by ") + grain)) << result;
  }
  EXPECT_EQ(edited("top 2 products by revenue", [](auto& o) { o["limit"] = 1; }),
            R"([["Lamp",90]] revenue by product name, largest)");
  EXPECT_EQ(edited("top 2 products by revenue",
                   [&](auto& o) { member(o, "order")["descending"] = false; }),
            R"([["Vase",10],["Desk",50]] revenue by product name, smallest 2)");
  EXPECT_EQ(edited("top 2 categories by revenue", [](auto& o) { o["limit"] = nullptr; }),
            R"([["Office",110],["Home",100]] revenue by category, largest first)");
  EXPECT_EQ(edited("top 1 products by revenue",
                   [](auto& o) {
                     o["measures"].as_array().clear();
                     o["order"].as_array().clear();
                   }),
            R"([["Chair"]] product name, first 1)");
  const std::string filtered = "how many orders from Germany";
  EXPECT_EQ(edited(filtered, [](auto& o) { o["filters"].as_array().clear(); }),
            "[[6]] number of orders");
  EXPECT_EQ(edited(filtered, [&](auto& o) { member(o, "filters")["negated"] = true; }),
            "[[3]] number of orders, country is not Germany");
  EXPECT_EQ(edited(filtered,
                   [&](auto& o) {
                     member(member(o, "filters"), "any_of")["values"] = json::Array{"Austria"};
                   }),
            "[[1]] number of orders, country is Austria");
}

// A chip's alternative, put where its span stands in the question, asks for what it says.
TEST(Questions, EveryAlternativeOfAChipCanBeAsked) {
  Shop shop;
  int asked = 0;
  for (const std::string question :
       {"total amount of refunds", "revenue by month", "revenue over time", "monthly revenue",
        "top 2 products by revenue", "how many orders from Germany", "revenue last quarter",
        "average amount by reason", "orders by channel and month", "revenue in 2025 by category"}) {
    const auto first = shop.ask(question, false).value();
    ASSERT_TRUE(first.reading) << question;
    for (const auto& chip : first.reading->chips) {
      for (const auto& words : chip.alternatives) {
        ASSERT_TRUE(chip.span_start && chip.span_end) << question << " " << chip.key;
        std::string changed = question;
        changed.replace(static_cast<std::size_t>(*chip.span_start),
                        static_cast<std::size_t>(*chip.span_end - *chip.span_start), words);
        const auto answer = shop.ask(changed, false).value();
        ASSERT_TRUE(answer.reading) << changed;
        EXPECT_EQ(answer.status, catalog::AnswerStatus::answered) << changed;
        EXPECT_NE(answer.reading->sentence, first.reading->sentence) << changed;
        std::string said = words;
        if (said.starts_with("top ")) said = "largest " + said.substr(4);
        EXPECT_NE(answer.reading->sentence.find(said), std::string::npos)
            << changed << ": " << answer.reading->sentence;
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 40);
}

TEST(Questions, AmountsAreSaidWithTheirUnit) {
  Shop shop;
  for (auto& table : shop.request().model.tables) {
    for (auto& column : table.columns) {
      if (table.name == "refunds" && column.name == "amount") column.unit = "EUR";
    }
  }
  for (auto& metric : shop.request().model.metrics) {
    if (metric.name == "revenue") metric.unit = "EUR";
  }
  const auto says = [&](const std::string& question, const std::string& words) {
    const auto answer = shop.ask(question, false).value();
    EXPECT_NE(answer.response.find(words), std::string::npos) << answer.response;
  };
  says("total amount of refunds", "€18.50");
  says("average amount by reason", "€4");
  says("revenue by category", "€110");
  says("revenue by month", "(€");
}

TEST(Questions, SameQuestionSameAnswer) {
  Shop first, second;
  for (const auto* question :
       {"revenue by category", "customers from Germany", "what is the status of order 3"}) {
    const auto a = first.ask(question, false).value(), b = second.ask(question, false).value();
    EXPECT_EQ(a.generated_query, b.generated_query);
    EXPECT_EQ(json::dump(json::Value(a.rows)), json::dump(json::Value(b.rows)));
    EXPECT_EQ(a.response, b.response);
  }
}

TEST(Model, JoinsKeysAndMetricsOfAShop) {
  Shop shop;
  const auto& model = shop.request().model;
  ASSERT_EQ(model.joins.size(), 4u);
  for (const auto& join : model.joins) {
    EXPECT_EQ(join.cardinality, catalog::Cardinality::many_to_one);
    EXPECT_EQ(join.match_ratio, 1.0);
  }
  std::vector<std::string> metrics;
  for (const auto& metric : model.metrics) metrics.push_back(metric.name);
  EXPECT_EQ(metrics,
            (std::vector<std::string>{"revenue", "units_sold", "margin", "average_order_value"}));
  EXPECT_EQ(model.tables[2].time_column, "order_date");
  EXPECT_EQ(model.tables[0].keys.front(), "customer_id");
}

// Keys by the name of their rows; counts, own keys and names of people point to nothing.
TEST(Model, JoinsLeadToTheRowsThatAColumnNames) {
  TestData data(R"(
CREATE TABLE users AS SELECT * FROM (VALUES (1, 'Ann', 'Lee'), (2, 'Bob', 'Day'), (3, 'Cid', 'Fox'))
  t(uid, first_name, last_name);
CREATE TABLE members AS SELECT * FROM (VALUES (1, 'Eve', 'Lee'), (2, 'Dee', 'Day')) t(member_id, first_name, last_name);
CREATE TABLE visits AS SELECT * FROM (VALUES (7, 1, 2, 3), (8, 1, 1, 2), (9, 3, 1, 1))
  t(visit_id, user_id, member_in_charge_id, num_visits);
CREATE TABLE visit_notes AS SELECT * FROM (VALUES (1, 7), (2, 8), (3, 9)) t(visit_note_id, visit_id);
)",
                {"users", "members", "visits", "visit_notes"}, "2025-04-02");
  std::set<std::string> joins;
  for (const auto& join : data.request().model.joins) {
    joins.insert(join.left.table + "." + join.left.column + " = " + join.right.table + "." +
                 join.right.column);
  }
  EXPECT_EQ(joins, (std::set<std::string>{"visit_notes.visit_id = visits.visit_id",
                                          "visits.member_in_charge_id = members.member_id",
                                          "visits.user_id = users.uid"}));
}

// Numbers that are all keys of one table join where no name tells; a few small numbers do not.
TEST(Model, ValuesTellAJoin) {
  TestData data(R"(
CREATE TABLE voters AS SELECT * FROM (VALUES (1001, 'Ann'), (1002, 'Bob'), (1003, 'Cid'), (1004, 'Dee')) t(voter_id, name);
CREATE TABLE ballots AS SELECT * FROM (VALUES (1001, 1002, 1003, 1), (1002, 1003, 1004, 2), (1003, 1004, 1003, 1))
  t(voter_id, president_vote, vice_president_vote, round);
CREATE TABLE agents AS SELECT * FROM (VALUES (1, 'Eve'), (2, 'Fay'), (3, 'Gil')) t(agent_id, agent);
CREATE TABLE calls AS SELECT * FROM (VALUES (1, 2, 1), (2, 3, 2), (3, 2, 1)) t(call_number, handled_by_id, floor);
)",
                {"voters", "ballots", "agents", "calls"}, "2025-04-02");
  std::set<std::string> joins;
  for (const auto& join : data.request().model.joins) {
    joins.insert(join.left.table + "." + join.left.column + " = " + join.right.table + "." +
                 join.right.column);
  }
  EXPECT_EQ(joins, (std::set<std::string>{"ballots.voter_id = voters.voter_id",
                                          "ballots.president_vote = voters.voter_id",
                                          "ballots.vice_president_vote = voters.voter_id",
                                          "calls.handled_by_id = agents.agent_id"}));
  const auto rows = [&](const std::string& question) {
    auto answer = data.ask(question);
    EXPECT_TRUE(answer);
    return answer ? json::dump(json::Value(answer->rows)) : "";
  };
  EXPECT_EQ(rows("What are the names of voters who have vice president votes?"),
            R"([["Cid"],["Dee"]])");
  EXPECT_EQ(rows("What are the names of voters who have president votes?"),
            R"([["Bob"],["Cid"],["Dee"]])");
}

// Tables that share a key are joined only until the one whose rows it names is there.
TEST(Model, TheOrderOfSourcesDoesNotMatter) {
  TestData data(R"(
CREATE TABLE papers AS SELECT * FROM (VALUES (1, 'Tides'), (2, 'Winds'), (3, 'Ice')) t(paper_id, title);
CREATE TABLE paper_tags AS SELECT * FROM (VALUES (1, 4), (2, 5), (3, 4)) t(paper_id, tag_id);
CREATE TABLE paper_places AS SELECT * FROM (VALUES (1, 7), (2, 8), (3, 8)) t(paper_id, place_id);
)",
                {"papers", "paper_tags", "paper_places"}, "2025-04-02");
  const auto tables = data.request().catalog.sources.front().tables;
  const auto described = [&](const std::vector<std::size_t>& order) {
    wire::ModelRequest request;
    std::size_t superseded = 0;
    for (const std::size_t i : order) {
      catalog::SourceVersion source;
      source.source_id = "source of " + tables[i].name;
      source.tables = {tables[i]};
      request.source_id = source.source_id;
      request.catalog.sources.push_back(std::move(source));
      superseded += build_model(request, data.connection()).value().superseded.size();
      request.known = describe_source(request, data.connection()).value();
    }
    std::set<std::string> joins;
    for (const auto& join : request.known.joins) {
      joins.insert(join.left.table + "." + join.left.column + " = " + join.right.table + "." +
                   join.right.column);
    }
    return std::pair(joins, superseded);
  };
  const std::set<std::string> expected{"paper_tags.paper_id = papers.paper_id",
                                       "paper_places.paper_id = papers.paper_id"};
  EXPECT_EQ(described({0, 1, 2}), std::pair(expected, std::size_t{0}));
  EXPECT_EQ(described({1, 2, 0}), std::pair(expected, std::size_t{1}));
  EXPECT_EQ(described({1, 0, 2}), std::pair(expected, std::size_t{0}));
}

// One word can be the name of a table of several.
TEST(Questions, JoinedWordsNameATable) {
  TestData data(R"(
CREATE TABLE people AS SELECT * FROM (VALUES (1, 'Ann', 70), (2, 'Bob', 95), (3, 'Cid', 88)) t(people_id, name, weight);
CREATE TABLE weight_lifter AS SELECT * FROM (VALUES (1, 2, 210.5), (2, 3, 180.0)) t(weight_lifter_id, people_id, total);
)",
                {"people", "weight_lifter"}, "2025-04-02");
  EXPECT_EQ(json::dump(json::Value(data.ask("What are the names of weightlifters?")->rows)),
            R"([["Bob"],["Cid"]])");
}

// Two joins to one table are told apart by the words of the question.
TEST(Questions, AColumnCalledYearHoldsYears) {
  TestData days(R"(CREATE TABLE cars AS SELECT * FROM (VALUES
      ('a', 100.0, DATE '1970-01-01'), ('b', 110.0, DATE '1970-01-01'), ('c', 90.0, DATE '1971-01-01'))
      t(model, horsepower, year))",
                {"cars"}, "2025-04-02");
  const auto by_day = days.ask("average horsepower by year").value();
  EXPECT_EQ(by_day.status, catalog::AnswerStatus::answered);
  EXPECT_EQ(json::dump(json::Value(by_day.rows)), "[[1970,105],[1971,90]]");
  TestData numbers(R"(CREATE TABLE nations AS SELECT * FROM (VALUES
      ('Norway', 2000, 71.5), ('Norway', 2005, 73.5), ('Chad', 2000, 50.5), ('Chad', 2005, 52.5))
      t(nation, year, life_expectancy))",
                   {"nations"}, "2025-04-02");
  const auto by_number = numbers.ask("life expectancy of Norway over time").value();
  EXPECT_EQ(by_number.status, catalog::AnswerStatus::answered);
  EXPECT_EQ(json::dump(json::Value(by_number.rows)), "[[2000,71.5],[2005,73.5]]");
}

TEST(Questions, WhatIsCountedIsJoinedWithItsGroups) {
  TestData data(R"(CREATE TABLE parties AS SELECT * FROM (VALUES (1, 'Spring', 4), (2, 'Autumn', 6))
      t(party_id, theme, number_of_hosts);
      CREATE TABLE hosts AS SELECT * FROM (VALUES (11, 'Ann', 'Norway'), (12, 'Bo', 'Norway'), (13, 'Cy', 'Chad'))
      t(host_id, name, nationality))",
                {"parties", "hosts"}, "2025-04-02");
  const auto answer =
      data.ask("Show the number of hosts of each nationality in a bar chart").value();
  EXPECT_EQ(answer.status, catalog::AnswerStatus::answered);
  EXPECT_EQ(json::dump(json::Value(answer.rows)), R"([["Norway",2],["Chad",1]])");
}

TEST(Questions, ARoleChoosesItsJoin) {
  TestData data(R"(
CREATE TABLE stations AS SELECT * FROM (VALUES (1, 'North', 10), (2, 'South', 30), (3, 'East', 20))
  t(station_id, name, docks);
CREATE TABLE trips AS SELECT * FROM (VALUES (1, 1, 2, 5), (2, 2, 1, 7), (3, 3, 1, 9))
  t(trip_id, start_station_id, end_station_id, minutes);
)",
                {"stations", "trips"}, "2025-04-02");
  const auto minutes = [&](const std::string& question) {
    auto answer = data.ask(question, false);
    EXPECT_TRUE(answer);
    return answer ? json::dump(json::Value(answer->rows)) : "";
  };
  EXPECT_EQ(minutes("What are the minutes of trips that started from South?"), "[[7]]");
  EXPECT_EQ(minutes("What are the minutes of trips that ended at South?"), "[[5]]");
}

TEST(Model, SuggestedQuestionsAreAnswered) {
  Shop shop;
  wire::ModelRequest request;
  request.catalog = shop.request().catalog;
  request.source_id = "data";
  const auto reply = build_model(request, shop.connection()).value();
  ASSERT_GE(reply.suggested_questions.size(), 3u);
  for (const auto& question : reply.suggested_questions) {
    const auto answer = shop.ask(question, false).value();
    EXPECT_EQ(answer.status, catalog::AnswerStatus::answered) << question;
    EXPECT_GT(answer.total_rows, 0) << question;
  }
  request.source_id = "other";
  EXPECT_EQ(build_model(request, shop.connection()).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace sextant::semantic
