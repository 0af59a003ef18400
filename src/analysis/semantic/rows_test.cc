// Questions that go by the rows of one table as they stand, its cells written as people write them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/ask/traces.h"
#include "analysis/semantic/test_data.h"
#include "base/json.h"

namespace sextant::semantic {
namespace {

using testing::IsEmpty;

// Cells as people write them.
constexpr const char* kRaces = R"(
CREATE TABLE races AS SELECT * FROM (VALUES
  ('March 4, 2013', 'Lisbon', 'Ana Sol', '1,204 m', '8:18.78'),
  ('May 12, 2013', 'Porto', 'Bela Rio', '980 m', '7:59.10'),
  ('June 2, 2013', 'Faro', 'Ana Sol', '1,510 m', '8:01.00'),
  ('January 9, 2014', 'Braga', 'Clea Mar', '870 m', '9:10.25'),
  ('April 1, 2014', 'Evora', 'Ana Sol', '1,100 m', '8:40.00')) t(date, venue, winner, climb, time);
)";

constexpr const char* kMedals = R"(
CREATE TABLE medals AS SELECT * FROM (VALUES
  ('1', 'Norway', 4, 2, 5, 'W 3-1'), ('2', 'Russia', 3, 0, 2, 'L 0-2'),
  ('3', 'Italy', 0, 3, 1, 'W 2-0'), ('4', 'Spain', 1, 1, 0, 'W 1-0'),
  ('Total', NULL, 8, 6, 8, NULL)) t(rank, nation, gold, silver, bronze, final);
)";

// The newest on top.
constexpr const char* kWinners = R"(
CREATE TABLE winners AS SELECT * FROM (VALUES
  (2004, 'Dora'), (2003, 'Carl'), (2002, 'Bea'), (2001, 'Abel')) t(year, winner);
)";

constexpr const char* kPlayers = R"(
CREATE TABLE players AS SELECT * FROM (VALUES
  ('Ann', 'Forward', 'Italy', 12), ('Bob', 'Guard', 'Spain', 7), ('Cem', 'Forward', 'Russia', 9),
  ('Dan', 'Forward', 'Russia', 3)) t(name, position, nationality, points);
)";

class Rows : public testing::Test {
 protected:
  explicit Rows(const char* sql = kRaces, const char* table = "races")
      : data_(sql, {table}, "2025-04-02") {}
  static void expect(TestData& data, const std::string& question, const std::string& rows) {
    const auto answer = data.ask(question).value();
    EXPECT_EQ(answer.status, catalog::AnswerStatus::answered)
        << question << ": " << answer.response;
    EXPECT_THAT(ask::untraced_numbers(answer), IsEmpty()) << question << ": " << answer.response;
    EXPECT_EQ(json::dump(json::Value(answer.rows)), rows) << question;
  }
  void expect(const std::string& question, const std::string& rows) {
    expect(data_, question, rows);
  }
  TestData data_;
};

TEST_F(Rows, NeighboursEndsAndCounts) {
  expect("which venue came after Porto?", R"([["Faro"]])");
  expect("what venue is listed before Braga?", R"([["Faro"]])");
  expect("what is the difference in climb between Porto and Faro?", "[[530]]");
  expect("how many more races did Ana Sol win than Bela Rio?", "[[2]]");
  expect("which venue had the longer climb, Lisbon or Braga?", R"([["Lisbon"]])");
  expect("which venue has the highest climb?", R"([["Faro"]])");
  expect("which winner is listed the most?", R"([["Ana Sol"]])");
  expect("what was the first venue?", R"([["Lisbon"]])");
  expect("how many races did Ana Sol win?", "[[3]]");
  expect("how many races had a climb of over 1,000 m?", "[[3]]");
  expect("how many different winners are there?", "[[3]]");
}

TEST_F(Rows, LikenessToAnotherRow) {
  expect("which venue had a longer climb than Lisbon?", R"([["Faro"]])");
  expect("how many venues had a longer climb than Porto?", "[[3]]");
  expect("which venue has the next highest climb after Faro?", R"([["Lisbon"]])");
}

TEST_F(Rows, YesAndNo) {
  expect("is the climb of Lisbon higher than that of Porto?", R"([["yes"]])");
  expect("is the climb of Braga higher than that of Porto?", R"([["no"]])");
  expect("was the climb of Porto more or less than the climb of Faro?", R"([["less"]])");
  expect("is Faro listed above or below Porto?", R"([["below"]])");
}

TEST_F(Rows, TimesAreReadFromDays) {
  expect("what year was the first race?", "[[2013]]");
  expect("how many races were in 2014?", "[[2]]");
  expect("how many days are between the date of Lisbon and the date of Porto?", "[[69]]");
}

TEST_F(Rows, WhatIsNotMeantIsLeftOut) {
  expect("how many races were not in Porto?", "[[4]]");
  TestData medals(kMedals, {"medals"}, "2025-04-02");
  expect(medals, "how many nations did not win silver?", "[[1]]");
  expect(medals, "how many finals were won?", "[[3]]");
}

TEST_F(Rows, WhatIsCountedMayBeWhatCellsSay) {
  expect("how many races had a climb of 1,000 m at most?", "[[2]]");
  TestData players(kPlayers, {"players"}, "2025-04-02");
  expect(players, "how many forwards are on the team?", "[[3]]");
  expect(players, "how many Russians are there?", "[[2]]");
}

TEST_F(Rows, AfterInTimeStandsAboveWhenTheNewestIsFirst) {
  TestData winners(kWinners, {"winners"}, "2025-04-02");
  expect(winners, "who won after Bea?", R"([["Carl"]])");
  expect(winners, "who is listed below Bea?", R"([["Abel"]])");
}

}  // namespace
}  // namespace sextant::semantic
