#include "catalog/model_edits.h"

#include <gtest/gtest.h>

#include "catalog/teaching.h"

namespace sextant::catalog {
namespace {

ModelColumn column(const std::string& name, Role role, SemanticType type) {
  ModelColumn out;
  out.name = name;
  out.display_name = name;
  out.role = role;
  out.semantic_type = type;
  if (role == Role::measure) out.default_aggregation = Aggregation::sum;
  return out;
}

SemanticModel shop() {
  SemanticModel model;
  ModelTable sales;
  sales.name = sales.display_name = "sales";
  sales.columns = {column("net_amount", Role::measure, SemanticType::amount),
                   column("shop", Role::dimension, SemanticType::category),
                   column("sold_on", Role::time, SemanticType::date)};
  ModelTable shops;
  shops.name = shops.display_name = "shops";
  shops.columns = {column("code", Role::identifier, SemanticType::identifier)};
  model.tables = {sales, shops};
  model.joins = {{{"sales", "shop"}, {"shops", "code"}}};
  model.metrics = {{"revenue", "sum(gross)", "sales", std::nullopt, {"turnover"}}};
  return model;
}

TEST(ModelEdits, change_what_they_name_and_keep_the_rest) {
  ModelEdits edits;
  ColumnEdit edit{.table = "sales", .column = "net_amount", .unit = "EUR"};
  edit.synonyms = {"net"};
  edits.columns = {edit, {.table = "sales", .column = "gone", .unit = "kg"}};
  SemanticModel model = shop();
  apply(edits, model);
  EXPECT_EQ(model.tables[0].columns[0].unit, "EUR");
  EXPECT_EQ(model.tables[0].columns[0].synonyms, std::vector<std::string>{"net"});
  EXPECT_EQ(model.tables[0].columns[1].unit, std::nullopt);
}

TEST(ModelEdits, a_role_is_not_contradicted_by_the_guessed_type) {
  ModelEdits edits;
  edits.columns = {{.table = "sales", .column = "net_amount", .role = Role::dimension}};
  SemanticModel model = shop();
  apply(edits, model);
  EXPECT_EQ(model.tables[0].columns[0].semantic_type, SemanticType::category);
}

TEST(ModelEdits, what_only_numbers_can_be_waits_for_numbers) {
  ModelEdits edits;
  edits.columns = {{.table = "sales",
                    .column = "shop",
                    .role = Role::measure,
                    .default_aggregation = Aggregation::sum}};
  SemanticModel model = shop();
  model.tables[0].columns[1].type = "VARCHAR";
  apply(edits, model);
  EXPECT_EQ(model.tables[0].columns[1].role, Role::dimension);
  EXPECT_EQ(model.tables[0].columns[1].default_aggregation, Aggregation::none);
  model.tables[0].columns[1].type = "BIGINT";
  apply(edits, model);
  EXPECT_EQ(model.tables[0].columns[1].role, Role::measure);
  EXPECT_EQ(model.tables[0].columns[1].default_aggregation, Aggregation::sum);
}

TEST(ModelEdits, joins_are_removed_from_either_side_and_added_once) {
  ModelEdits edits;
  edits.removed_joins = {{{"shops", "code"}, {"sales", "shop"}}};
  SemanticModel model = shop();
  apply(edits, model);
  EXPECT_TRUE(model.joins.empty());
  edits.removed_joins.clear();
  edits.added_joins = {{{"sales", "shop"}, {"shops", "code"}}, {{"sales", "shop"}, {"shops", "x"}}};
  model.joins.clear();
  apply(edits, model);
  ASSERT_EQ(model.joins.size(), 1u);  // the other names no column
}

TEST(ModelEdits, metrics_take_the_place_of_their_name) {
  ModelEdits edits;
  edits.metrics = {{"Revenue", "sum(net_amount)", "sales", std::nullopt, {}},
                   {"elsewhere", "count(*)", "not_here", std::nullopt, {}}};
  SemanticModel model = shop();
  apply(edits, model);
  ASSERT_EQ(model.metrics.size(), 1u);
  EXPECT_EQ(model.metrics[0].expression, "sum(net_amount)");
  edits.metrics.clear();
  edits.removed_metrics = {{"other_table", "revenue"}};
  apply(edits, model);
  EXPECT_EQ(model.metrics.size(), 1u);
  edits.removed_metrics = {{"sales", "revenue"}};
  apply(edits, model);
  EXPECT_TRUE(model.metrics.empty());
}

Teaching term(const std::string& phrase, Meaning meaning) {
  return {TeachingKind::term, phrase, std::move(meaning), {}};
}

TEST(Teaching, a_word_for_a_measure_becomes_its_metric_and_means_nothing_else) {
  SemanticModel model = shop();
  const auto used = teach(model, {term("Turnover", {.table = "sales", .column = "net_amount"})});
  ASSERT_EQ(used.size(), 1u);
  EXPECT_EQ(used[0].words, "net_amount of sales");
  ASSERT_EQ(model.metrics.size(), 2u);
  EXPECT_TRUE(model.metrics[0].synonyms.empty());
  EXPECT_EQ(model.metrics[1].name, "turnover");
  EXPECT_EQ(model.metrics[1].expression, R"(sum("sales"."net_amount"))");
}

TEST(Teaching, words_for_columns_tables_values_and_metrics) {
  SemanticModel model = shop();
  teach(model, {term("branch", {.table = "sales", .column = "shop"}),
                term("deals", {.table = "sales"}), term("income", {.metric = "revenue"}),
                term("N", {.table = "sales", .column = "shop", .value = "north"}),
                term("nothing", {.table = "sales", .column = "gone"})});
  EXPECT_EQ(model.tables[0].columns[1].synonyms, std::vector<std::string>{"branch"});
  EXPECT_EQ(model.tables[0].synonyms, std::vector<std::string>{"deals"});
  EXPECT_EQ(model.metrics[0].synonyms, (std::vector<std::string>{"turnover", "income"}));
  ASSERT_EQ(model.tables[0].columns[1].value_synonyms.size(), 1u);
  EXPECT_EQ(model.tables[0].columns[1].value_synonyms[0].value, "north");
}

TEST(Teaching, phrases_are_found_as_whole_words) {
  EXPECT_TRUE(mentions("What is the Net Revenue by month?", "net revenue"));
  EXPECT_FALSE(mentions("revenues by month", "revenue"));
}

}  // namespace
}  // namespace sextant::catalog
