#include <algorithm>
#include <cmath>

#include "base/id.h"
#include "base/time.h"
#include "platform/search/nearest.h"
#include "platform/search/passage_store.h"
#include "platform/search/passage_vectors.h"
#include "platform/search/snippet.h"
#include "platform/search/vector.h"
#include "platform/search/words.h"
#include "platform/store/testing.h"

namespace sextant::search {
namespace {

std::string joined(const std::vector<SnippetPart>& parts) {
  std::string out;
  for (const auto& part : parts) out += part.match ? "[" + part.text + "]" : part.text;
  return out;
}

TEST(SearchWords, FoldsCaseAndAccentsAndKeepsPlaces) {
  const std::string text = "Élan vital: 東京, 2nd";
  const auto words = words_of(text);
  ASSERT_EQ(words.size(), 4u);
  EXPECT_EQ(words[0].folded, "elan");
  EXPECT_EQ(text.substr(words[0].begin, words[0].end - words[0].begin), "Élan");
  EXPECT_EQ(words[2].folded, "東京");
  EXPECT_EQ(words[3].folded, "2nd");
  EXPECT_EQ(stem("rates"), stem("rate"));
  EXPECT_TRUE(is_function_word("what"));
  EXPECT_FALSE(is_function_word("churn"));
}

TEST(SearchSnippet, ShowsTheWindowWithMostOfTheWords) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "Filler about nothing at all. ";
  text += "Churn of customers fell to 4 percent in March. ";
  for (int i = 0; i < 60; ++i) text += "More filler churn. ";
  const auto terms = terms_of("what about the customer churn rate in March?");
  EXPECT_EQ(terms.size(), 4u);
  const auto shown = joined(snippet_of(text, terms));
  EXPECT_NE(shown.find("[Churn] of [customers] fell to 4 percent in [March]"), shown.npos) << shown;
  EXPECT_TRUE(shown.starts_with("… "));
  EXPECT_TRUE(shown.ends_with(" …"));
  EXPECT_LT(shown.size(), 400u);
  EXPECT_DOUBLE_EQ(coverage("customers in March", terms), 0.5);
}

TEST(SearchSnippet, AShortTextIsShownWhole) {
  EXPECT_EQ(joined(snippet_of("Only this.", terms_of("that"))), "Only this.");
  EXPECT_EQ(joined(snippet_of("", terms_of("x"))), "");
}

TEST(Snippet, LeavesEmptyCellsOut) {
  EXPECT_EQ(filled_cells("Region |  |  | Sales\n |  | \nNorth | 5 |  | "),
            "Region | Sales\nNorth | 5");
  EXPECT_EQ(filled_cells("| a |  |"), "a");
  EXPECT_EQ(filled_cells(""), "");
  EXPECT_EQ(filled_cells("one"), "one");
}

TEST(SearchVocabulary, FindsWordsThatAreSpelledAlike) {
  const Vocabulary known({"attrition", "churn", "customers", "revenue", "rev", "unemployment"});
  EXPECT_EQ(known.alike("revenu", 2), (std::vector<std::string>{"revenue"}));
  EXPECT_EQ(known.alike("custmers", 2), (std::vector<std::string>{"customers"}));
  EXPECT_EQ(known.alike("unemployement", 2), (std::vector<std::string>{"unemployment"}));
  EXPECT_TRUE(known.alike("zebra", 2).empty());
  EXPECT_TRUE(known.has_stem(stem("customer")));
  EXPECT_FALSE(known.has_stem("zebra"));
}

TEST(Words, SentencesAreCut) {
  const auto sentences =
      sentences_of("Churn fell to 4.2 percent.\nIt was Mr. Lind's idea!  Déjà vu?");
  EXPECT_EQ(sentences.front(), "Churn fell to 4.2 percent.");
  EXPECT_EQ(sentences.back(), "Déjà vu?");
  EXPECT_TRUE(sentences_of("").empty());
}

TEST(Words, SlipsOfTypingAreTold) {
  for (const auto& [word, other] : {std::pair{"onbording", "onboarding"},
                                    {"chrun", "churn"},
                                    {"recieved", "received"},
                                    {"acomodation", "accommodation"}})
    EXPECT_TRUE(is_slip_of(word, other)) << word;
  for (const auto& [word, other] : {std::pair{"leagues", "colleagues"},
                                    {"marriage", "maria"},
                                    {"vacation", "location"},
                                    {"vacation", "resignation"},
                                    {"house", "mouth"},
                                    {"rain", "train"},
                                    {"tax", "tex"},
                                    {"", "abc"}})
    EXPECT_FALSE(is_slip_of(word, other)) << word;
}

// By the graph as by comparing with all.
TEST(NearestVectors, AreFoundWithAndWithoutAGraph) {
  constexpr std::size_t kDirections = 64;
  NearestIndex index(kDirections);
  for (std::size_t i = 0; i < 2'000; ++i) {
    std::vector<float> vector(kDirections);
    for (std::size_t d = 0; d < kDirections; ++d)
      vector[d] = std::sin(static_cast<float>((i + 1) * (d + 3)));
    index.add(to_bytes(vector));
  }
  index.add(std::vector<std::int8_t>(kDirections));  // of no direction: never near
  std::vector<float> wanted(kDirections);
  for (std::size_t d = 0; d < kDirections; ++d)
    wanted[d] = 3 * std::sin(static_cast<float>(778 * (d + 3)));
  EXPECT_FALSE(index.wants_graph());
  const auto compared = index.nearest(to_bytes(wanted), 5);
  ASSERT_EQ(compared.size(), 5u);
  EXPECT_EQ(compared[0].index, 777u);
  EXPECT_NEAR(compared[0].similarity, 1, 1e-6);
  index.build_graph({});
  const auto found = index.nearest(to_bytes(wanted), 5);
  ASSERT_EQ(found.size(), 5u);
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].index, compared[i].index);
    EXPECT_NEAR(found[i].similarity, compared[i].similarity, 1e-5);
  }
  EXPECT_TRUE(index.nearest(std::vector<std::int8_t>(kDirections), 5).empty());
  EXPECT_TRUE(NearestIndex(3).nearest(std::vector<std::int8_t>{1, 2, 3}, 5).empty());
}

