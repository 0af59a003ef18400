#pragma once
// Words of a text as the search compares them. Thread-safe.

#include <string>
#include <string_view>
#include <vector>

namespace sextant::search {

struct Word {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::string folded;  // lower case, without accents
};

// Runs of letters and digits, of any script.
std::vector<Word> words_of(std::string_view text);

// Whether the word carries no meaning of its own in a question: "the", "what", "does".
bool is_function_word(std::string_view folded);

// The word without its English ending: "rates", "rating" → "rate".
std::string stem(std::string_view folded);

}  // namespace sextant::search
