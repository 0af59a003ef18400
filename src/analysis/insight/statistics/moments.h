#pragma once
// Moments of a sample of finite numbers. Pure functions; an empty sample gives NaN throughout.

#include <cstdint>
#include <span>

namespace sextant::insight {

struct Moments {
  std::int64_t count = 0;
  double mean = 0;
  double variance = 0;             // of the sample: divided by n - 1
  double population_variance = 0;  // divided by n
  // Fisher's g1 = m3 / m2^1.5 and excess g2 = m4 / m2² - 3 of the population, without correction.
  double skewness = 0;
  double excess_kurtosis = 0;
};

// Two passes: the mean first, so that large offsets cost no digits.
Moments moments_of(std::span<const double> values);

}  // namespace sextant::insight
