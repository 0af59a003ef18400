#pragma once
// Helpers for names. Pure functions.

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/ask/linking/tokens.h"

namespace sextant::ask {

inline bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

inline bool same_words(const std::vector<Token>& a, const std::vector<Token>& b) {
  return std::ranges::equal(a, b, {}, &Token::stem, &Token::stem);
}

}  // namespace sextant::ask
