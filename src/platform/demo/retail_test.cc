#include "platform/demo/retail.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace sextant::demo {
namespace {

namespace fs = std::filesystem;

// FNV-1a, 64 bits.
std::uint64_t hash_of(const std::string& bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "demo-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

const Retail& retail() {
  static const Retail value = make_retail();
  return value;
}

TEST(Retail, TheFilesAreTheSameBytesEverywhere) {
  const Folder folder;
  ASSERT_TRUE(write_retail(folder.path() / "new"));
  std::map<std::string, std::uint64_t> hashes;
  for (const auto& file : fs::directory_iterator(folder.path() / "new")) {
    hashes[file.path().filename()] = hash_of(content(file.path()));
  }
  const std::map<std::string, std::uint64_t> expected = {{"customers.csv", 1370206100685375431u},
                                                         {"order_items.csv", 8309952714187352583u},
                                                         {"orders.csv", 10971655589739556766u},
                                                         {"products.csv", 15582360509147872796u},
                                                         {"returns.csv", 6292308952176860383u}};
  EXPECT_EQ(hashes, expected);
}

TEST(Retail, AFolderThatCanNotBeMadeIsAnError) {
  const Folder folder;
  std::ofstream(folder.path() / "file") << "x";
  const auto result = write_retail(folder.path() / "file" / "inside");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::storage_full);
}

TEST(Retail, HasTheSizesItNames) {
  EXPECT_EQ(retail().customers.size(), 2'400u);
  EXPECT_EQ(retail().products.size(), 180u);
  EXPECT_EQ(retail().orders.size(), 14'000u);
  EXPECT_NEAR(static_cast<double>(retail().items.size()), 34'000, 700);
  EXPECT_GT(retail().returns.size(), 500u);
}

TEST(Retail, EveryReferenceIsThere) {
  std::set<int> with_items;
  for (const auto& item : retail().items) {
    ASSERT_GE(item.product_id, 1);
    ASSERT_LE(item.product_id, 180);
    with_items.insert(item.order_id);
  }
  std::set<std::string> emails;
  for (const auto& customer : retail().customers) {
    if (!customer.email.empty())
      ASSERT_TRUE(emails.insert(customer.email).second) << customer.email;
  }
  std::map<int, const Order*> returned;
  for (const auto& order : retail().orders) {
    ASSERT_TRUE(with_items.contains(order.id)) << order.id;
    ASSERT_GE(order.customer_id, 1);
    ASSERT_LE(order.customer_id, 2'400);
    ASSERT_LE(retail().customers[order.customer_id - 1].signed_up, order.date);
    if (order.status == "returned") returned[order.id] = &order;
  }
  std::map<std::pair<int, int>, const OrderItem*> lines;
  for (const auto& item : retail().items) {
    ASSERT_TRUE(lines.emplace(std::pair(item.order_id, item.product_id), &item).second);
  }
  std::set<int> with_returns;
  for (const auto& entry : retail().returns) {
    ASSERT_TRUE(returned.contains(entry.order_id));
    ASSERT_TRUE(lines.contains({entry.order_id, entry.product_id}));
    const OrderItem& line = *lines[{entry.order_id, entry.product_id}];
    EXPECT_LE(entry.quantity, line.quantity);
    EXPECT_LE(entry.refund_cents, line.amount_cents);
    EXPECT_GT(entry.date, returned[entry.order_id]->date);
    EXPECT_LE(entry.date, std::chrono::sys_days(std::chrono::year{2026} / 10 / 31));
    with_returns.insert(entry.order_id);
  }
  EXPECT_EQ(with_returns.size(), returned.size());
}

TEST(Retail, AmountsAddUp) {
  for (const auto& item : retail().items) {
    // In 1/100 cents, so that rounding half up is exact.
    const std::int64_t exact = item.quantity * item.price_cents * (100 - item.discount_percent);
    ASSERT_EQ(item.amount_cents, exact / 100 + (exact % 100 >= 50 ? 1 : 0));
    ASSERT_GE(item.quantity, 1);
  }
  for (const auto& product : retail().products) {
    EXPECT_LT(product.cost_cents, product.price_cents) << product.name;
    EXPECT_GT(product.cost_cents, product.price_cents / 4) << product.name;
  }
}

TEST(Retail, LooksLikeAShop) {
  std::map<std::string, std::int64_t> by_country;
  std::map<int, std::int64_t> by_year;
  std::map<std::chrono::sys_days, int> by_day;
  std::map<int, const Order*> orders;
  for (const auto& order : retail().orders) {
    orders[order.id] = &order;
    ++by_day[order.date];
  }
  for (const auto& item : retail().items) {
    const Order& order = *orders[item.order_id];
    by_country[order.shipping_country] += item.amount_cents;
    by_year[static_cast<int>(std::chrono::year_month_day(order.date).year())] += item.amount_cents;
  }
  for (const auto& [country, amount] : by_country) {
    EXPECT_LE(amount, by_country["Germany"]) << country;
  }
  EXPECT_EQ(by_country.size(), 10u);
  EXPECT_GT(by_year[2025], by_year[2024]);

  using namespace std::chrono;
  EXPECT_GT(by_day[year{2025} / 11 / 28], 2 * by_day[year{2025} / 11 / 14]);
  EXPECT_EQ(by_day.begin()->first, sys_days(year{2024} / 1 / 1));
  EXPECT_EQ(by_day.rbegin()->first, sys_days(year{2026} / 10 / 31));
}

}  // namespace
}  // namespace sextant::demo
