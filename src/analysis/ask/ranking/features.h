#pragma once
// Evidence for and against a candidate as sparse features: a hash and a strength. The same code
// scores (dot product with the weights) and writes features down (for learning).

#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis/ask/linking/links.h"

namespace sextant::ask {

struct Feature {
  std::uint32_t id = 0;
  float value = 0;
};

// Maps a feature's id to its weight. Thread-safe after construction.
class Weights {
 public:
  static constexpr std::uint32_t kMask = (1u << 22) - 1;
  virtual ~Weights() = default;
  virtual float at(std::uint32_t id) const = 0;
};

// The weights that ship with the program (weights.gen.cc).
const Weights& shipped_weights();

class FeatureSink {
 public:
  explicit FeatureSink(const Weights& weights, std::vector<Feature>* collected = nullptr)
      : weights_(weights), collected_(collected) {}
  void add(std::uint32_t id, float value = 1.f) {
    id &= Weights::kMask;
    score_ += value * weights_.at(id);
    if (collected_) collected_->push_back({id, value});
  }
  double score() const { return score_; }

 private:
  const Weights& weights_;
  std::vector<Feature>* collected_;
  double score_ = 0;
};

constexpr std::uint32_t feature(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619u;
  return hash;
}
constexpr std::uint32_t mix(std::uint32_t a, std::uint32_t b) {
  std::uint32_t h = a * 0x9E3779B1u + (b ^ (b >> 15)) * 0x85EBCA77u;
  h ^= h >> 13;
  h *= 0xC2B2AE3Du;
  return h ^ (h >> 16);
}
template <class... More>
constexpr std::uint32_t mix(std::uint32_t a, std::uint32_t b, More... more) {
  return mix(mix(a, b), static_cast<std::uint32_t>(more)...);
}

// A set of options that hold together, with what it leaves of the question.
struct OptionSet {
  std::vector<int> options;
  std::vector<bool> used;    // token is part of a value or of a comparison's cue
  std::vector<bool> header;  // token names the column of one of the options, near its value
  int table = -1;            // of all options when it is one; -1 none; -2 several
  int matching_rows = -1;    // in the sample; -1 unknown
  int sample_rows = 0;
  std::vector<float> coverage;  // per column: share of its name that free tokens say
  double score = 0;
};

// What does not change within one question; shared by all features.
struct QuestionFrame {
  const Context& context;
  const Links& links;
  int wh = -1;  // token of the question word, -1 none
  std::uint32_t wh_hash = 0;
  std::uint32_t wh_phrase_hash = 0;  // with the word after it
  std::vector<int> evidence;         // per token: 0 none, 1 exact text, 2 number, 3 weaker
};
QuestionFrame frame_question(const Context& context, const Links& links);

void option_features(const QuestionFrame& frame, const Option& option, FeatureSink& sink);
void set_features(const QuestionFrame& frame, const OptionSet& set, FeatureSink& sink);
void select_features(const QuestionFrame& frame, const OptionSet& set, int column,
                     FeatureSink& sink);
void aggregate_features(const QuestionFrame& frame, const OptionSet& set, int column,
                        Aggregate aggregate, FeatureSink& sink);

// Marks used and header tokens and counts matching rows.
void complete_set(const QuestionFrame& frame, OptionSet& set);

// Share of a column's name that the question's free tokens say, 0 … 1, weighted by rarity.
float name_coverage(const QuestionFrame& frame, const OptionSet& set, int column, int* first_token,
                    bool* contiguous);

}  // namespace sextant::ask
