#pragma once
// Tests of significance: a statistic and the probability of one at least as far from what chance
// alone would give. Pure functions. NaN where a test is not defined (too few values, no spread).
// Two-sided throughout.

#include <span>
#include <vector>

#include "analysis/insight/statistics/moments.h"

namespace sextant::insight {

struct TestResult {
  double statistic = 0;
  double p_value = 1;
  double degrees = 0;  // of freedom, where the test has them
};

// Whether a correlation of r over n pairs differs from none: t = r √((n-2)/(1-r²)).
TestResult correlation_test(double r, std::int64_t pairs);

double pearson(std::span<const double> x, std::span<const double> y);
// Pearson's r of the mean ranks.
double spearman(std::span<const double> x, std::span<const double> y);
// Mean ranks, 1-based; equal values share the mean of their places.
std::vector<double> ranks_of(std::span<const double> values);

// Student's t test with one pooled variance, or Welch's without that assumption
// (degrees of freedom after Welch and Satterthwaite).
TestResult t_test(const Moments& a, const Moments& b, bool equal_variances);
TestResult t_test_against(const Moments& sample, double mean);
TestResult paired_t_test(std::span<const double> a, std::span<const double> b);

// One-way analysis of variance over at least two groups.
TestResult anova(std::span<const Moments> groups);
// Levene's test of equal variances, about the medians (Brown and Forsythe).
TestResult levene(std::span<const std::vector<double>> groups);

// Mann and Whitney's U of the first sample; normal approximation with correction for ties and for
// continuity, exact when both samples have at most 8 values without ties.
TestResult mann_whitney(std::span<const double> a, std::span<const double> b);
// Kruskal and Wallis' H with correction for ties.
TestResult kruskal_wallis(std::span<const std::vector<double>> groups);

// Pearson's chi-square of independence over a table of counts, row by row; Yates' correction for
// a table of two by two.
TestResult chi_square(const std::vector<std::vector<double>>& counts);

}  // namespace sextant::insight
