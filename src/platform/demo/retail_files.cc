// The sample data as CSV files.

#include <fmt/format.h>

#include <fstream>

#include "platform/demo/retail.h"

namespace sextant::demo {
namespace {

// A field, in quotes where CSV needs them.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string euros(std::int64_t cents) { return fmt::format("{}.{:02}", cents / 100, cents % 100); }

std::string iso(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

template <class Row, class Format>
Result<> write(const std::filesystem::path& file, std::string_view header,
               const std::vector<Row>& rows, Format format) {
  std::string text(header);
  text += '\n';
  for (const Row& row : rows) text += format(row) + '\n';
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    return fail(ErrorCode::storage_full,
                fmt::format("The sample file {} could not be written.", file.filename().string()),
                "Check that the disk has space and the folder can be written to.");
  }
  return {};
}

}  // namespace

Result<> write_retail(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return fail(
        ErrorCode::storage_full,
        fmt::format("The folder {} could not be made: {}.", folder.string(), error.message()),
        "Check that the disk has space and the folder can be written to.");
  }
  const Retail retail = make_retail();
  TRY_VOID(write(folder / "customers.csv", "customer_id,name,email,country,city,segment,signed_up",
                 retail.customers, [](const Customer& c) {
                   return fmt::format("{},{},{},{},{},{},{}", c.id, field(c.name), c.email,
                                      c.country, field(c.city), c.segment, iso(c.signed_up));
                 }));
  TRY_VOID(write(
      folder / "products.csv", "product_id,product_name,category,subcategory,unit_price,unit_cost",
      retail.products, [](const Product& p) {
        return fmt::format("{},{},{},{},{},{}", p.id, field(p.name), field(p.category),
                           field(p.subcategory), euros(p.price_cents), euros(p.cost_cents));
      }));
  TRY_VOID(write(folder / "orders.csv",
                 "order_id,order_date,customer_id,status,channel,shipping_country,payment",
                 retail.orders, [](const Order& o) {
                   return fmt::format("{},{},{},{},{},{},{}", o.id, iso(o.date), o.customer_id,
                                      o.status, o.channel, o.shipping_country, o.payment);
                 }));
  TRY_VOID(write(
      folder / "order_items.csv", "order_id,product_id,quantity,unit_price,discount,amount",
      retail.items, [](const OrderItem& i) {
        return fmt::format("{},{},{},{},{},{}", i.order_id, i.product_id, i.quantity,
                           euros(i.price_cents), euros(i.discount_percent), euros(i.amount_cents));
      }));
  return write(folder / "returns.csv",
               "return_id,order_id,product_id,quantity,return_date,reason,refund_amount",
               retail.returns, [](const Return& r) {
                 return fmt::format("{},{},{},{},{},{},{}", r.id, r.order_id, r.product_id,
                                    r.quantity, iso(r.date), r.reason, euros(r.refund_cents));
               });
}

}  // namespace sextant::demo
