#include "platform/demo/retail.h"

#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <string_view>

#include "platform/demo/random.h"
#include "platform/demo/words.h"

namespace sextant::demo {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::uint64_t kSeed = 20240101;
constexpr int kCustomers = 2'400;
constexpr int kOrders = 14'000;
constexpr int kFirstOrder = 10'001;
constexpr sys_days kFirstSignUp = std::chrono::year{2022} / 6 / 1;
constexpr sys_days kFirstDay = std::chrono::year{2024} / 1 / 1;
constexpr sys_days kLastDay = std::chrono::year{2026} / 10 / 31;

unsigned month_of(sys_days day) { return static_cast<unsigned>(year_month_day(day).month()); }

// Days from Black Friday (the day after the fourth Thursday of November) to this day.
int days_after_black_friday(sys_days day) {
  using namespace std::chrono;
  const sys_days friday = sys_days(year_month_day(day).year() / November / Thursday[4]) + days(1);
  return static_cast<int>((day - friday).count());
}

// Round half up, for amounts that are not negative.
std::int64_t rounded_quotient(std::int64_t dividend, std::int64_t divisor) {
  return (2 * dividend + divisor) / (2 * divisor);
}

// The letters of e-mail addresses: the names' other letters are all in this list.
std::string ascii(std::string_view name) {
  static constexpr std::array<std::array<std::string_view, 2>, 27> kFolds = {
      {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"é", "e"}, {"è", "e"}, {"É", "e"},
       {"á", "a"},  {"í", "i"},  {"ó", "o"},  {"ú", "u"},  {"ñ", "n"}, {"Á", "a"}, {"ł", "l"},
       {"ś", "s"},  {"ń", "n"},  {"ź", "z"},  {"ż", "z"},  {"ą", "a"}, {"ę", "e"}, {"ć", "c"},
       {"Ł", "l"},  {"ë", "e"},  {"ï", "i"},  {"ê", "e"},  {"ç", "c"}, {"à", "a"}}};
  std::string result;
  for (std::size_t i = 0; i < name.size();) {
    const char c = name[i];
    if (static_cast<unsigned char>(c) >= 0x80) {
      const std::string_view letter = name.substr(i, 2);
      for (const auto& [from, to] : kFolds) {
        if (letter == from) result += to;
      }
      i += 2;
      continue;
    }
    if (c >= 'A' && c <= 'Z') result += static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') result += c;
    ++i;
  }
  return result;
}

std::vector<Customer> make_customers(Random& random) {
  static constexpr std::array kDomains = {"example.com", "example.org", "example.net"};
  static constexpr std::array kSegments = {"Consumer", "Small Business", "Corporate"};
  std::vector<int> country_weights;
  for (const auto& country : countries()) country_weights.push_back(country.weight);

  std::vector<sys_days> sign_ups;
  const auto span = (kLastDay - kFirstSignUp).count() - 14;
  for (int i = 0; i < kCustomers; ++i) sign_ups.push_back(kFirstSignUp + days(random.below(span)));
  std::ranges::sort(sign_ups);

  std::vector<Customer> customers;
  std::map<std::string, int> taken;
  for (int i = 0; i < kCustomers; ++i) {
    const Country& country = countries()[random.weighted(country_weights)];
    Customer customer;
    customer.id = i + 1;
    const auto first = country.first_names[random.below(country.first_names.size())];
    const auto last = country.last_names[random.below(country.last_names.size())];
    customer.name = std::string(first) + " " + std::string(last);
    const std::string local = ascii(first) + "." + ascii(last);
    const int same = taken[local]++;
    customer.email = local + (same ? std::to_string(same + 1) : "") + "@" +
                     kDomains[random.weighted(std::array{6, 3, 1})];
    if (random.per_mille(20)) customer.email.clear();
    customer.country = country.name;
    customer.city = country.cities[random.weighted(std::array{30, 20, 16, 13, 11, 10})];
    customer.segment = kSegments[random.weighted(std::array{68, 22, 10})];
    if (random.per_mille(12)) customer.segment.clear();
    customer.signed_up = sign_ups[i];
    customers.push_back(std::move(customer));
  }
  return customers;
}

std::vector<Product> make_products(Random& random) {
  // Cost in percent of the price: electronics earn least, beauty most.
  static const std::map<std::string_view, int> kCost = {
      {"Electronics", 72}, {"Home & Kitchen", 58}, {"Sports & Outdoors", 56},
      {"Clothing", 46},    {"Beauty", 38},         {"Toys & Games", 52}};
  static constexpr std::array kEndings = {99, 99, 95, 90, 50};
  std::vector<Product> products;
  for (const auto& group : assortment()) {
    for (std::size_t i = 0; i < group.products.size(); ++i) {
      Product product;
      product.id = static_cast<int>(products.size()) + 1;
      product.name = group.products[i];
      product.category = group.category;
      product.subcategory = group.subcategory;
      product.price_cents = group.euros[i] * 100 + kEndings[random.below(kEndings.size())];
      product.cost_cents = rounded_quotient(
          product.price_cents * (kCost.at(group.category) - 5 + random.below(11)), 100);
      products.push_back(std::move(product));
    }
  }
  return products;
}

