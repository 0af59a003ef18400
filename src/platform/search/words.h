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

// The sentences of a text, without the white space around them.
std::vector<std::string_view> sentences_of(std::string_view text);

// Whether the word carries no meaning of its own in a question: "the", "what", "does".
bool is_function_word(std::string_view folded);

// The word without its English ending: "rates", "rating" → "rate".
std::string stem(std::string_view folded);

// Whether one looks like a slip in typing the other: a letter too many, missing, wrong, or two that
// changed places, behind the first letter; from seven letters on two of them, below five none. Both
// in lower case.
bool is_slip_of(std::string_view word, std::string_view other);

}  // namespace sextant::search
