#include "analysis/insight/statistics/normality.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace sextant::insight {

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double upper_normal(double z) {
  return cdf(complement(boost::math::normal_distribution<double>(), z));
}
double normal_below(double z) { return cdf(boost::math::normal_distribution<double>(), z); }

// coefficients[0] + coefficients[1] x + …
double polynomial(std::initializer_list<double> coefficients, double x) {
  double sum = 0, power = 1;
  for (const double c : coefficients) {
    sum += c * power;
    power *= x;
  }
  return sum;
}

double upper_chi_square_2(double x) {
  return std::isnan(x) ? kNan
                       : cdf(complement(boost::math::chi_squared_distribution<double>(2), x));
}

// Weights of the order statistics for the upper half, largest first.
std::vector<double> shapiro_weights(std::size_t n) {
  const std::size_t half = n / 2;
  std::vector<double> weights(half);
  if (n == 3) return {std::numbers::sqrt2 / 2};
  const double size = static_cast<double>(n);
  const boost::math::normal_distribution<double> normal;
  double squares = 0;
  for (std::size_t i = 0; i < half; ++i) {
    weights[i] = -quantile(normal, (static_cast<double>(i + 1) - 0.375) / (size + 0.25));
    squares += 2 * weights[i] * weights[i];
  }
  const double length = std::sqrt(squares), u = 1 / std::sqrt(size);
  const double first =
      polynomial({0, 0.221157, -0.147981, -2.071190, 4.434685, -2.706056}, u) + weights[0] / length;
  std::size_t from = 1;
  double rest = 0;
  if (n > 5) {
    const double second = weights[1] / length +
                          polynomial({0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633}, u);
    rest = std::sqrt((squares - 2 * weights[0] * weights[0] - 2 * weights[1] * weights[1]) /
                     (1 - 2 * first * first - 2 * second * second));
    weights[1] = second;
    from = 2;
  } else {
    rest = std::sqrt((squares - 2 * weights[0] * weights[0]) / (1 - 2 * first * first));
  }
  weights[0] = first;
  for (std::size_t i = from; i < half; ++i) weights[i] /= rest;
  return weights;
}

}  // namespace

TestResult shapiro_wilk(std::span<const double> values) {
  const std::size_t n = values.size();
  if (n < 3) return {kNan, kNan, 0};
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  if (sorted.front() == sorted.back()) return {kNan, kNan, 0};
  const std::vector<double> weights = shapiro_weights(n);
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    sum += weights[i] * (sorted[n - 1 - i] - sorted[i]);
  const Moments moments = moments_of(sorted);
  const double size = static_cast<double>(n);
  const double w = std::min(1.0, sum * sum / (moments.population_variance * size));
  if (n == 3) {
    const double p = 6 / std::numbers::pi * (std::asin(std::sqrt(w)) - std::asin(std::sqrt(0.75)));
    return {w, std::clamp(p, 0.0, 1.0), 0};
  }
  double y = std::log1p(-w);
  const double logarithm = std::log(size);
  double mean = 0, deviation = 0;
  if (n <= 11) {
    const double gamma = polynomial({-2.273, 0.459}, size);
    if (y >= gamma) return {w, 1e-99, 0};
    y = -std::log(gamma - y);
    mean = polynomial({0.5440, -0.39978, 0.025054, -0.0006714}, size);
    deviation = std::exp(polynomial({1.3822, -0.77857, 0.062767, -0.0020322}, size));
  } else {
    mean = polynomial({-1.5861, -0.31082, -0.083751, 0.0038915}, logarithm);
    deviation = std::exp(polynomial({-0.4803, -0.082676, 0.0030302}, logarithm));
  }
  return {w, upper_normal((y - mean) / deviation), 0};
}

