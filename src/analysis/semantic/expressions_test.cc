#include "analysis/semantic/expressions.h"

#include <gtest/gtest.h>

namespace sextant::semantic {
namespace {

catalog::SemanticModel shop() {
  catalog::SemanticModel model;
  catalog::ModelTable orders;
  orders.name = "orders";
  for (const auto* name : {"amount", "discount", "date", "unit_price"}) {
    catalog::ModelColumn column;
    column.name = name;
    column.original_name = std::string(name) == "unit_price" ? "Unit Price" : name;
    orders.columns.push_back(column);
  }
  catalog::ModelTable products;
  products.name = "products";
  products.columns.emplace_back().name = "cost";
  model.tables = {orders, products};
  return model;
}

std::string exact(const std::string& expression) {
  auto result = exact_expression(shop(), "orders", expression);
  return result ? *result : "! " + result.error().message;
}

TEST(Expressions, names_become_exact) {
  EXPECT_EQ(exact("sum(amount - Discount)"), R"(sum("orders"."amount" - "orders"."discount"))");
  EXPECT_EQ(exact(R"(sum("Unit Price") / 100)"), R"(sum("orders"."unit_price") / 100)");
  EXPECT_EQ(exact("sum(Orders.amount * products . cost)"),
            R"(sum("orders"."amount" * "products"."cost"))");
  EXPECT_EQ(exact("sum(nothing)"), "sum(nothing)");
  const std::string once = exact("sum(amount)");
  EXPECT_EQ(exact(once), once);
}

TEST(Expressions, texts_types_functions_and_literals_stay) {
  EXPECT_EQ(exact("count(*) FILTER (WHERE amount > 1.5e3 AND 'amount (''x''' <> '')"),
            R"(count(*) FILTER (WHERE "orders"."amount" > 1.5e3 AND 'amount (''x''' <> ''))");
  EXPECT_EQ(exact("max(CAST(amount AS date))"), R"(max(CAST("orders"."amount" AS date)))");
  EXPECT_EQ(exact("count(date > DATE '2025-01-01')"),
            R"(count("orders"."date" > DATE '2025-01-01'))");
  EXPECT_EQ(exact("sum(amount)::date"), R"(sum("orders"."amount")::date)");
}

TEST(Expressions, what_could_leave_its_place_is_refused) {
  EXPECT_EQ(exact("sum(amount) -- rest"), "! comments are not allowed in an expression");
  EXPECT_EQ(exact("sum(amount) /* x"), "! comments are not allowed in an expression");
  EXPECT_EQ(exact("1; SELECT 2"), "! an expression has no semicolon");
  EXPECT_EQ(exact("sum(amount)) FROM x, (SELECT 1"), "! a bracket is closed that was not opened");
  EXPECT_EQ(exact("sum((amount)"), "! a bracket is not closed");
  EXPECT_EQ(exact("sum(amount) || 'x"), "! a quote is not closed");
  EXPECT_EQ(exact("$1"), "! an expression has no parameters");
}

}  // namespace
}  // namespace sextant::semantic
