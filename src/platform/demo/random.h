#pragma once
// A small generator whose numbers are the same everywhere (the standard library's distributions are
// not). SplitMix64 by Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
// 2014.

#include <cstddef>
#include <cstdint>
#include <span>

namespace sextant::demo {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // 0 … n-1, n > 0. The bias of the remainder is below 2^-40 for the sizes used here.
  int below(std::int64_t n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }

  bool one_in(int n) { return below(n) == 0; }
  bool per_mille(int share) { return below(1000) < share; }

  // An index, taken as often as its weight says. The weights' sum is > 0.
  std::size_t weighted(std::span<const int> weights) {
    std::int64_t sum = 0;
    for (const int weight : weights) sum += weight;
    std::int64_t rest = below(sum);
    std::size_t i = 0;
    while (rest >= weights[i]) rest -= weights[i++];
    return i;
  }

 private:
  std::uint64_t state_;
};

}  // namespace sextant::demo
