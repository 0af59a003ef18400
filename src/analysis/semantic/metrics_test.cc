#include "analysis/semantic/metrics.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sextant::semantic {
namespace {

using catalog::ModelColumn;
using catalog::SemanticModel;
using catalog::SemanticType;

ModelColumn column(const std::string& name, SemanticType type) {
  ModelColumn out;
  out.name = name;
  out.semantic_type = type;
  return out;
}

catalog::ModelTable table(const std::string& name, std::vector<ModelColumn> columns) {
  catalog::ModelTable out;
  out.name = name;
  out.columns = std::move(columns);
  return out;
}

SemanticModel shop() {
  SemanticModel model;
  model.tables = {table("returns", {column("quantity", SemanticType::quantity),
                                    column("refund_amount", SemanticType::amount)}),
                  table("orders", {column("order_id", SemanticType::identifier)}),
                  table("order_items", {column("quantity", SemanticType::quantity),
                                        column("amount", SemanticType::amount)}),
                  table("products", {column("unit_cost", SemanticType::price)})};
  model.joins = {{{"order_items", "order_id"}, {"orders", "order_id"}},
                 {{"order_items", "product_id"}, {"products", "product_id"}}};
  return model;
}

std::vector<std::string> expressions(SemanticModel model) {
  derive_metrics(model);
  std::vector<std::string> out;
  for (const auto& metric : model.metrics) out.push_back(metric.name + " = " + metric.expression);
  return out;
}

TEST(Metrics, come_from_the_lines_of_orders_whatever_the_order_of_the_tables) {
  const std::vector<std::string> expected = {
      R"(revenue = sum("order_items"."amount"))", R"(units_sold = sum("order_items"."quantity"))",
      R"(margin = sum("order_items"."amount") - sum("order_items"."quantity" * "products"."unit_cost"))",
      R"(average_order_value = sum("order_items"."amount") / nullif(count(DISTINCT "order_items"."order_id"), 0))"};
  SemanticModel model = shop();
  std::ranges::sort(model.tables, {}, &catalog::ModelTable::name);
  do {
    EXPECT_EQ(expressions(model), expected);
  } while (std::ranges::next_permutation(model.tables, {}, &catalog::ModelTable::name).found);
}

TEST(Metrics, made_again_replace_those_made_before_and_keep_the_others) {
  SemanticModel model = shop();
  model.metrics = {{"revenue", "sum(refund_amount)", "returns", std::nullopt, {}},
                   {"repeat_rate", "avg(x)", "orders", std::nullopt, {}}};
  derive_metrics(model);
  ASSERT_EQ(model.metrics.size(), 5u);
  EXPECT_EQ(model.metrics[0].name, "repeat_rate");
  EXPECT_EQ(model.metrics[1].table, "order_items");
}

TEST(Metrics, of_campaigns_are_rates_and_what_the_spending_brings) {
  SemanticModel model;
  model.tables = {table(
      "ads",
      {column("revenue", SemanticType::amount), column("cost", SemanticType::amount),
       column("impressions", SemanticType::quantity), column("clicks", SemanticType::quantity),
       column("conversions", SemanticType::quantity)})};
  EXPECT_EQ(
      expressions(model),
      (std::vector<std::string>{
          R"(revenue = sum("ads"."revenue"))",
          R"(profit = sum("ads"."revenue") - sum("ads"."cost"))",
          R"(profit_margin = 100.0 * (sum("ads"."revenue") - sum("ads"."cost")) / nullif(sum("ads"."revenue"), 0))",
          R"(return_on_investment = 100.0 * (sum("ads"."revenue") - sum("ads"."cost")) / nullif(sum("ads"."cost"), 0))",
          R"(return_on_spend = sum("ads"."revenue") / nullif(sum("ads"."cost"), 0))",
          R"(click_through_rate = 100.0 * sum("ads"."clicks") / nullif(sum("ads"."impressions"), 0))",
          R"(conversion_rate = 100.0 * sum("ads"."conversions") / nullif(sum("ads"."clicks"), 0))"}));
}

TEST(Metrics, of_single_things_sold_is_what_they_went_for) {
  SemanticModel model;
  model.tables = {table("payments", {column("payment_amount", SemanticType::amount)}),
                  table("sales", {column("sale_id", SemanticType::identifier),
                                  column("sale_price", SemanticType::price)}),
                  table("cars", {column("list_price", SemanticType::price)})};
  EXPECT_EQ(expressions(model).front(), R"(revenue = sum("sales"."sale_price"))");
}

TEST(Metrics, refunds_are_no_revenue) {
  SemanticModel model;
  model.tables = {table("returns", {column("refund_amount", SemanticType::amount)})};
  EXPECT_TRUE(expressions(model).empty());
}

}  // namespace
}  // namespace sextant::semantic
