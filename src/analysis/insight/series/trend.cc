#include "analysis/insight/series/trend.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace sextant::insight {

namespace {

constexpr std::size_t kPairwise = 1000;

// Sum of squared distances from the mean over [from, to), from running sums.
struct Squares {
  std::vector<double> sum{0}, squares{0};
  explicit Squares(std::span<const double> series) {
    for (const double x : series) {
      sum.push_back(sum.back() + x);
      squares.push_back(squares.back() + x * x);
    }
  }
  double cost(std::size_t from, std::size_t to) const {
    const double s = sum[to] - sum[from];
    return std::max(0.0, squares[to] - squares[from] - s * s / static_cast<double>(to - from));
  }
};

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::optional<Trend> find_trend(std::span<const double> series) {
  if (series.size() < 4) return std::nullopt;
  const std::size_t skipped = series.size() > kPairwise ? series.size() - kPairwise : 0;
  const auto recent = series.subspan(skipped);
  const std::size_t n = recent.size();
  std::vector<double> slopes;
  slopes.reserve(n * (n - 1) / 2);
  double s = 0;
  std::map<double, double> ties;
  for (std::size_t i = 0; i < n; ++i) {
    ++ties[recent[i]];
    for (std::size_t j = i + 1; j < n; ++j) {
      slopes.push_back((recent[j] - recent[i]) / static_cast<double>(j - i));
      s += recent[j] > recent[i] ? 1 : recent[j] < recent[i] ? -1 : 0;
    }
  }
  Trend trend;
  trend.slope = median(std::move(slopes));
  std::vector<double> at_zero(n);
  for (std::size_t i = 0; i < n; ++i) {
    at_zero[i] = recent[i] - trend.slope * static_cast<double>(i + skipped);
  }
  trend.intercept = median(std::move(at_zero));
  const double size = static_cast<double>(n);
  double variance = size * (size - 1) * (2 * size + 5);
  for (const auto& [value, t] : ties) variance -= t * (t - 1) * (2 * t + 5);
  variance /= 18;
  if (variance > 0 && s != 0) {
    const double z = (s > 0 ? s - 1 : s + 1) / std::sqrt(variance);
    trend.p_value = 2 * cdf(complement(boost::math::normal_distribution<double>(), std::abs(z)));
  }
  return trend;
}

double seasonal_strength(std::span<const double> series, std::size_t period) {
  if (period < 2 || series.size() < 2 * period) return 0;
  const auto trend = find_trend(series);
  std::vector<double> rest(series.size());
  for (std::size_t i = 0; i < rest.size(); ++i) {
    rest[i] = series[i] - (trend ? trend->intercept + trend->slope * static_cast<double>(i) : 0);
  }
  const double mean =
      std::accumulate(rest.begin(), rest.end(), 0.0) / static_cast<double>(rest.size());
  std::vector<double> season(period, 0), count(period, 0);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    season[i % period] += rest[i] - mean;
    ++count[i % period];
  }
  double total = 0, remainder = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const double away = rest[i] - mean, left = away - season[i % period] / count[i % period];
    total += away * away;
    remainder += left * left;
  }
  if (!(total > 0)) return 0;
  // Each season's mean costs a degree of freedom.
  const double n = static_cast<double>(rest.size()), k = static_cast<double>(period);
  return std::clamp(1 - remainder / (n - k) / (total / (n - 1)), 0.0, 1.0);
}

std::vector<std::size_t> change_points(std::span<const double> series, std::size_t shortest) {
  std::vector<std::size_t> cuts;
  const std::size_t n = series.size();
  if (n < 2 * shortest) return cuts;
  const double centre = median({series.begin(), series.end()});
  std::vector<double> centred(series.begin(), series.end());
  for (double& x : centred) x -= centre;
  const Squares squares(centred);
  std::vector<std::size_t> edges{0, n};
  double cost = squares.cost(0, n);
  const double size = static_cast<double>(n), floor = 1e-12 * std::max(cost, 1e-300);
  const auto criterion = [&](double value, double segments) {
    return size * std::log(std::max(value, floor) / size) + 3 * segments * std::log(size);
  };
  for (;;) {
    double best = cost;
    std::size_t at = 0;
    for (std::size_t e = 0; e + 1 < edges.size(); ++e) {
      const double whole = squares.cost(edges[e], edges[e + 1]);
      for (std::size_t i = edges[e] + shortest; i + shortest <= edges[e + 1]; ++i) {
        const double split =
            cost - whole + squares.cost(edges[e], i) + squares.cost(i, edges[e + 1]);
        if (split < best) {
          best = split;
          at = i;
        }
      }
    }
    const double segments = static_cast<double>(edges.size()) - 1;
    if (at == 0 || criterion(best, segments + 1) >= criterion(cost, segments)) break;
    cost = best;
    edges.insert(std::ranges::lower_bound(edges, at), at);
  }
  cuts.assign(edges.begin() + 1, edges.end() - 1);
  return cuts;
}

std::vector<std::size_t> local_outliers(std::span<const double> series, std::size_t reach,
                                        double limit) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const std::size_t from = i > reach ? i - reach : 0;
    const std::size_t to = std::min(series.size(), i + reach + 1);
    if (to - from < 5) continue;
    std::vector<double> near(series.begin() + static_cast<std::ptrdiff_t>(from),
                             series.begin() + static_cast<std::ptrdiff_t>(to));
    const double middle = median(near);
    for (double& x : near) x = std::abs(x - middle);
    const double deviation = 1.4826 * median(std::move(near));
    if (deviation > 0 && std::abs(series[i] - middle) > limit * deviation) found.push_back(i);
  }
  return found;
}

}  // namespace sextant::insight
