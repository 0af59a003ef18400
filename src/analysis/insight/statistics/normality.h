#pragma once
// Tests whether a sample can come from a normal distribution. Pure functions; NaN where a test is
// not defined.

#include <span>

#include "analysis/insight/statistics/hypothesis.h"

namespace sextant::insight {

// Shapiro and Wilk's W with Royston's approximations (Applied Statistics 44, 1995, algorithm AS
// R94), for 3 … 5,000 values; beyond, the same formulas are extrapolated as other programs do.
TestResult shapiro_wilk(std::span<const double> values);

// D'Agostino and Pearson's K², from skewness and kurtosis; from 8 values on.
TestResult dagostino_pearson(const Moments& moments);

// Jarque and Bera's test, from skewness and kurtosis.
TestResult jarque_bera(const Moments& moments);

// Kolmogorov and Smirnov's distance from the normal distribution of this mean and deviation, with
// its asymptotic probability.
TestResult kolmogorov_smirnov(std::span<const double> values, double mean, double deviation);

// Anderson and Darling's A² with Stephens' correction for an estimated mean and deviation.
TestResult anderson_darling(std::span<const double> values);

}  // namespace sextant::insight
