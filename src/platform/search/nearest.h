#pragma once
// The vectors nearest to one by the angle between them, among many.
//
// Vectors are of signed bytes: what counts is their direction, so a vector of any numbers is scaled
// to its largest. They are compared with all until `build_graph` has made a graph over them (HNSW,
// Malkov and Yashunin, 2018), which finds almost all of the nearest in much less time when there
// are many. Thread-safe once filled.

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <span>
#include <stop_token>
#include <vector>

namespace sextant::search {

struct Near {
  std::size_t index = 0;  // in the order of adding
  double similarity = 0;  // cosine: 1 alike, about 0 unlike
};

// The vector in signed bytes; all zero when it is.
std::vector<std::int8_t> to_bytes(std::span<const float> vector);

class NearestIndex {
 public:
  explicit NearestIndex(std::size_t dimensions);
  ~NearestIndex();

  // `vector` has `dimensions` places. Before any search.
  void add(std::span<const std::int8_t> vector);
  std::size_t size() const { return norms_.size(); }
  std::size_t dimensions() const { return dimensions_; }

  // At most `most`, best first.
  std::vector<Near> nearest(std::span<const std::int8_t> vector, std::size_t most) const;

  // Whether there are so many vectors that a graph is worth its making.
  bool wants_graph() const;
  // Makes the graph; searches go on meanwhile, and use it from then on. The vectors then live in it
  // alone. Does nothing when there is one; leaves none when it was stopped.
  void build_graph(std::stop_token stop);

 private:
  class Graph;
  std::size_t dimensions_;
  std::vector<float> norms_;          // one a vector
  std::vector<std::int8_t> vectors_;  // one after the other; empty when there is a graph
  mutable std::shared_mutex mutex_;   // guards graph_ and vectors_
  std::unique_ptr<const Graph> graph_;
};

}  // namespace sextant::search
