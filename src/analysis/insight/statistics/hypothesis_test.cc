#include "analysis/insight/statistics/hypothesis.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/insight/statistics/normality.h"

namespace sextant::insight {
namespace {

// Expected figures: SciPy 1.10 on the same samples.
const std::vector<double> a{2.1, 3.4, 1.9, 5.6, 4.4, 3.8, 2.7, 6.1, 4.9, 3.3, 2.2, 7.5};
const std::vector<double> b{3.0, 4.2, 5.1, 6.6, 7.1, 4.8, 5.9, 8.2, 6.4, 5.0};
const std::vector<double> c{1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 9.0};
const std::vector<double> a10(a.begin(), a.begin() + 10);

std::vector<double> all() {
  std::vector<double> values = a;
  values.insert(values.end(), b.begin(), b.end());
  values.insert(values.end(), c.begin(), c.end());
  return values;
}

void expect(const TestResult& result, double statistic, double p, double tolerance = 1e-9) {
  EXPECT_NEAR(result.statistic, statistic, tolerance * std::max(1.0, std::abs(statistic)));
  EXPECT_NEAR(result.p_value, p, tolerance);
}

TEST(Moments, OfASample) {
  const Moments moments = moments_of(all());
  EXPECT_NEAR(moments.mean, 4.386206896551724, 1e-12);
  EXPECT_NEAR(moments.variance, 4.356231527093596, 1e-12);
  EXPECT_NEAR(moments.skewness, 0.4489477076681938, 1e-12);
  EXPECT_NEAR(moments.excess_kurtosis, -0.7000052665427532, 1e-12);
}

TEST(Moments, KeepDigitsOfLargeOffsets) {
  const std::vector<double> far{1e9 + 1, 1e9 + 2, 1e9 + 3};
  EXPECT_NEAR(moments_of(far).variance, 1, 1e-9);
}

TEST(Correlation, PearsonAndSpearman) {
  const double r = pearson(a10, b);
  EXPECT_NEAR(r, 0.7958271229005881, 1e-12);
  EXPECT_NEAR(correlation_test(r, 10).p_value, 0.005893857565392392, 1e-12);
  const double rho = spearman(a10, b);
  EXPECT_NEAR(rho, 0.6969696969696969, 1e-12);
  EXPECT_NEAR(correlation_test(rho, 10).p_value, 0.02509667588225183, 1e-12);
}

TEST(Correlation, NeedsSpreadAndPairs) {
  const std::vector<double> level{1, 1, 1};
  EXPECT_TRUE(std::isnan(pearson(level, std::vector<double>{1, 2, 3})));
  EXPECT_TRUE(std::isnan(correlation_test(0.5, 2).p_value));
  EXPECT_EQ(correlation_test(1, 5).p_value, 0);
}

TEST(TTest, OneTwoAndPairedSamples) {
  expect(t_test(moments_of(a), moments_of(b), true), -2.313040103069389, 0.03148395985763063);
  expect(t_test(moments_of(a), moments_of(b), false), -2.345729257415921, 0.02943272831569185);
  expect(t_test_against(moments_of(a), 3), 1.9531114408124912, 0.07670990719663134);
  expect(paired_t_test(a10, b), -6.067512542466673, 0.0001864639917713268);
}

TEST(Variance, AnalysisAndLevene) {
  const std::vector<Moments> groups{moments_of(a), moments_of(b), moments_of(c)};
  expect(anova(groups), 3.49011111493146, 0.04543149343989455);
  const std::vector<std::vector<double>> samples{a, b, c};
  expect(levene(samples), 0.07140927918744888, 0.9312627034368555);
}

TEST(Ranks, MannWhitneyAndKruskalWallis) {
  expect(mann_whitney(a, b), 28.0, 0.03779708390871803);
  expect(mann_whitney(b, c), 58.5, 0.023830331868126137);
  expect(mann_whitney(std::vector<double>{1, 2.5, 3.1}, std::vector<double>{2, 4, 5, 6}), 2.0,
         0.22857142857142856);
  const std::vector<std::vector<double>> samples{a, b, c};
  expect(kruskal_wallis(samples), 7.637951757635629, 0.021950269122766777);
}

TEST(ChiSquare, OfATable) {
  expect(chi_square({{10, 20, 30}, {6, 9, 17}}), 0.27157465150403504, 0.873028283380073);
  expect(chi_square({{10, 20}, {30, 5}}), 16.57848214285714, 4.667763281513949e-05);
  EXPECT_TRUE(std::isnan(chi_square({{0, 0}, {3, 4}}).p_value));
}

TEST(Normality, ShapiroWilk) {
  expect(shapiro_wilk(a), 0.9403094053268433, 0.5020906329154968, 1e-5);
  expect(shapiro_wilk(c), 0.711441159248352, 0.004935884848237038, 1e-5);
  expect(shapiro_wilk(all()), 0.9594361782073975, 0.31836238503456116, 1e-5);
  expect(shapiro_wilk(std::vector<double>{1, 2, 4}), 0.9642857313156128, 0.6368856430053711, 1e-5);
  EXPECT_TRUE(std::isnan(shapiro_wilk(std::vector<double>{1, 1, 1, 1}).p_value));
}

TEST(Normality, FromMomentsAndDistances) {
  const Moments moments = moments_of(all());
  expect(dagostino_pearson(moments), 1.7831314512033491, 0.4100132816247838);
  expect(jarque_bera(moments), 1.5662701230008813, 0.4569711306623806);
  expect(kolmogorov_smirnov(all(), moments.mean, std::sqrt(moments.variance)), 0.12999506256856708,
         0.6636157635479322, 0.05);
  EXPECT_NEAR(anderson_darling(all()).statistic, 0.41352624301659446, 1e-9);
}

}  // namespace
}  // namespace sextant::insight
