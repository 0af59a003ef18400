#pragma once
// For tests: a folder with two small sources and their catalog.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "analysis/engine/duckdb.h"
#include "base/id.h"
#include "catalog/source.h"

namespace sextant::engine {

class TestWorkspace {
 public:
  TestWorkspace()
      : folder_(std::filesystem::temp_directory_path() / ("sextant-" + random_token(9))) {
    std::filesystem::create_directories(folder_ / "sources");
    std::filesystem::create_directories(folder_ / "results");
    std::filesystem::create_directories(folder_ / "tmp");
    write("sources/sales.duckdb",
          "CREATE TABLE data AS SELECT * FROM (VALUES "
          "(1, DATE '2025-01-05', 'North', 10, 4, 2.50::DECIMAL(10,2), 10.00::DECIMAL(10,2)),"
          "(2, DATE '2025-01-20', 'South', 20, 3, 1.00, 3.00),"
          "(3, DATE '2025-02-03', 'North', 10, 2, 2.00, 4.00),"
          "(4, DATE '2025-02-14', 'West', 30, 4, 1.50, 6.00),"
          "(5, DATE '2025-03-01', 'South', 20, 5, 2.50, 12.50),"
          "(6, DATE '2025-03-09', 'North', 30, 3, 1.00, 3.00)) "
          "t(order_id, order_date, region, customer_id, quantity, unit_price_eur, amount)");
    write("sources/customers.duckdb",
          "CREATE TABLE data AS SELECT * FROM (VALUES (10, 'Ada', ['new', 'vip'], "
          "'{\"city\":\"Bern\"}'::JSON),"
          "(20, 'Bob', [], NULL), (30, 'Cleo', NULL, '{}')) t(customer_id, name, tags, details)");
    catalog_.workspace_id = "test";
    catalog_.sources = {{"a",
                         "sales.csv",
                         1,
                         "sources/sales.duckdb",
                         {{"sales",
                           "data",
                           "Sales",
                           6,
                           {{"order_id", "Order ID", "INTEGER"},
                            {"order_date", "Order Date", "DATE"},
                            {"region", "Region", "VARCHAR"},
                            {"customer_id", "Customer ID", "INTEGER"},
                            {"quantity", "Quantity", "INTEGER"},
                            {"unit_price_eur", "Unit price (EUR)", "DECIMAL(10,2)"},
                            {"amount", "Amount", "DECIMAL(10,2)"}}}}},
                        {"b",
                         "customers.csv",
                         1,
                         "sources/customers.duckdb",
                         {{"customers",
                           "data",
                           "Customers",
                           3,
                           {{"customer_id", "Customer ID", "INTEGER"},
                            {"name", "Customer Name", "VARCHAR"},
                            {"tags", "Tags", "VARCHAR[]"},
                            {"details", "Details", "JSON"}}}}}};
  }
  ~TestWorkspace() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  TestWorkspace(const TestWorkspace&) = delete;
  TestWorkspace& operator=(const TestWorkspace&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  const catalog::Catalog& catalog() const { return catalog_; }

  // Runs SQL on a new database file in the folder.
  void write(const std::string& path, const std::string& sql) {
    auto database = Database::open((folder_ / path).string());
    ASSERT_TRUE(database) << database.error().message;
    auto connection = database->connect();
    auto made = connection->query(sql + "; CHECKPOINT");
    ASSERT_TRUE(made) << made.error().message;
  }

 private:
  std::filesystem::path folder_;
  catalog::Catalog catalog_;
};

}  // namespace sextant::engine
