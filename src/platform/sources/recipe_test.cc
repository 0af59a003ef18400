#include "platform/sources/recipe.h"

#include <gtest/gtest.h>

#include "platform/sources/next_model.h"

namespace sextant::sources {
namespace {

catalog::Table table(std::vector<catalog::Column> columns) {
  return {"t", "t", "t", 1, std::move(columns)};
}

struct Change {
  const char* before;
  const char* after;
  std::optional<ChangeKind> kind;
  bool breaking;
};

class TypeChange : public testing::TestWithParam<Change> {};

TEST_P(TypeChange, IsNamed) {
  const auto& param = GetParam();
  const auto changes =
      schema_changes({table({{"c", "C", param.before}})}, {table({{"c", "C", param.after}})});
  ASSERT_EQ(changes.size(), param.kind ? 1U : 0U);
  if (param.kind) EXPECT_EQ(changes[0].kind, *param.kind);
  EXPECT_EQ(breaks(changes), param.breaking);
}

INSTANTIATE_TEST_SUITE_P(
    Recipe, TypeChange,
    testing::Values(Change{"BIGINT", "BIGINT", std::nullopt, false},
                    Change{"BIGINT", "HUGEINT", ChangeKind::type_widened, false},
                    Change{"BIGINT", "DECIMAL(18,2)", ChangeKind::type_widened, false},
                    Change{"BIGINT", "DECIMAL(20,1)", ChangeKind::type_widened, false},
                    Change{"DECIMAL(18,2)", "DECIMAL(18,4)", ChangeKind::type_widened, false},
                    Change{"HUGEINT", "BIGINT", ChangeKind::type_narrowed, true},
                    Change{"DECIMAL(18,4)", "BIGINT", ChangeKind::type_narrowed, true},
                    Change{"BIGINT", "DOUBLE", ChangeKind::type_widened, false},
                    Change{"DOUBLE", "BIGINT", ChangeKind::type_narrowed, true},
                    Change{"DATE", "TIMESTAMP", ChangeKind::type_widened, false},
                    Change{"TIMESTAMP", "DATE", ChangeKind::type_narrowed, true},
                    Change{"VARCHAR", "DATE", ChangeKind::type_narrowed, true},
                    Change{"BIGINT", "VARCHAR", ChangeKind::type_changed, true}));

TEST(Recipe, TablesAndColumnsThatComeAndGo) {
  auto old_table = table({{"a", "A", "BIGINT"}, {"b", "B", "BIGINT"}});
  auto gone = table({{"x", "X", "BIGINT"}});
  gone.name = "gone";
  const auto changes =
      schema_changes({old_table, gone}, {table({{"b", "B", "BIGINT"}, {"c", "C", "DATE"}})});
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].kind, ChangeKind::column_removed);
  EXPECT_EQ(changes[1].kind, ChangeKind::column_added);
  EXPECT_EQ(changes[1].after, "DATE");
  EXPECT_EQ(changes[2].kind, ChangeKind::table_removed);
  EXPECT_EQ(changes[2].table, "gone");
}

TEST(Recipe, ARequestHasTheFilesInOrder) {
  Recipe recipe;
  EXPECT_FALSE(load_request(recipe, "o"));
  recipe.files = {{"1", "a.csv", "uploads/a", 1}, {"2", "b.csv", "uploads/b", 2}};
  recipe.file_name_column = true;
  const auto request = load_request(recipe, "o");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->upload, "uploads/a");
  ASSERT_EQ(request->more.size(), 1U);
  EXPECT_EQ(request->more[0].original_filename, "b.csv");
  EXPECT_TRUE(request->file_name_column);
}

TEST(NextModel, KeepsWhatPeopleWroteOnColumnsOfTheSameType) {
  catalog::SemanticModel before;
  before.tables.resize(1);
  before.tables[0].name = "t";
  before.tables[0].description = "ours";
  before.tables[0].columns.resize(2);
  before.tables[0].columns[0].name = "a";
  before.tables[0].columns[0].type = "BIGINT";
  before.tables[0].columns[0].synonyms = {"amount"};
  before.tables[0].columns[1].name = "b";
  before.tables[0].columns[1].type = "VARCHAR";
  before.tables[0].columns[1].synonyms = {"label"};
  before.metrics = {{"total", "sum(a)", "t", {}, {}}, {"lost", "sum(z)", "other", {}, {}}};
  auto found = before;
  found.metrics.clear();
  found.tables[0].description.reset();
  found.tables[0].rows = 7;
  for (auto& column : found.tables[0].columns) column.synonyms.clear();
  found.tables[0].columns[1].type = "DATE";
  const auto model = carry_over(before, found);
  EXPECT_EQ(model.tables[0].description, "ours");
  EXPECT_EQ(model.tables[0].rows, 7);
  EXPECT_EQ(model.tables[0].columns[0].synonyms, std::vector<std::string>{"amount"});
  EXPECT_TRUE(model.tables[0].columns[1].synonyms.empty());
  ASSERT_EQ(model.metrics.size(), 1U);
  EXPECT_EQ(model.metrics[0].name, "total");
}

}  // namespace
}  // namespace sextant::sources
