#pragma once
// What comes next in a series, by exponential smoothing, with an interval and a back-test.
//
// Models (Hyndman, Koehler, Ord and Snyder, "Forecasting with Exponential Smoothing", 2008):
// additive errors; no trend, a linear or a damped one; no season or an additive one. Parameters
// minimise the sum of squared one-step errors (Nelder and Mead's search from a fixed start), the
// model is chosen by AICc. Intervals are those of the additive models, in closed form.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace sextant::insight {

struct ForecastPoint {
  double value = 0;
  double low = 0;  // of the interval
  double high = 0;
};

struct Forecast {
  std::vector<ForecastPoint> points;  // one per step ahead
  std::string model;                  // in words: "exponential smoothing with a damped trend"
  double level = 0.95;                // of the interval
  // Back-test: the last figures forecast from those before them, one step ahead and refitted each
  // time. Errors are absolute; `naive_error` repeats the last figure (of the last season).
  std::int64_t tested = 0;
  double error = 0;
  double naive_error = 0;
  double covered = 0;  // share of the tested figures inside their interval
};

// `period`: steps in a season (12 for months); 0 or 1: no season is tried. Errors: invalid_fields
// when there are fewer than 6 figures or `steps` is not within 1 … half of what there is.
Result<Forecast> forecast(std::span<const double> series, std::size_t steps, std::size_t period);

}  // namespace sextant::insight
