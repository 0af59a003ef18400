#include "platform/search/vector.h"

#include <algorithm>
#include <cmath>

#include "platform/search/words.h"

namespace sextant::search {
namespace {

constexpr double kWholeWord = 1.5;  // weight beside its pieces
constexpr std::size_t kShortest = 2;
constexpr std::size_t kLongest = 4;
constexpr int kFullScale = 127;
// One wrong letter in a word of six leaves about a half.
constexpr double kLeastAlike = 0.45;
constexpr std::size_t kShortestWord = 4;  // shorter ones are too many other words

// FNV-1a, which gives the same places in every build.
std::uint64_t hash_of(std::string_view piece) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const char c : piece) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ull;
  }
  return hash ^ (hash >> 29) ^ (hash >> 47);  // its low bits alone are not even
}

}  // namespace

Vector vector_of(std::string_view word) {
  std::array<double, kDimensions> sums{};
  const auto add = [&](std::string_view piece, double weight) {
    const auto hash = hash_of(piece);
    sums[hash % kDimensions] += ((hash >> 20) & 1) != 0 ? weight : -weight;
  };
  const auto framed = "<" + std::string(word) + ">";
  add(framed, kWholeWord);
  for (std::size_t length = kShortest; length <= kLongest; ++length) {
    for (std::size_t i = 0; i + length <= framed.size(); ++i)
      add(std::string_view(framed).substr(i, length), 1);
  }
  double largest = 0;
  for (const double value : sums) largest = std::max(largest, std::abs(value));
  Vector out{};
  for (std::size_t i = 0; i < kDimensions && largest > 0; ++i)
    out[i] = static_cast<std::int8_t>(std::lround(sums[i] / largest * kFullScale));
  return out;
}

double similarity(const Vector& a, const Vector& b) {
  std::int32_t dot = 0;
  std::int32_t aa = 0;
  std::int32_t bb = 0;
  for (std::size_t i = 0; i < kDimensions; ++i) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  if (aa == 0 || bb == 0) return 0;
  return dot / std::sqrt(static_cast<double>(aa) * bb);
}

Vocabulary::Vocabulary(std::vector<std::string> words) : words_(std::move(words)) {
  vectors_.reserve(words_.size());
  for (const auto& word : words_) {
    vectors_.push_back(vector_of(word));
    stems_.push_back(stem(word));
  }
  std::ranges::sort(stems_);
}

bool Vocabulary::has_stem(const std::string& stem) const {
  return std::ranges::binary_search(stems_, stem);
}

std::vector<std::string> Vocabulary::alike(std::string_view word, std::size_t most) const {
  std::vector<std::string> out;
  if (word.size() < kShortestWord) return out;
  const auto wanted = vector_of(word);
  std::vector<std::pair<double, std::size_t>> best;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i].size() < kShortestWord) continue;
    const double alike = similarity(wanted, vectors_[i]);
    if (alike >= kLeastAlike) best.emplace_back(-alike, i);
  }
  std::ranges::sort(best);
  for (std::size_t i = 0; i < best.size() && i < most; ++i) out.push_back(words_[best[i].second]);
  return out;
}

}  // namespace sextant::search
