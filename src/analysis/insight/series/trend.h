#pragma once
// How a series of equally spaced figures moves: its trend, its seasons, where its level changes and
// which figures stand out. Pure functions over figures in order of time; no gaps (NaN is a gap and
// is not accepted).

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sextant::insight {

// Theil and Sen's slope (median of all pairwise slopes; at most 1,000 latest figures are used) and
// Mann and Kendall's test of it, with correction for ties.
struct Trend {
  double slope = 0;      // per step
  double intercept = 0;  // at the first figure
  double p_value = 1;
};
std::optional<Trend> find_trend(std::span<const double> series);  // none below 4 figures

// How much of what a linear trend leaves follows a season of `period` steps: 0 … 1
// (1 - variance of the remainder / variance of the detrended series; Hyndman's F_s).
double seasonal_strength(std::span<const double> series, std::size_t period);

// Positions where the mean level changes: binary segmentation by least squares, a cut kept when it
// lowers the modified Bayesian information criterion (3 log n for each cut; Zhang and Siegmund);
// segments have at least `shortest` figures.
std::vector<std::size_t> change_points(std::span<const double> series, std::size_t shortest = 4);

// Positions of figures farther than `limit` robust deviations (1.4826 × median absolute deviation)
// from the median of their neighbours within `reach` steps to either side (Hampel's identifier).
std::vector<std::size_t> local_outliers(std::span<const double> series, std::size_t reach = 5,
                                        double limit = 3);

double median(std::vector<double> values);  // NaN when empty

}  // namespace sextant::insight
