#include "analysis/formats/passages.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "analysis/formats/output_database.h"

namespace sextant::formats {
namespace {

namespace fs = std::filesystem;

class Passages : public testing::Test {
 protected:
  Passages() {
    std::string pattern = (fs::temp_directory_path() / "sextant_passages_XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Passages() override { fs::remove_all(folder_); }

  // What the table holds after these blocks: "page|kind|heading|text|position" a row.
  std::vector<std::string> rows_of(const std::vector<Block>& blocks) {
    PassageFile file(folder_.string());
    for (const auto& block : blocks) EXPECT_TRUE(file.add(block).has_value());
    LoadOptions options;
    options.temp_directory = folder_.string();
    auto output = OutputDatabase::create((folder_ / "out.duckdb").string(), options, {});
    EXPECT_TRUE(output.has_value());
    EXPECT_TRUE(output->add_passages(file).has_value());
    const auto found = output->connection().query(
        "SELECT coalesce(page::VARCHAR, '-') || '|' || kind || '|' || heading || '|' || text || "
        "'|' "
        "|| position FROM _passages ORDER BY id");
    EXPECT_TRUE(found.has_value());
    std::vector<std::string> out;
    for (std::int64_t r = 0; r < found->rows(); ++r) out.push_back(found->text(r, 0));
    EXPECT_EQ(static_cast<std::int64_t>(out.size()), file.count());
    return out;
  }

  fs::path folder_;
};

Block block(PassageKind kind, std::string text, int level = 1,
            std::optional<std::int64_t> page = std::nullopt) {
  return {kind, level, page, std::move(text), {std::nullopt, "paragraph", 1}};
}

TEST_F(Passages, HeadingsMakeAPath) {
  const auto rows = rows_of({block(PassageKind::heading, "1 Intro", 1),
                             block(PassageKind::heading, "1.2 Scope", 2),
                             block(PassageKind::paragraph, "Short, \"quoted\"."),
                             block(PassageKind::heading, "2 End", 1)});
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1], R"(-|heading|1 Intro > 1.2 Scope|1.2 Scope|{"paragraph":1})");
  EXPECT_EQ(rows[2], R"(-|paragraph|1 Intro > 1.2 Scope|Short, "quoted".|{"paragraph":1})");
  EXPECT_EQ(rows[3], R"(-|heading|2 End|2 End|{"paragraph":1})");
}

TEST_F(Passages, ShortNeighboursOfOnePageAreJoined) {
  auto first = block(PassageKind::paragraph, "One.", 1, 3);
  first.position.box = Box{10, 20, 30, 10};
  auto second = block(PassageKind::list_item, "Two.", 1, 3);
  second.position.box = Box{5, 40, 20, 10};
  const auto rows = rows_of({first, second, block(PassageKind::paragraph, "Three.", 1, 4)});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0],
            "3|paragraph||One.\nTwo.|{\"x\":5.0,\"y\":20.0,\"width\":35.0,\"height\":30.0}");
}

TEST_F(Passages, ThoseOfTwoFilesFollowEachOther) {
  LoadOptions options;
  options.temp_directory = folder_.string();
  auto output = OutputDatabase::create((folder_ / "two.duckdb").string(), options, {});
  ASSERT_TRUE(output.has_value());
  for (const auto* text : {"First file.", "Second file."}) {
    PassageFile file(folder_.string());
    ASSERT_TRUE(file.add(block(PassageKind::caption, text)).has_value());
    ASSERT_TRUE(file.add(block(PassageKind::caption, "Its end.")).has_value());
    ASSERT_TRUE(output->add_passages(file).has_value());
  }
  const auto found = output->connection().query(
      "SELECT string_agg(id || ' ' || text, ', ' ORDER BY id) FROM _passages");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->text(0, 0), "1 First file., 2 Its end., 3 Second file., 4 Its end.");
}

TEST_F(Passages, AnEmptyDocumentHasAnEmptyTable) { EXPECT_TRUE(rows_of({}).empty()); }

TEST(SplitSentences, KeepsSentencesWhole) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "This is the sentence number " + std::to_string(i) + ". ";
  const auto pieces = split_sentences(text, 400);
  ASSERT_GT(pieces.size(), 3u);
  std::string again;
  for (const auto piece : pieces) {
    EXPECT_LE(piece.size(), 400u);
    EXPECT_GE(piece.size(), 200u);
    EXPECT_TRUE(piece.ends_with('.')) << piece;
    again += std::string(piece) + " ";
  }
  EXPECT_EQ(again, text);
}

TEST(SplitSentences, CutsALongSentenceBetweenWordsAndALongWordAnywhere) {
  std::string words;
  for (int i = 0; i < 300; ++i) words += "wörd ";
  for (const auto piece : split_sentences(words, 100)) {
    EXPECT_LE(count_characters(piece), 100);
    EXPECT_TRUE(piece.starts_with("w") && piece.ends_with("d")) << piece;
  }
  std::string letters;
  for (int i = 0; i < 1000; ++i) letters += "ö";
  std::string again;
  for (const auto piece : split_sentences(letters, 100)) {
    EXPECT_LE(count_characters(piece), 100);
    again += piece;
  }
  EXPECT_EQ(again, letters);
}

}  // namespace
}  // namespace sextant::formats
