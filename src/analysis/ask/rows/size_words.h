#pragma once
// Words that compare and order, which end they ask for, and what they measure. Pure functions;
// thread-safe.

#include <string_view>

namespace sextant::ask {

enum class Degree { comparative, superlative };

// "longer" and "longest": the high end, of a length or a time.
struct SizeWord {
  std::string_view word;
  bool high = true;
  std::string_view names;  // stems of names of columns that it measures, separated by blanks
  Degree degree = Degree::superlative;
};

// Nothing when the word is none of that degree.
const SizeWord* superlative_word(std::string_view word);
// Comparatives and, of two things, superlatives.
const SizeWord* comparing_word(std::string_view word);

// Words that order by time or by place in the table: "first", "latest"; high: the last.
const SizeWord* end_word(std::string_view word);
// The same of two things: "earlier", "after".
const SizeWord* sooner_word(std::string_view word);

// Whether one is the other's contrary: "more" and "less", "above" and "below".
bool contrary(std::string_view one, std::string_view other);

// "3rd", "third"; 0 when the word is no ordinal.
int ordinal(std::string_view word);

}  // namespace sextant::ask
