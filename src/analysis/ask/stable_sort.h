#pragma once
// A stable sort without std::stable_sort, whose libstdc++ 12 form uses a deprecated function.

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace sextant::ask {

template <class T, class Before>
void stable_sort_by(std::vector<T>& items, Before before) {
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    if (before(items[a], items[b])) return true;
    if (before(items[b], items[a])) return false;
    return a < b;
  });
  std::vector<T> sorted;
  sorted.reserve(items.size());
  for (const std::size_t i : order) sorted.push_back(std::move(items[i]));
  items = std::move(sorted);
}

}  // namespace sextant::ask
