#include <gtest/gtest.h>

#include "analysis/formats/cell_number.h"
#include "analysis/formats/cell_time.h"

namespace sextant::formats {
namespace {

std::string plain(std::string_view text, DecimalMark mark) {
  const auto number = parse_styled_number(text);
  if (!number) return "none";
  if (!(mark == DecimalMark::comma ? number->as_comma : number->as_dot).valid) return "other mark";
  std::string out;
  append_plain_number(out, text, mark);
  return out;
}

TEST(CellNumber, ReadsBothMarks) {
  EXPECT_EQ(plain("1,234.56", DecimalMark::dot), "1234.56");
  EXPECT_EQ(plain("1.234,56", DecimalMark::comma), "1234.56");
  EXPECT_EQ(plain("1.234,56", DecimalMark::dot), "other mark");
  EXPECT_EQ(plain("1,234", DecimalMark::dot), "1234");
  EXPECT_EQ(plain("1,234", DecimalMark::comma), "1.234");
  EXPECT_EQ(plain("12,34,567.50", DecimalMark::dot), "1234567.50");
  EXPECT_EQ(plain("12,34", DecimalMark::dot), "other mark");
  EXPECT_EQ(plain("1'234'567.8", DecimalMark::dot), "1234567.8");
  EXPECT_EQ(plain("1\u00a0234,5", DecimalMark::comma), "1234.5");
  EXPECT_EQ(plain("1 234 567", DecimalMark::dot), "1234567");
}

TEST(CellNumber, ReadsSignsAndUnits) {
  EXPECT_EQ(plain("(99.00)", DecimalMark::dot), "-99.00");
  EXPECT_EQ(plain("-$5", DecimalMark::dot), "-5");
  EXPECT_EQ(plain("$-5", DecimalMark::dot), "-5");
  EXPECT_EQ(plain("5.10-", DecimalMark::dot), "-5.10");
  EXPECT_EQ(plain("\u2212 7", DecimalMark::dot), "-7");
  EXPECT_EQ(plain("12,5 %", DecimalMark::comma), "12.5");
  EXPECT_EQ(plain("EUR 12", DecimalMark::dot), "12");
  EXPECT_EQ(plain(".5", DecimalMark::dot), "0.5");
  EXPECT_EQ(parse_styled_number("R$ 3")->currency, "R$");
}

TEST(CellNumber, RefusesWhatIsNone) {
  for (const auto* text : {"", "-", "abc", "1,2,3", "1.2.3.4", "12 km", "$", "--5", "5%%", "(5",
                           "1,23,4.5", "123,45,678", "1,23,456,789", "12:30", "$5€", "1e5x", "%"}) {
    EXPECT_FALSE(parse_styled_number(text)) << text;
  }
}

std::string iso(std::string_view text, bool day_first = true) {
  const auto time = parse_cell_time(text);
  if (!time) return "none";
  std::string out;
  if (time->order == DateOrder::none)
    append_iso_time(out, *time);
  else if (time->has_time)
    append_iso_timestamp(out, *time, day_first);
  else
    append_iso_date(out, *time, day_first);
  return out;
}

TEST(CellTime, ReadsManyForms) {
  EXPECT_EQ(iso("2024-02-29"), "2024-02-29");
  EXPECT_EQ(iso("2024/2/9"), "2024-02-09");
  EXPECT_EQ(iso("31/01/2024"), "2024-01-31");
  EXPECT_EQ(iso("01/31/2024", false), "2024-01-31");
  EXPECT_EQ(iso("1.2.24"), "2024-02-01");
  EXPECT_EQ(iso("1.2.70"), "1970-02-01");
  EXPECT_EQ(iso("5 Jan 2024"), "2024-01-05");
  EXPECT_EQ(iso("17-Feb-24"), "2024-02-17");
  EXPECT_EQ(iso("January 5, 2024"), "2024-01-05");
  EXPECT_EQ(iso("Mon, 5 Feb 2024 10:00:00 GMT"), "2024-02-05 10:00:00+00:00");
  EXPECT_EQ(iso("2024-01-05T10:30:00.123456Z"), "2024-01-05 10:30:00.123456+00:00");
  EXPECT_EQ(iso("2024-01-05 10:30:00-0330"), "2024-01-05 10:30:00-03:30");
  EXPECT_EQ(iso("1/2/2023, 12:33 PM", false), "2023-01-02 12:33:00");
  EXPECT_EQ(iso("12:05 AM"), "00:05:00");
  EXPECT_EQ(iso("7:05"), "07:05:00");
}

TEST(CellTime, RefusesWhatIsNone) {
  for (const auto* text :
       {"2023-02-29", "2024-13-01", "32/01/2024", "25:00", "10:61", "1.2.3", "12-15", "2024", "May",
        "2024-01-05 10", "1/2", "Maybe 5, 2024", "2024-01-05T10:30:00.1234567Z", "2024-01-05x"}) {
    EXPECT_EQ(iso(text), "none") << text;
  }
}

TEST(CellTime, KnowsWhatTheEngineReads) {
  EXPECT_TRUE(parse_cell_time("2024-01-05")->iso);
  EXPECT_TRUE(parse_cell_time("2024-01-05 10:30:00")->iso);
  EXPECT_TRUE(parse_cell_time("2024-01-05T10:30:00+02:00")->iso);
  EXPECT_FALSE(parse_cell_time("2024/01/05")->iso);
  EXPECT_FALSE(parse_cell_time("5.1.2024")->iso);
}

}  // namespace
}  // namespace sextant::formats