class PassageStoreTest : public store::testing::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    mine_ = add_source("Annual report.pdf");
    other_ = add_source("Secret.pdf");
  }

  Place add_source(const std::string& name) {
    Place place{new_id(), new_id(), 1};
    EXPECT_TRUE(database().execute("INSERT INTO workspaces (id, name) VALUES ($1, 'w')",
                                   {place.workspace_id}));
    const auto done = database().execute(
        "INSERT INTO data_source_registry (id, source_id, source_name, source_type, data_type, "
        "workspace_id, current_version, passages_version) VALUES ($1, $1, $2, 'document', "
        "'document', $3, 1, 1)",
        {place.source_id, name, place.workspace_id});
    EXPECT_TRUE(done) << done.error().message;
    return place;
  }

  void add(const Place& place, const std::vector<std::string>& texts) {
    std::vector<wire::Passage> passages;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      passages.push_back({static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(i) / 2 + 1,
                          "paragraph", "1 Intro", texts[i], R"({"paragraph":1})"});
    }
    const auto done = insert_passages(database(), place, passages);
    ASSERT_TRUE(done) << done.error().message;
  }

  std::vector<std::string> found(const Place& place, const std::vector<std::string>& words) {
    const auto hits = find_by_words(database(), place.workspace_id, words, std::nullopt, 10);
    EXPECT_TRUE(hits) << hits.error().message;
    std::vector<std::string> out;
    for (const auto& one : *hits) {
      const auto again = get_passages(database(), place.workspace_id, {one.id}, std::nullopt);
      EXPECT_TRUE(again && again->size() == 1);
      out.push_back(one.passage.text);
    }
    return out;
  }

  Place mine_;
  Place other_;
};

TEST_P(PassageStoreTest, FindsStemsBestFirstInItsOwnWorkspace) {
  add(mine_, {"The churn rate fell.", "Nothing of interest.", "Rates of churn, and churn again"});
  add(other_, {"Our secret churn plan."});
  EXPECT_EQ(found(mine_, {"churned", "rate"}).size(), 2u);
  EXPECT_EQ(found(mine_, {"interesting"}), (std::vector<std::string>{"Nothing of interest."}));
  EXPECT_TRUE(found(mine_, {"secret"}).empty());
  EXPECT_EQ(found(other_, {"churn"}), (std::vector<std::string>{"Our secret churn plan."}));
}

