#pragma once
// The part of a passage that shows why it was found. Thread-safe.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/answer.h"

namespace sextant::search {

using catalog::SnippetPart;

// One word of a query with what is looked for in its place.
struct Term {
  std::vector<std::string> words;  // as they are written, in lower case
  std::set<std::string> stems;
};

// The words of a query that carry a meaning (all of its words when none does), each once.
std::vector<Term> terms_of(std::string_view query);

// Share of the terms that the text has, 0 … 1.
double coverage(std::string_view text, const std::vector<Term>& terms);

// About `most` bytes around the most of the query's words; … where the text was cut.
std::vector<SnippetPart> snippet_of(std::string_view text, const std::vector<Term>& terms,
                                    std::size_t most = 280);

// A table passage without its empty cells: "a |  | b" is "a | b", and empty rows are left out.
std::string filled_cells(std::string_view table);

}  // namespace sextant::search
