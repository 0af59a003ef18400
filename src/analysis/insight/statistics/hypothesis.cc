#include "analysis/insight/statistics/hypothesis.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace sextant::insight {

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kExact = 8;  // values in each sample up to which U is counted out

double two_sided_t(double t, double degrees) {
  if (!std::isfinite(t)) return std::isnan(t) ? kNan : 0.0;
  const boost::math::students_t_distribution<double> distribution(degrees);
  return 2 * cdf(complement(distribution, std::abs(t)));
}

double upper_f(double f, double between, double within) {
  if (std::isnan(f)) return kNan;
  if (f == kInfinity) return 0;
  return cdf(complement(boost::math::fisher_f_distribution<double>(between, within), f));
}

double upper_chi_square(double x, double degrees) {
  if (std::isnan(x) || degrees < 1) return kNan;
  return cdf(complement(boost::math::chi_squared_distribution<double>(degrees), x));
}

// Σ (t³ - t) over runs of equal values.
double tie_sum(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t j = i;
    while (j < sorted.size() && sorted[j] == sorted[i]) ++j;
    const double run = static_cast<double>(j - i);
    sum += run * run * run - run;
    i = j;
  }
  return sum;
}

double median_of(std::vector<double> values) {
  if (values.empty()) return kNan;
  const std::size_t middle = values.size() / 2;
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(middle));
  if (values.size() % 2 == 1) return values[middle];
  const double upper = values[middle];
  return (upper +
          *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle))) /
         2;
}

// How many ways U of the first sample can come to be `u`, for samples of n and m values.
double ways(int u, int n, int m, std::map<std::array<int, 3>, double>& known) {
  if (u < 0) return 0;
  if (n == 0 || m == 0) return u == 0 ? 1 : 0;
  const std::array<int, 3> key{u, n, m};
  if (const auto found = known.find(key); found != known.end()) return found->second;
  const double sum = ways(u - m, n - 1, m, known) + ways(u, n, m - 1, known);
  return known[key] = sum;
}

}  // namespace

TestResult correlation_test(double r, std::int64_t pairs) {
  const double degrees = static_cast<double>(pairs) - 2;
  if (degrees < 1 || std::isnan(r)) return {r, kNan, degrees};
  const double rest = 1 - r * r;
  const double t = rest <= 0 ? kInfinity : r * std::sqrt(degrees / rest);
  return {t, two_sided_t(t, degrees), degrees};
}

double pearson(std::span<const double> x, std::span<const double> y) {
  const Moments a = moments_of(x), b = moments_of(y);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - a.mean) * (y[i] - b.mean);
  const double spread = std::sqrt(a.population_variance) * std::sqrt(b.population_variance);
  if (!(spread > 0)) return kNan;
  return std::clamp(sum / static_cast<double>(x.size()) / spread, -1.0, 1.0);
}

std::vector<double> ranks_of(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && values[order[j]] == values[order[i]]) ++j;
    for (std::size_t k = i; k < j; ++k) ranks[order[k]] = static_cast<double>(i + 1 + j) / 2;
    i = j;
  }
  return ranks;
}

double spearman(std::span<const double> x, std::span<const double> y) {
  return pearson(ranks_of(x), ranks_of(y));
}

TestResult t_test(const Moments& a, const Moments& b, bool equal_variances) {
  const double n = static_cast<double>(a.count), m = static_cast<double>(b.count);
  if (a.count < 2 || b.count < 2) return {kNan, kNan, 0};
  double error = 0, degrees = n + m - 2;
  if (equal_variances) {
    const double pooled = ((n - 1) * a.variance + (m - 1) * b.variance) / degrees;
    error = pooled * (1 / n + 1 / m);
  } else {
    const double u = a.variance / n, v = b.variance / m;
    error = u + v;
    if (error > 0) degrees = error * error / (u * u / (n - 1) + v * v / (m - 1));
  }
  if (!(error > 0)) return {kNan, kNan, degrees};
  const double t = (a.mean - b.mean) / std::sqrt(error);
  return {t, two_sided_t(t, degrees), degrees};
}

TestResult t_test_against(const Moments& sample, double mean) {
  const double n = static_cast<double>(sample.count);
  if (sample.count < 2 || !(sample.variance > 0)) return {kNan, kNan, n - 1};
  const double t = (sample.mean - mean) / std::sqrt(sample.variance / n);
  return {t, two_sided_t(t, n - 1), n - 1};
}

TestResult paired_t_test(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) differences[i] = a[i] - b[i];
  return t_test_against(moments_of(differences), 0);
}

