#include "analysis/formats/output_database.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace sextant::formats {
namespace {

TEST(OutputDatabase, ForgetsWhatAFileLeftThatWasGivenUp) {
  const auto folder = std::filesystem::temp_directory_path().string();
  auto output = OutputDatabase::create("", {}, {});
  ASSERT_TRUE(output) << output.error().message;
  auto& connection = output->connection();
  for (const std::string name : {"_kept", "dropped"}) {
    ASSERT_TRUE(connection.query("CREATE TABLE " + name + " AS SELECT 1 AS n"));
    ASSERT_TRUE(output->add_columns(name, {{"n", "N", ""}}));
    Quarantine aside(name, folder);
    ASSERT_TRUE(aside.add(2, "N", "x", "not a number"));
    ASSERT_TRUE(output->add_quarantine(aside));
    PassageFile passages(folder);
    ASSERT_TRUE(passages.add({PassageKind::paragraph, 1, {}, "text of " + name, {}}));
    ASSERT_TRUE(output->add_passages(passages));
  }
  ASSERT_TRUE(output->keep_only({"_kept"}, 1));
  const auto state = connection.query(
      "SELECT (SELECT string_agg(table_name, ' ' ORDER BY table_name) FROM duckdb_tables()), "
      "(SELECT string_agg(table_name, ' ') FROM _columns), "
      "(SELECT string_agg(table_name, ' ') FROM _quarantine), "
      "(SELECT string_agg(text, ' ') FROM _passages)");
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_EQ(state->text(0, 0), "_columns _kept _passages _quarantine");
  EXPECT_EQ(state->text(0, 1), "_kept");
  EXPECT_EQ(state->text(0, 2), "_kept");
  EXPECT_EQ(state->text(0, 3), "text of _kept");
  ASSERT_TRUE(output->keep_only({}, 0));
  EXPECT_EQ(connection.query("SELECT count(*) FROM duckdb_tables()")->int64(0, 0), 3);
}

}  // namespace
}  // namespace sextant::formats