TestResult dagostino_pearson(const Moments& moments) {
  const double n = static_cast<double>(moments.count);
  if (moments.count < 8 || !(moments.population_variance > 0)) return {kNan, kNan, 2};
  // D'Agostino's transformation of the skewness.
  double y = moments.skewness * std::sqrt((n + 1) * (n + 3) / (6 * (n - 2)));
  const double beta =
      3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9));
  const double w2 = -1 + std::sqrt(2 * (beta - 1));
  const double delta = 1 / std::sqrt(0.5 * std::log(w2));
  const double alpha = std::sqrt(2 / (w2 - 1));
  y /= alpha;
  const double z_skew = delta * std::log(y + std::sqrt(y * y + 1));
  // Anscombe and Glynn's of the kurtosis.
  const double kurtosis = moments.excess_kurtosis + 3;
  const double expected = 3 * (n - 1) / (n + 1);
  const double variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5));
  const double x = (kurtosis - expected) / std::sqrt(variance);
  const double root = 6 * (n * n - 5 * n + 2) / ((n + 7) * (n + 9)) *
                      std::sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)));
  const double a = 6 + 8 / root * (2 / root + std::sqrt(1 + 4 / (root * root)));
  const double denominator = 1 + x * std::sqrt(2 / (a - 4));
  const double term = std::cbrt((1 - 2 / a) / std::abs(denominator)) * (denominator < 0 ? -1 : 1);
  const double z_kurtosis = (1 - 2 / (9 * a) - term) / std::sqrt(2 / (9 * a));
  const double k2 = z_skew * z_skew + z_kurtosis * z_kurtosis;
  return {k2, upper_chi_square_2(k2), 2};
}

TestResult jarque_bera(const Moments& moments) {
  if (moments.count < 3 || !(moments.population_variance > 0)) return {kNan, kNan, 2};
  const double s = moments.skewness, k = moments.excess_kurtosis;
  const double jb = static_cast<double>(moments.count) / 6 * (s * s + k * k / 4);
  return {jb, upper_chi_square_2(jb), 2};
}

TestResult kolmogorov_smirnov(std::span<const double> values, double mean, double deviation) {
  if (values.empty() || !(deviation > 0)) return {kNan, kNan, 0};
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const double n = static_cast<double>(sorted.size());
  double distance = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double below = normal_below((sorted[i] - mean) / deviation);
    distance = std::max(
        {distance, static_cast<double>(i + 1) / n - below, below - static_cast<double>(i) / n});
  }
  // Kolmogorov's series, with Stephens' correction for small n.
  const double lambda = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * distance;
  double p = 0;
  for (int k = 1; k <= 100; ++k) {
    const double term = 2 * (k % 2 == 1 ? 1 : -1) * std::exp(-2.0 * k * k * lambda * lambda);
    p += term;
    if (std::abs(term) < 1e-12) break;
  }
  return {distance, lambda < 0.2 ? 1.0 : std::clamp(p, 0.0, 1.0), 0};
}

TestResult anderson_darling(std::span<const double> values) {
  const Moments moments = moments_of(values);
  if (moments.count < 8 || !(moments.variance > 0)) return {kNan, kNan, 0};
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const double n = static_cast<double>(sorted.size()), deviation = std::sqrt(moments.variance);
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double low = (sorted[i] - moments.mean) / deviation;
    const double high = (sorted[sorted.size() - 1 - i] - moments.mean) / deviation;
    sum += (2 * static_cast<double>(i) + 1) * (std::log(std::max(normal_below(low), 1e-300)) +
                                               std::log(std::max(upper_normal(high), 1e-300)));
  }
  const double a2 = -n - sum / n;
  const double a = a2 * (1 + 0.75 / n + 2.25 / (n * n));
  double p = 0;
  if (a >= 0.6) {
    p = std::exp(1.2937 - 5.709 * a + 0.0186 * a * a);
  } else if (a >= 0.34) {
    p = std::exp(0.9177 - 4.279 * a - 1.38 * a * a);
  } else if (a > 0.2) {
    p = 1 - std::exp(-8.318 + 42.796 * a - 59.938 * a * a);
  } else {
    p = 1 - std::exp(-13.436 + 101.14 * a - 223.73 * a * a);
  }
  return {a2, std::clamp(p, 0.0, 1.0), 0};
}

}  // namespace sextant::insight
