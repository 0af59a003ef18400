#pragma once
// The columns that the words of a statistical question name. Deterministic; thread-safe.
//
// Statisticians write names as the file has them (quoted, in parentheses, run together) or in
// words ("passenger class" for Pclass); both are found here.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/ask/linking/links.h"

namespace sextant::ask {

struct SaidColumn {
  int column = -1;
  int first = 0, last = 0;  // tokens [first, last)
  bool literal = false;     // as it is written in the data, whole
};

// A part of a text that ends with a full stop, a question mark or a semicolon.
struct Sentence {
  int first = 0, last = 0;          // tokens
  std::string text;                 // as it is written, with what stands around its ends
  std::string words;                // lower case, one blank between, one at either end; no symbols
  std::vector<SaidColumn> columns;  // in order of the text
};

std::vector<Sentence> sentences_of(const Context& context, const Links& links);

// Letters and digits only, lower case: "No. of cases" and "no_of_cases" are the same.
std::string squeeze(std::string_view text);

// Whether a run-together name is made of beginnings of these words, in order: "pclass" of
// "passenger class", "lifeexp" of "life expectancy".
bool abbreviates(std::string_view name, const std::vector<std::string>& words);

// Whether the column can be computed with: numbers, or texts most of which begin with one.
bool computable(const ColumnEntry& column);
// The number that a text begins with ("630308[495000-801000]", "1,204 kg"); none without.
std::optional<double> leading_number(std::string_view text);

}  // namespace sextant::ask
