#pragma once
// The sample data of a fictional European retailer, for trying the product and for its tests.
//
// 2,400 customers, 180 products, 14,000 orders from 2024-01-01 to 2026-10-31 with about 34,000
// lines, and their returns. Every run and every machine makes the same bytes: the numbers come from
// a seeded generator with integer arithmetic only. Sales grow, follow the seasons and the week, and
// peak around the fourth Friday of November; a few values are missing, as in real life. Money is in
// euro cents here and in euros in the files. Thread-safe; takes well under a second.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace sextant::demo {

struct Customer {
  int id = 0;
  std::string name;
  std::string email;  // "" = not given
  std::string country;
  std::string city;
  std::string segment;  // "" = not known
  std::chrono::sys_days signed_up;
};

struct Product {
  int id = 0;
  std::string name;
  std::string category;
  std::string subcategory;
  std::int64_t price_cents = 0;  // today's list price
  std::int64_t cost_cents = 0;
};

struct Order {
  int id = 0;
  std::chrono::sys_days date;
  int customer_id = 0;
  std::string status;   // completed, cancelled or returned
  std::string channel;  // "" = not recorded
  std::string shipping_country;
  std::string payment;  // "" = cancelled before payment
};

struct OrderItem {
  int order_id = 0;
  int product_id = 0;
  int quantity = 0;
  std::int64_t price_cents = 0;  // list price on the day of the order
  int discount_percent = 0;
  std::int64_t amount_cents = 0;  // quantity × price × (1 − discount), rounded half up
};

struct Return {
  int id = 0;
  int order_id = 0;
  int product_id = 0;
  int quantity = 0;
  std::chrono::sys_days date;
  std::string reason;             // "" = none given
  std::int64_t refund_cents = 0;  // the share of the line's amount
};

struct Retail {
  std::vector<Customer> customers;  // ids 1…n in the order of signing up
  std::vector<Product> products;    // ids 1…n
  std::vector<Order> orders;        // by date
  std::vector<OrderItem> items;     // by order
  std::vector<Return> returns;      // by order
};

Retail make_retail();

// Makes `folder` and writes customers.csv, products.csv, orders.csv, order_items.csv and
// returns.csv into it. Error storage_full when a file can not be written.
Result<> write_retail(const std::filesystem::path& folder);

}  // namespace sextant::demo
