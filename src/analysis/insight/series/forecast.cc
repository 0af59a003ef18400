#include "analysis/insight/series/forecast.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>

namespace sextant::insight {

namespace {

constexpr std::size_t kFewest = 6;
constexpr double kLevel = 0.95;

struct Shape {
  bool trend = false;
  bool damped = false;     // the trend fades
  std::size_t period = 1;  // 1: no season
  std::size_t parameters() const {
    return 1 + (trend ? 1 : 0) + (damped ? 1 : 0) + (period > 1 ? 1 : 0);
  }
  // Smoothing parameters, first states and the variance.
  double counted() const {
    return static_cast<double>(parameters() + 1 + (trend ? 1 : 0) + (period > 1 ? period - 1 : 0) +
                               1);
  }
};

struct Smoothing {
  double alpha = 0.3, beta = 0.1, phi = 1, gamma = 0.1;
};

struct State {
  double level = 0, slope = 0;
  std::vector<double> season;
};

struct Fit {
  Shape shape;
  Smoothing smoothing;
  State last;
  double squares = 0;  // of the one-step errors
  double criterion = 0;
};

// Means of the seasons, taken off a line through the series.
State first_state(std::span<const double> series, const Shape& shape) {
  State state;
  const std::size_t window = shape.period > 1 ? std::min(series.size(), 2 * shape.period)
                                              : std::min<std::size_t>(series.size(), 4);
  const double n = static_cast<double>(window);
  double mean_x = (n - 1) / 2, mean_y = 0, xy = 0, xx = 0;
  for (std::size_t i = 0; i < window; ++i) mean_y += series[i] / n;
  for (std::size_t i = 0; i < window; ++i) {
    const double x = static_cast<double>(i) - mean_x;
    xy += x * (series[i] - mean_y);
    xx += x * x;
  }
  state.slope = shape.trend && xx > 0 ? xy / xx : 0;
  if (shape.trend && shape.period > 1) {  // from season to season, which no season distorts
    const auto season_mean = [&](std::size_t from) {
      double sum = 0;
      for (std::size_t i = from; i < from + shape.period; ++i) sum += series[i];
      return sum / static_cast<double>(shape.period);
    };
    state.slope = (season_mean(shape.period) - season_mean(0)) / static_cast<double>(shape.period);
  }
  state.level = mean_y - state.slope * (mean_x + 1);
  state.season.assign(shape.period, 0);
  if (shape.period == 1) return state;
  std::vector<double> count(shape.period, 0);
  for (std::size_t i = 0; i < window; ++i) {
    const double line = mean_y + state.slope * (static_cast<double>(i) - mean_x);
    state.season[i % shape.period] += series[i] - line;
    ++count[i % shape.period];
  }
  for (std::size_t k = 0; k < shape.period; ++k) state.season[k] /= std::max(1.0, count[k]);
  const double mean = std::accumulate(state.season.begin(), state.season.end(), 0.0) /
                      static_cast<double>(shape.period);
  for (double& s : state.season) s -= mean;
  return state;
}

// Runs the recursions over the series; the sum of squared one-step errors.
double run(std::span<const double> series, const Shape& shape, const Smoothing& p, State& state) {
  state = first_state(series, shape);
  double squares = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    double& season = state.season[i % shape.period];
    const double carried = state.level + (shape.trend ? p.phi * state.slope : 0);
    const double error = series[i] - carried - season;
    squares += error * error;
    state.level = carried + p.alpha * error;
    if (shape.trend) state.slope = p.phi * state.slope + p.alpha * p.beta * error;
    if (shape.period > 1) season += p.gamma * error;
  }
  return squares;
}

// Any real vector is a valid set of parameters.
Smoothing to_smoothing(const std::vector<double>& x, const Shape& shape) {
  const auto within = [](double value, double low, double high) {
    return low + (high - low) / (1 + std::exp(-value));
  };
  Smoothing p;
  std::size_t at = 0;
  p.alpha = within(x[at++], 0.001, 0.999);
  if (shape.trend) {
    p.beta = within(x[at++], 0.001, 0.999);
    if (shape.damped) p.phi = within(x[at++], 0.8, 0.98);
  }
  if (shape.period > 1) p.gamma = within(x[at++], 0.0001, 1 - p.alpha);
  return p;
}

// Nelder and Mead's simplex search.
std::vector<double> minimise(const auto& cost, const std::vector<double>& start) {
  const std::size_t n = start.size();
  std::vector<std::pair<double, std::vector<double>>> simplex;
  simplex.emplace_back(cost(start), start);
  for (std::size_t i = 0; i < n; ++i) {
    auto corner = start;
    corner[i] += 1.5;
    simplex.emplace_back(cost(corner), std::move(corner));
  }
  const auto by_cost = [](const auto& a, const auto& b) { return a.first < b.first; };
  for (int step = 0; step < 120; ++step) {
    std::ranges::sort(simplex, by_cost);
    if (simplex.back().first - simplex.front().first <= 1e-9 * std::abs(simplex.front().first))
      break;
    std::vector<double> centre(n, 0);
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i)
        centre[i] += simplex[k].second[i] / static_cast<double>(n);
    }
    const auto along = [&](double factor) {
      std::vector<double> x(n);
      for (std::size_t i = 0; i < n; ++i)
        x[i] = centre[i] + factor * (simplex.back().second[i] - centre[i]);
      const double value = cost(x);
      return std::pair(value, std::move(x));
    };
    auto reflected = along(-1);
    if (reflected.first < simplex.front().first) {
      auto expanded = along(-2);
      simplex.back() =
          expanded.first < reflected.first ? std::move(expanded) : std::move(reflected);
    } else if (reflected.first < simplex[n - 1].first) {
      simplex.back() = std::move(reflected);
    } else if (auto contracted = along(0.5); contracted.first < simplex.back().first) {
      simplex.back() = std::move(contracted);
    } else {
      for (std::size_t k = 1; k < simplex.size(); ++k) {
        for (std::size_t i = 0; i < n; ++i) {
          simplex[k].second[i] = (simplex[k].second[i] + simplex[0].second[i]) / 2;
        }
        simplex[k].first = cost(simplex[k].second);
      }
    }
  }
  return std::ranges::min_element(simplex, by_cost)->second;
}

