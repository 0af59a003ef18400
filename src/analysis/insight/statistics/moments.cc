#include "analysis/insight/statistics/moments.h"

#include <cmath>
#include <limits>

namespace sextant::insight {

Moments moments_of(std::span<const double> values) {
  Moments moments;
  moments.count = static_cast<std::int64_t>(values.size());
  const double n = static_cast<double>(values.size());
  if (values.empty()) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {0, nan, nan, nan, nan, nan};
  }
  double sum = 0;
  for (const double x : values) sum += x;
  moments.mean = sum / n;
  double m2 = 0, m3 = 0, m4 = 0;
  for (const double x : values) {
    const double d = x - moments.mean;
    m2 += d * d;
    m3 += d * d * d;
    m4 += d * d * d * d;
  }
  moments.variance = values.size() > 1 ? m2 / (n - 1) : std::numeric_limits<double>::quiet_NaN();
  m2 /= n;
  moments.population_variance = m2;
  moments.skewness = m2 > 0 ? m3 / n / std::pow(m2, 1.5) : 0;
  moments.excess_kurtosis = m2 > 0 ? m4 / n / (m2 * m2) - 3 : 0;
  return moments;
}

}  // namespace sextant::insight