// How much is sold on a day, in any unit: growth × season × week × Black Friday and Christmas.
std::int64_t demand(sys_days day) {
  static constexpr std::array kMonth = {86, 80, 92, 96, 101, 99, 92, 90, 98, 103, 128, 135};
  static constexpr std::array kWeekday = {108, 92, 96, 98, 102, 112, 118};  // from Sunday
  const std::int64_t growth =
      1000 + 620 * (day - kFirstDay).count() / (kLastDay - kFirstDay).count();
  std::int64_t result =
      growth * kMonth[month_of(day) - 1] * kWeekday[std::chrono::weekday(day).c_encoding()];
  const int from_friday = days_after_black_friday(day);
  if (from_friday == 0) {
    result *= 4;
  } else if (from_friday >= -4 && from_friday <= 3) {
    result *= 2;
  }
  const year_month_day date(day);
  const auto day_of_month = static_cast<unsigned>(date.day());
  if (month_of(day) == 12 && day_of_month >= 24 && day_of_month <= 26) result /= 3;
  return result;
}

// How a category sells over the year, in percent of its mean.
int category_season(std::string_view category, unsigned month) {
  static const std::map<std::string_view, std::array<int, 12>> kSeason = {
      {"Electronics", {95, 85, 85, 85, 85, 85, 88, 92, 100, 100, 145, 135}},
      {"Home & Kitchen", {110, 105, 100, 98, 95, 90, 88, 92, 100, 105, 110, 105}},
      {"Sports & Outdoors", {85, 80, 100, 125, 140, 145, 135, 115, 90, 75, 70, 70}},
      {"Clothing", {95, 85, 105, 105, 95, 90, 90, 95, 115, 115, 105, 100}},
      {"Beauty", {88, 100, 95, 95, 105, 100, 100, 95, 92, 95, 110, 125}},
      {"Toys & Games", {65, 65, 75, 80, 85, 90, 90, 85, 85, 100, 165, 215}}};
  return kSeason.at(category)[month - 1];
}

// Turns products into orders' lines.
class Shop {
 public:
  Shop(const Retail& retail, Random& random) : retail_(retail), random_(random) {
    static const std::map<std::string_view, int> kShare = {
        {"Electronics", 20}, {"Home & Kitchen", 22}, {"Sports & Outdoors", 17},
        {"Clothing", 21},    {"Beauty", 11},         {"Toys & Games", 9}};
    for (const auto& product : retail.products) {
      // Cheap articles sell more often; a few are favourites.
      const int favourite = random.one_in(9) ? 4 : 1 + random.below(2);
      const auto affordable = 1 + 9'000 / (product.price_cents / 100 + 40);
      popularity_.push_back(static_cast<int>(kShare.at(product.category) * favourite * affordable));
    }
    for (unsigned month = 1; month <= 12; ++month) {
      auto& weights = weights_[month - 1];
      for (std::size_t i = 0; i < popularity_.size(); ++i) {
        weights.push_back(popularity_[i] * category_season(retail.products[i].category, month) /
                          10);
      }
    }
  }

  std::vector<OrderItem> lines(const Order& order, const Customer& customer) {
    const auto count = 1 + random_.weighted(std::array{28, 30, 21, 13, 8});
    std::set<int> chosen;
    while (chosen.size() < count) {
      chosen.insert(static_cast<int>(random_.weighted(weights_[month_of(order.date) - 1])));
    }
    std::vector<OrderItem> lines;
    for (const int index : chosen) {
      const Product& product = retail_.products[index];
      OrderItem item;
      item.order_id = order.id;
      item.product_id = product.id;
      item.quantity = quantity(customer, product);
      item.price_cents = price_on(order.date, product);
      item.discount_percent = discount(order.date, item.quantity);
      item.amount_cents =
          rounded_quotient(item.quantity * item.price_cents * (100 - item.discount_percent), 100);
      lines.push_back(item);
    }
    return lines;
  }