Fit fit(std::span<const double> series, const Shape& shape) {
  Fit best;
  best.shape = shape;
  State state;
  const auto cost = [&](const std::vector<double>& x) {
    return run(series, shape, to_smoothing(x, shape), state);
  };
  const auto x = minimise(cost, std::vector<double>(shape.parameters(), -1.0));
  best.smoothing = to_smoothing(x, shape);
  best.squares = run(series, shape, best.smoothing, best.last);
  const double n = static_cast<double>(series.size()), k = shape.counted();
  best.criterion = n - k - 1 > 0 ? n * std::log(std::max(best.squares, 1e-12) / n) + 2 * k +
                                       2 * k * (k + 1) / (n - k - 1)
                                 : std::numeric_limits<double>::infinity();
  return best;
}

Fit best_fit(std::span<const double> series, std::size_t period) {
  std::vector<Shape> shapes{{false, false, 1}, {true, false, 1}, {true, true, 1}};
  if (period > 1 && series.size() >= 2 * period + 2) {
    for (std::size_t i = 0; i < 3; ++i)
      shapes.push_back({shapes[i].trend, shapes[i].damped, period});
  }
  Fit best = fit(series, shapes[0]);
  for (std::size_t i = 1; i < shapes.size(); ++i) {
    Fit other = fit(series, shapes[i]);
    if (other.criterion < best.criterion) best = std::move(other);
  }
  return best;
}

std::vector<ForecastPoint> ahead(const Fit& fitted, std::size_t length, std::size_t steps) {
  const Shape& shape = fitted.shape;
  const Smoothing& p = fitted.smoothing;
  const double free =
      std::max(1.0, static_cast<double>(length) - static_cast<double>(shape.parameters()));
  const double variance = fitted.squares / free;
  const double width = quantile(boost::math::normal_distribution<double>(), (1 + kLevel) / 2);
  std::vector<ForecastPoint> points;
  double carried = 0;  // Σ φ^i: how much of the slope has come through
  double spread = 1;   // 1 + Σ c_j²
  for (std::size_t h = 1; h <= steps; ++h) {
    if (h > 1) {
      double c = p.alpha;
      if (shape.trend) c += p.alpha * p.beta * carried;
      if (shape.period > 1 && (h - 1) % shape.period == 0) c += p.gamma;
      spread += c * c;
    }
    carried += std::pow(p.phi, static_cast<double>(h));
    const double value = fitted.last.level + (shape.trend ? carried * fitted.last.slope : 0) +
                         fitted.last.season[(length + h - 1) % shape.period];
    const double reach = width * std::sqrt(variance * spread);
    points.push_back({value, value - reach, value + reach});
  }
  return points;
}

std::string in_words(const Shape& shape) {
  const char* trend = !shape.trend ? "" : shape.damped ? " with a damped trend" : " with a trend";
  if (shape.period == 1) {
    return std::string("exponential smoothing") + (shape.trend ? trend : " of the level");
  }
  return std::string("exponential smoothing") + trend + (shape.trend ? " and" : " with") +
         " a season";
}

}  // namespace

Result<Forecast> forecast(std::span<const double> series, std::size_t steps, std::size_t period) {
  if (series.size() < kFewest) {
    return fail(
        ErrorCode::invalid_fields,
        fmt::format("A forecast needs at least {} periods; there are {}.", kFewest, series.size()),
        "Ask for a finer grain of time, or add more data.");
  }
  if (steps < 1 || steps > series.size() / 2) {
    return fail(ErrorCode::invalid_fields,
                fmt::format("From {} periods at most {} can be forecast, not {}.", series.size(),
                            series.size() / 2, steps),
                "Ask for fewer periods.");
  }
  const Fit fitted = best_fit(series, period);
  Forecast result;
  result.points = ahead(fitted, series.size(), steps);
  result.model = in_words(fitted.shape);
  result.level = kLevel;
  const std::size_t tested = std::min<std::size_t>(series.size() / 4, 12);
  const std::size_t back = fitted.shape.period;
  for (std::size_t i = series.size() - tested; i < series.size() && tested > 0; ++i) {
    const auto before = series.first(i);
    if (before.size() < kFewest - 1 || before.size() < back) continue;
    const ForecastPoint point = ahead(fit(before, fitted.shape), before.size(), 1)[0];
    ++result.tested;
    result.error += std::abs(series[i] - point.value);
    result.naive_error += std::abs(series[i] - series[i - back]);
    result.covered += series[i] >= point.low && series[i] <= point.high ? 1 : 0;
  }
  if (result.tested > 0) {
    const double n = static_cast<double>(result.tested);
    result.error /= n;
    result.naive_error /= n;
    result.covered /= n;
  }
  return result;
}

}  // namespace sextant::insight
