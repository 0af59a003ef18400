#pragma once
// Words of a question, a name or a cell: split, folded and stemmed the same way everywhere, so that
// they can be compared. Thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::ask {

// `start` and `end` are byte offsets into the text that was split. `word` is lower case without
// accents; thousands separators inside a number, apostrophes and the dots of "u.s." are dropped.
struct Token {
  std::string word;
  std::string stem;  // English stem; the word itself for numbers
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::optional<double> number;  // "1,204.5", "12k", "3 million" is two tokens
  bool symbol = false;           // one of < > = % $ € £ & + # ? and quotes, comma
  std::uint32_t hash = 0;        // of the stem
};

std::vector<Token> tokenise(std::string_view text);

// The words only, separated by one blank: the form in which values are compared.
std::string normalise(std::string_view text);

// Stems of a column or table name, with snake_case and camelCase split: "unitPrice" → unit, price.
std::vector<Token> name_tokens(std::string_view name);

// Words that say little by themselves (articles, auxiliaries, prepositions, question words).
bool is_stopword(std::string_view word);

// Number words up to twenty, "dozen", "half" is none.
std::optional<double> number_word(std::string_view word);

std::uint32_t hash_text(std::string_view text);

}  // namespace sextant::ask