 private:
  int quantity(const Customer& customer, const Product& product) {
    if (product.price_cents > 30'000) return 1 + (random_.one_in(14) ? 1 : 0);
    if (customer.segment == "Corporate") return 1 + random_.below(8);
    if (customer.segment == "Small Business") return 1 + random_.below(4);
    return 1 + static_cast<int>(random_.weighted(std::array{74, 18, 6, 2}));
  }

  // List prices rose at the turn of each year; they end in 5 or 0 cents, the newest in 9 too.
  static std::int64_t price_on(sys_days day, const Product& product) {
    const int year = static_cast<int>(year_month_day(day).year());
    const int percent = year == 2024 ? 94 : year == 2025 ? 97 : 100;
    if (percent == 100) return product.price_cents;
    return rounded_quotient(product.price_cents * percent, 500) * 5;
  }

  int discount(sys_days day, int quantity) {
    static constexpr std::array kUsual = {0, 5, 10, 15, 20};
    const int from_friday = days_after_black_friday(day);
    if (from_friday >= -4 && from_friday <= 3) {
      return std::array{0, 10, 20, 30}[random_.weighted(std::array{25, 15, 40, 20})];
    }
    if (quantity >= 5) return kUsual[random_.weighted(std::array{30, 20, 30, 15, 5})];
    return kUsual[random_.weighted(std::array{74, 8, 10, 5, 3})];
  }

  const Retail& retail_;
  Random& random_;
  std::vector<int> popularity_;               // by product
  std::array<std::vector<int>, 12> weights_;  // by month and product
};

std::vector<sys_days> order_days(Random& random) {
  std::vector<std::int64_t> up_to;  // running sum of the demand
  std::int64_t sum = 0;
  for (sys_days day = kFirstDay; day <= kLastDay; day += days(1)) {
    sum += demand(day) / 1000;
    up_to.push_back(sum);
  }
  std::vector<sys_days> result;
  for (int i = 0; i < kOrders; ++i) {
    const std::int64_t at = random.below(sum);
    result.push_back(kFirstDay + days(std::ranges::upper_bound(up_to, at) - up_to.begin()));
  }
  std::ranges::sort(result);
  return result;
}

void make_orders(Retail& retail, Random& random) {
  static constexpr std::array kChannels = {"Web", "Mobile App", "Store", "Phone"};
  static constexpr std::array kPayments = {"Credit Card", "PayPal", "Bank Transfer", "Invoice"};
  // Some customers buy often, most do not: the chance that a customer who was drawn buys.
  std::vector<int> activity;
  for (int i = 0; i < kCustomers; ++i) {
    activity.push_back(std::array{1000, 450, 220, 110}[random.weighted(std::array{6, 18, 36, 40})]);
  }

  Shop shop(retail, random);
  int id = kFirstOrder;
  for (const sys_days day : order_days(random)) {
    const auto known = std::ranges::upper_bound(retail.customers, day, {}, &Customer::signed_up) -
                       retail.customers.begin();
    auto index = random.below(known);
    while (!random.per_mille(activity[index])) index = random.below(known);
    const Customer& customer = retail.customers[index];

    Order order;
    order.id = id++;
    order.date = day;
    order.customer_id = customer.id;
    order.status =
        std::array{"completed", "cancelled", "returned"}[random.weighted(std::array{905, 40, 55})];
    // Returns come in within 30 days; those of the last month are not all in yet.
    if (order.status == "returned" && day > kLastDay - days(30)) order.status = "completed";
    const int mobile =
        20 + static_cast<int>(16 * (day - kFirstDay).count() / (kLastDay - kFirstDay).count());
    order.channel = kChannels[random.weighted(std::array{60 - mobile + 20, mobile, 15, 5})];
    if (random.per_mille(4)) order.channel.clear();
    order.shipping_country = customer.country;
    if (random.per_mille(30))
      order.shipping_country = countries()[random.below(countries().size())].name;
    const bool business = !customer.segment.empty() && customer.segment != "Consumer";
    order.payment = kPayments[business ? random.weighted(std::array{25, 10, 25, 40})
                                       : random.weighted(std::array{46, 34, 8, 12})];
    if (order.status == "cancelled" && random.per_mille(550)) order.payment.clear();

    std::ranges::move(shop.lines(order, customer), std::back_inserter(retail.items));
    retail.orders.push_back(std::move(order));
  }
}

void make_returns(Retail& retail, Random& random) {
  static constexpr std::array kReasons = {"Changed my mind", "Not as described",
                                          "Damaged in transit", "Defective", "Arrived late"};
  auto line = retail.items.begin();
  for (const Order& order : retail.orders) {
    const auto first = line;
    while (line != retail.items.end() && line->order_id == order.id) ++line;
    if (order.status != "returned") continue;
    const bool all = random.per_mille(400);
    const auto only = first + random.below(line - first);
    const sys_days date = order.date + days(3 + random.below(27));
    for (auto item = first; item != line; ++item) {
      if (!all && item != only) continue;
      Return entry;
      entry.id = static_cast<int>(retail.returns.size()) + 1;
      entry.order_id = order.id;
      entry.product_id = item->product_id;
      entry.quantity = all ? item->quantity : 1 + random.below(item->quantity);
      entry.date = date;
      const Product& product = retail.products[item->product_id - 1];
      entry.reason = product.category == "Clothing" && random.per_mille(600)
                         ? "Wrong size"
                         : kReasons[random.weighted(std::array{34, 22, 18, 17, 9})];
      if (random.per_mille(30)) entry.reason.clear();
      entry.refund_cents = rounded_quotient(item->amount_cents * entry.quantity, item->quantity);
      retail.returns.push_back(std::move(entry));
    }
  }
}

}  // namespace

Retail make_retail() {
  Random random(kSeed);
  Retail retail;
  retail.customers = make_customers(random);
  retail.products = make_products(random);
  make_orders(retail, random);
  make_returns(retail, random);
  return retail;
}

}  // namespace sextant::demo