TestResult anova(std::span<const Moments> groups) {
  double n = 0, sum = 0;
  for (const Moments& g : groups) {
    n += static_cast<double>(g.count);
    sum += static_cast<double>(g.count) * g.mean;
  }
  const double k = static_cast<double>(groups.size());
  if (k < 2 || n <= k) return {kNan, kNan, 0};
  const double mean = sum / n;
  double between = 0, within = 0;
  for (const Moments& g : groups) {
    const double size = static_cast<double>(g.count);
    between += size * (g.mean - mean) * (g.mean - mean);
    within += size * g.population_variance;
  }
  if (within == 0 && between == 0) return {kNan, kNan, k - 1};
  const double f = within == 0 ? kInfinity : between / (k - 1) / (within / (n - k));
  return {f, upper_f(f, k - 1, n - k), k - 1};
}

TestResult levene(std::span<const std::vector<double>> groups) {
  std::vector<Moments> distances;
  for (const auto& group : groups) {
    const double median = median_of(group);
    std::vector<double> away(group.size());
    std::ranges::transform(group, away.begin(), [&](double x) { return std::abs(x - median); });
    distances.push_back(moments_of(away));
  }
  return anova(distances);
}

TestResult mann_whitney(std::span<const double> a, std::span<const double> b) {
  if (a.empty() || b.empty()) return {kNan, kNan, 0};
  std::vector<double> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  const std::vector<double> ranks = ranks_of(all);
  const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size()), total = n + m;
  double rank_sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) rank_sum += ranks[i];
  const double u = rank_sum - n * (n + 1) / 2;
  const double larger = std::max(u, n * m - u);
  const double ties = tie_sum(all);
  if (ties == 0 && a.size() <= kExact && b.size() <= kExact) {
    std::map<std::array<int, 3>, double> known;
    double tail = 0, count = 0;
    for (int v = 0; v <= static_cast<int>(n * m); ++v) {
      const double w = ways(v, static_cast<int>(n), static_cast<int>(m), known);
      count += w;
      if (v >= larger) tail += w;
    }
    return {u, std::min(1.0, 2 * tail / count), 0};
  }
  const double variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)));
  if (!(variance > 0)) return {u, kNan, 0};
  const double z = (larger - n * m / 2 - 0.5) / std::sqrt(variance);
  const boost::math::normal_distribution<double> normal;
  return {u, std::min(1.0, 2 * cdf(complement(normal, z))), 0};
}

TestResult kruskal_wallis(std::span<const std::vector<double>> groups) {
  std::vector<double> all;
  for (const auto& group : groups) all.insert(all.end(), group.begin(), group.end());
  const double n = static_cast<double>(all.size());
  if (groups.size() < 2 || n < 3) return {kNan, kNan, 0};
  const std::vector<double> ranks = ranks_of(all);
  double h = 0;
  std::size_t at = 0;
  for (const auto& group : groups) {
    if (group.empty()) return {kNan, kNan, 0};
    double sum = 0;
    for (std::size_t i = 0; i < group.size(); ++i) sum += ranks[at++];
    h += sum * sum / static_cast<double>(group.size());
  }
  h = 12 / (n * (n + 1)) * h - 3 * (n + 1);
  const double correction = 1 - tie_sum(all) / (n * n * n - n);
  if (!(correction > 0)) return {kNan, kNan, 0};
  const double degrees = static_cast<double>(groups.size()) - 1;
  h /= correction;
  return {h, upper_chi_square(h, degrees), degrees};
}

TestResult chi_square(const std::vector<std::vector<double>>& counts) {
  if (counts.size() < 2 || counts[0].size() < 2) return {kNan, kNan, 0};
  const std::size_t columns = counts[0].size();
  std::vector<double> down(columns, 0), across;
  double total = 0;
  for (const auto& row : counts) {
    across.push_back(std::accumulate(row.begin(), row.end(), 0.0));
    for (std::size_t c = 0; c < columns; ++c) down[c] += row[c];
    total += across.back();
  }
  const bool two_by_two = counts.size() == 2 && columns == 2;
  double sum = 0;
  for (std::size_t r = 0; r < counts.size(); ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const double expected = across[r] * down[c] / total;
      if (!(expected > 0)) return {kNan, kNan, 0};
      double away = std::abs(counts[r][c] - expected);
      if (two_by_two) away -= std::min(0.5, away);
      sum += away * away / expected;
    }
  }
  const double degrees = static_cast<double>((counts.size() - 1) * (columns - 1));
  return {sum, upper_chi_square(sum, degrees), degrees};
}

}  // namespace sextant::insight
