#pragma once
// The word lists of the sample data.

#include <array>
#include <span>
#include <string_view>

namespace sextant::demo {

struct Country {
  std::string_view name;
  int weight;                              // share of the customers, in percent
  std::array<std::string_view, 6> cities;  // the largest first
  std::array<std::string_view, 16> first_names;
  std::array<std::string_view, 20> last_names;
};

struct Assortment {
  std::string_view category;
  std::string_view subcategory;
  std::array<int, 6> euros;  // list prices, less some cents
  std::array<std::string_view, 6> products;
};

std::span<const Country> countries();
std::span<const Assortment> assortment();

}  // namespace sextant::demo
