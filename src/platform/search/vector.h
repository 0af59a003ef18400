#pragma once
// Words as vectors of their letters: words that are spelled alike lie close, so that a search also
// finds misspelled words, other endings and parts of compounds.
//
// A word adds itself and its sequences of two to four letters, each to one of 128 places and with a
// sign, both from a hash. The vectors are compared one by one (docs/decisions/0091). Thread-safe.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::search {

inline constexpr std::size_t kDimensions = 128;
using Vector = std::array<std::int8_t, kDimensions>;

Vector vector_of(std::string_view word);

// Cosine of the angle between them: 1 alike, about 0 unlike.
double similarity(const Vector& a, const Vector& b);

// The words of a workspace's passages.
class Vocabulary {
 public:
  explicit Vocabulary(std::vector<std::string> words);

  std::size_t size() const { return words_.size(); }
  bool has_stem(const std::string& stem) const;
  // Those most like `word`, at most `most`, best first; none that are too different.
  std::vector<std::string> alike(std::string_view word, std::size_t most) const;

 private:
  std::vector<std::string> words_;
  std::vector<Vector> vectors_;     // of words_
  std::vector<std::string> stems_;  // sorted
};

}  // namespace sextant::search
