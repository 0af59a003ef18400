// How long a search for the nearest of many vectors takes, compared one by one and by the graph:
//   sextant_nearest_figures [COUNT DIMENSIONS]
// Vectors are made: points around 200 centres, as texts gather around subjects. Prints, a line a
// size, processor time: milliseconds a search, seconds to make the graph, and the share of the ten
// nearest that the graph found.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <set>

#include "platform/search/nearest.h"

namespace {

using sextant::search::NearestIndex;

constexpr int kSearches = 100;
constexpr std::size_t kFound = 10;

// Of this process's processor time: other programs may run beside it.
double seconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void measure(std::size_t count, std::size_t dimensions) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  std::vector<std::vector<float>> centres(200, std::vector<float>(dimensions));
  for (auto& centre : centres) {
    for (auto& x : centre) x = normal(random);
  }
  const auto point = [&] {
    auto out = centres[random() % centres.size()];
    for (auto& x : out) x += normal(random);
    return sextant::search::to_bytes(out);
  };
  NearestIndex index(dimensions);
  for (std::size_t i = 0; i < count; ++i) index.add(point());
  std::vector<std::vector<std::int8_t>> queries;
  for (int i = 0; i < kSearches; ++i) queries.push_back(point());
  std::vector<std::set<std::size_t>> nearest;
  auto start = std::clock();
  for (const auto& query : queries) {
    auto& found = nearest.emplace_back();
    for (const auto& near : index.nearest(query, kFound)) found.insert(near.index);
  }
  const double compared = seconds_since(start);
  start = std::clock();
  index.build_graph({});
  const double built = seconds_since(start);
  std::size_t right = 0;
  start = std::clock();
  for (std::size_t q = 0; q < queries.size(); ++q) {
    for (const auto& near : index.nearest(queries[q], kFound))
      right += nearest[q].count(near.index);
  }
  const double graph = seconds_since(start);
  std::printf("count=%zu dimensions=%zu compared_ms=%.3f graph_ms=%.3f build_s=%.1f recall=%.3f\n",
              count, dimensions, compared * 1000 / kSearches, graph * 1000 / kSearches, built,
              static_cast<double>(right) / (kSearches * static_cast<double>(kFound)));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3) {
    measure(std::strtoull(argv[1], nullptr, 10), std::strtoull(argv[2], nullptr, 10));
    return 0;
  }
  for (const std::size_t count : {1'000, 10'000, 50'000}) {
    for (const std::size_t dimensions : {128, 768, 1536}) measure(count, dimensions);
  }
  return 0;
}
