#include "platform/sources/recipe.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace sextant::sources
