#include <gtest/gtest.h>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/reading.h"
#include "analysis/ask/sql.h"
#include "base/json.h"

namespace sextant::ask {
namespace {

TEST(Tokens, AreComparedFolded) {
  EXPECT_EQ(normalise("Ian Baker-Finch"), normalise("ian baker - finch"));
  EXPECT_EQ(normalise("Türkoğlu, José"), "turkoglu jose");
  EXPECT_EQ(normalise("9,263"), "9263");
  EXPECT_EQ(normalise("13.90 (87)"), "13.9 87");
  EXPECT_EQ(normalise("U.S. viewers"), "us viewers");
  EXPECT_EQ(normalise("men's"), "mens");
  EXPECT_EQ(normalise("1,2"), "1 2");
  EXPECT_EQ(normalise(""), "");
}

TEST(Tokens, SpansAreBytesOfTheText) {
  const std::string text = "Größe über 1.5k";
  const auto tokens = tokenise(text);
  ASSERT_EQ(tokens.size(), 3u);
  EXPECT_EQ(text.substr(static_cast<std::size_t>(tokens[1].start),
                        static_cast<std::size_t>(tokens[1].end - tokens[1].start)),
            "über");
  EXPECT_EQ(tokens[2].number, 1500.0);
}

TEST(Tokens, BrokenBytesDoNoHarm) {
  for (const std::string& text :
       {std::string("\xff\xfe\x80"), std::string(1, '\0'), std::string("'\xc3")}) {
    (void)tokenise(text);
    (void)name_tokens(text);
  }
}

TEST(Tokens, NamesAreSplit) {
  const auto words = name_tokens("unitPrice_EUR");
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(words[0].word, "unit");
  EXPECT_EQ(words[1].word, "price");
  EXPECT_EQ(words[2].word, "eur");
}

TEST(Edits, OneAtMost) {
  EXPECT_TRUE(within_one_edit("germany", "germny"));
  EXPECT_TRUE(within_one_edit("germany", "gremany"));
  EXPECT_TRUE(within_one_edit("paris", "pariss"));
  EXPECT_FALSE(within_one_edit("paris", "perez"));
  EXPECT_FALSE(within_one_edit("", "ab"));
}

catalog::SemanticModel dated_model() {
  catalog::SemanticModel model;
  catalog::ModelTable table;
  table.name = "events";
  catalog::ModelColumn day, kind;
  day.name = day.original_name = "day";
  day.type = "DATE";
  kind.name = kind.original_name = "kind";
  kind.type = "VARCHAR";
  table.columns = {day, kind};
  model.tables.push_back(table);
  return model;
}

std::vector<Period> periods(const std::string& question) {
  TableSample sample;
  sample.rows = 1;
  sample.columns = {{Cell(std::string("2025-08-20"))}, {Cell(std::string("x"))}};
  const Context context = Context::from_samples(dated_model(), {sample});
  return link(context, question, "2025-08-20").periods;
}

TEST(Links, RowsAloneNameNoTable) {
  auto model = dated_model();
  auto empty = model.tables[0];
  empty.name = "empty_rows";
  model.tables.push_back(empty);
  TableSample sample;
  sample.rows = 1;
  sample.columns = {{Cell(std::string("2025-08-20"))}, {Cell(std::string("x"))}};
  const Context context = Context::from_samples(model, {sample, sample});
  const auto named = [&](const std::string& question) {
    const auto links = link(context, question, "2025-08-20");
    return std::ranges::any_of(links.table_match[1], [](float match) { return match > 0; });
  };
  EXPECT_FALSE(named("how many rows do the events have"));
  EXPECT_TRUE(named("how many rows are in empty rows"));
  EXPECT_TRUE(named("count the empty rows"));
}

TEST(Periods, AreHalfOpen) {
  const auto expect = [](const std::string& question, const std::string& from,
                         const std::string& to) {
    const auto found = periods(question);
    ASSERT_EQ(found.size(), 1u) << question;
    EXPECT_EQ(found[0].from, from) << question;
    EXPECT_EQ(found[0].to, to) << question;
  };
  expect("events in 2024", "2024-01-01", "2025-01-01");
  expect("events in March 2024", "2024-03-01", "2024-04-01");
  expect("events last quarter", "2025-04-01", "2025-07-01");
  expect("events last month", "2025-07-01", "2025-08-01");
  expect("events this year", "2025-01-01", "2026-01-01");
  expect("events last 6 months", "2025-02-21", "2025-08-21");
  expect("events since March", "2025-03-01", "");
  expect("events before 2024", "", "2024-01-01");
  expect("events after 2023", "2024-01-01", "");
  expect("events between 2024-01-05 and 2024-02-10", "2024-01-05", "2024-02-11");
  expect("events on 3 May 2024", "2024-05-03", "2024-05-04");
  expect("events on May 3, 2024", "2024-05-03", "2024-05-04");
  expect("events in Q3 2024", "2024-07-01", "2024-10-01");
  expect("events yesterday", "2025-08-19", "2025-08-20");
}

TEST(Periods, ImpossibleDatesAreNone) {
  EXPECT_TRUE(periods("events on 2024-02-31").size() <= 1);
  EXPECT_TRUE(periods("events").empty());
}

TEST(Readings, SurviveJson) {
  Reading reading;
  reading.table = "events";
  reading.measures.push_back({Aggregate::count, "events", "", "", false, Span{3, 9}});
  reading.filters.push_back(
      {{{"events", "kind", Operator::equal, {json::Value("x")}, "", {}}}, true});
  reading.limit = 5;
  const auto back = reading_from_json(to_json(reading));
  ASSERT_TRUE(back);
  EXPECT_TRUE(same_meaning(reading, *back));
  EXPECT_EQ(back->measures[0].span, (Span{3, 9}));
  EXPECT_FALSE(reading_from_json(json::parse(R"({"measures": [{"aggregate": "evil"}]})").value()));
}

TEST(Sql, QuotesWhatItWrites) {
  auto model = dated_model();
  model.tables[0].columns[1].name = "ki\"nd";
  Reading reading;
  reading.table = "events";
  reading.columns.push_back({"events", "ki\"nd", {}});
  reading.filters.push_back(
      {{{"events", "ki\"nd", Operator::equal, {json::Value("O'Neil; DROP")}, "", {}}}, false});
  const auto sql = to_sql(model, reading);
  ASSERT_TRUE(sql);
  EXPECT_EQ(sql->text,
            "SELECT \"events\".\"ki\"\"nd\"\nFROM \"events\"\nWHERE \"events\".\"ki\"\"nd\" = "
            "'O''Neil; DROP'");
}

TEST(Sql, RefusesWhatIsNotThere) {
  Reading reading;
  reading.table = "events";
  EXPECT_FALSE(to_sql(dated_model(), reading));
  reading.columns.push_back({"events", "nothing", {}});
  EXPECT_FALSE(to_sql(dated_model(), reading));
  reading.columns[0].column = "kind";
  EXPECT_TRUE(to_sql(dated_model(), reading));
  reading.filters.push_back({{{"events", "kind", Operator::between, {}, "", {}}}, false});
  EXPECT_FALSE(to_sql(dated_model(), reading));
  reading.filters.clear();
  reading.limit = -1;
  EXPECT_FALSE(to_sql(dated_model(), reading));
}

}  // namespace
}  // namespace sextant::ask