TEST_P(PassageStoreTest, ListsInOrderByPagesOfResults) {
  add(mine_, {"one", "two", "three"});
  auto page = list_passages(database(), mine_.workspace_id, mine_.source_id, 0, std::nullopt, 2);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->total_count, 3);
  ASSERT_EQ(page->passages.size(), 2u);
  EXPECT_EQ(page->passages[1].text, "two");
  EXPECT_EQ(page->passages[1].position.at("paragraph").to_number<int>(), 1);
  ASSERT_EQ(page->next_after, 2);
  page = list_passages(database(), mine_.workspace_id, mine_.source_id, 2, std::nullopt, 2);
  ASSERT_EQ(page->passages.size(), 1u);
  EXPECT_FALSE(page->next_after);
  EXPECT_EQ(list_passages(database(), mine_.workspace_id, mine_.source_id, 0, 2, 10)
                ->passages.front()
                .text,
            "three");
}

TEST_P(PassageStoreTest, ThoseOfTheNextVersionComeIntoUseTogether) {
  add(mine_, {"old words"});
  auto next = mine_;
  next.version = 2;
  add(next, {"new words"});
  EXPECT_EQ(found(mine_, {"words"}), (std::vector<std::string>{"old words"}));
  EXPECT_EQ(*list_vocabulary(database(), mine_.workspace_id),
            (std::vector<std::string>{"old", "words"}));
  ASSERT_TRUE(use_passages(database(), next));
  EXPECT_EQ(found(mine_, {"words"}), (std::vector<std::string>{"new words"}));
  EXPECT_EQ(*list_vocabulary(database(), mine_.workspace_id),
            (std::vector<std::string>{"new", "words"}));
  EXPECT_EQ(*count_passages(database(), mine_), 0);
  ASSERT_TRUE(database().execute("DELETE FROM data_source_registry WHERE source_id = $1",
                                 {mine_.source_id}));
  EXPECT_EQ(*count_passages(database(), next), 0);
  EXPECT_TRUE(list_vocabulary(database(), mine_.workspace_id)->empty());
  EXPECT_TRUE(found(mine_, {"words"}).empty());
}

TEST_P(PassageStoreTest, KeepsVectorsOfOneModel) {
  add(mine_, {"one", "two"});
  add(other_, {"three"});
  const auto missing =
      passages_without_vector(database(), mine_.workspace_id, mine_.source_id, "m1", 10);
  ASSERT_TRUE(missing) << missing.error().message;
  ASSERT_EQ(missing->size(), 2u);
  EXPECT_EQ((*missing)[0].text, "1 Intro\none");
  const std::vector<std::int8_t> vector{1, -128, 127, 0};
  ASSERT_TRUE(insert_vector(database(), (*missing)[1].id, "m1", vector));
  EXPECT_EQ(
      passages_without_vector(database(), mine_.workspace_id, mine_.source_id, "m1", 10)->size(),
      1u);
  EXPECT_EQ(
      passages_without_vector(database(), mine_.workspace_id, mine_.source_id, "m2", 10)->size(),
      2u);
  const auto count = count_vectors(database(), mine_.workspace_id, "m1");
  ASSERT_TRUE(count) << count.error().message;
  EXPECT_EQ(count->vectors, 1);
  EXPECT_EQ(count->passages, 2);
  std::vector<std::vector<std::int8_t>> seen;
  ASSERT_TRUE(each_vector(database(), mine_.workspace_id, "m1", [&](std::int64_t id, auto one) {
    EXPECT_EQ(id, (*missing)[1].id);
    seen.emplace_back(one.begin(), one.end());
  }));
  EXPECT_EQ(seen, (std::vector<std::vector<std::int8_t>>{vector}));
}

SEXTANT_ON_BOTH_DIALECTS(PassageStoreTest);

}  // namespace
}  // namespace sextant::search
