#include "platform/search/nearest.h"

// The library's prefetching reads four bytes beyond a list of links; distances are our own anyway.
#define NO_MANUAL_VECTORIZATION
#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <tuple>

namespace sextant::search {
namespace {

constexpr int kFullScale = 127;
// Bytes of vectors that are compared in some seven milliseconds (sextant_nearest_figures).
constexpr std::size_t kComparedAtOnce = 32 << 20;
constexpr std::size_t kLinks = 16;          // of a vector in the graph, a layer
constexpr std::size_t kBuildBreadth = 100;  // candidates looked at when one is added
constexpr std::size_t kSearchBreadth = 96;  // and when one is looked for, at least

std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::size_t n) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

float norm_of(std::span<const std::int8_t> vector) {
  return std::sqrt(static_cast<float>(dot(vector.data(), vector.data(), vector.size())));
}

// A vector in the graph: its length, then its bytes.
float distance(const void* a, const void* b, const void* dimensions) {
  const auto n = *static_cast<const std::size_t*>(dimensions);
  float x = 0;
  float y = 0;
  std::memcpy(&x, a, sizeof x);
  std::memcpy(&y, b, sizeof y);
  if (x == 0 || y == 0) return 1;
  return 1 - static_cast<float>(dot(static_cast<const std::int8_t*>(a) + sizeof x,
                                    static_cast<const std::int8_t*>(b) + sizeof y, n)) /
                 (x * y);
}

class CosineSpace final : public hnswlib::SpaceInterface<float> {
 public:
  explicit CosineSpace(std::size_t dimensions) : dimensions_(dimensions) {}
  std::size_t get_data_size() override { return sizeof(float) + dimensions_; }
  hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
  void* get_dist_func_param() override { return &dimensions_; }

 private:
  std::size_t dimensions_;
};

}  // namespace

std::vector<std::int8_t> to_bytes(std::span<const float> vector) {
  float largest = 0;
  for (const float x : vector) largest = std::max(largest, std::abs(x));
  std::vector<std::int8_t> out(vector.size());
  for (std::size_t i = 0; i < vector.size() && largest > 0; ++i)
    out[i] = static_cast<std::int8_t>(std::lround(vector[i] / largest * kFullScale));
  return out;
}

class NearestIndex::Graph {
 public:
  Graph(std::size_t dimensions, std::size_t count)
      : space_(dimensions), graph_(&space_, count, kLinks, kBuildBreadth) {
    graph_.setEf(kSearchBreadth);
    point_.resize(space_.get_data_size());
  }
  void add(std::span<const std::int8_t> vector, float norm, std::size_t index) {
    fill(point_, vector, norm);
    graph_.addPoint(point_.data(), index);
  }
  std::vector<Near> nearest(std::span<const std::int8_t> vector, float norm,
                            std::size_t most) const {
    std::vector<char> point(point_.size());
    fill(point, vector, norm);
    auto found = graph_.searchKnn(point.data(), most);
    std::vector<Near> out;
    for (; !found.empty(); found.pop())
      out.push_back({found.top().second, 1 - static_cast<double>(found.top().first)});
    std::ranges::reverse(out);
    return out;
  }

 private:
  static void fill(std::vector<char>& point, std::span<const std::int8_t> vector, float norm) {
    std::memcpy(point.data(), &norm, sizeof norm);
    std::memcpy(point.data() + sizeof norm, vector.data(), vector.size());
  }
  CosineSpace space_;
  hnswlib::HierarchicalNSW<float> graph_;
  std::vector<char> point_;
};

NearestIndex::NearestIndex(std::size_t dimensions) : dimensions_(dimensions) {}
NearestIndex::~NearestIndex() = default;

void NearestIndex::add(std::span<const std::int8_t> vector) {
  vectors_.insert(vectors_.end(), vector.begin(), vector.end());
  norms_.push_back(norm_of(vector));
}

std::vector<Near> NearestIndex::nearest(std::span<const std::int8_t> vector,
                                        std::size_t most) const {
  std::vector<Near> out;
  const auto norm = norm_of(vector);
  if (norm == 0 || most == 0 || norms_.empty()) return out;
  const std::shared_lock lock(mutex_);
  if (graph_) return graph_->nearest(vector, norm, std::min(most, norms_.size()));
  for (std::size_t i = 0; i < norms_.size(); ++i) {
    if (norms_[i] == 0) continue;
    const auto product = dot(vector.data(), vectors_.data() + i * dimensions_, dimensions_);
    const double similarity =
        static_cast<double>(product) / (static_cast<double>(norm) * norms_[i]);
    if (out.size() == most && similarity <= out.back().similarity) continue;
    if (out.size() == most) out.pop_back();
    const auto place = std::ranges::upper_bound(out, -similarity, {},
                                                [](const Near& near) { return -near.similarity; });
    out.insert(place, {i, similarity});
  }
  return out;
}

bool NearestIndex::wants_graph() const { return norms_.size() * dimensions_ > kComparedAtOnce; }

void NearestIndex::build_graph(std::stop_token stop) {
  {
    const std::shared_lock lock(mutex_);
    if (graph_) return;
  }
  auto graph = std::make_unique<Graph>(dimensions_, norms_.size());
  for (std::size_t i = 0; i < norms_.size(); ++i) {
    if (stop.stop_requested()) return;
    graph->add(std::span(vectors_).subspan(i * dimensions_, dimensions_), norms_[i], i);
  }
  const std::unique_lock lock(mutex_);
  graph_ = std::move(graph);
  vectors_ = {};
}

}  // namespace sextant::search
