#pragma once
// What words mean, as numbers of senses (WordNet): "client" and "customer" share one. Thread-safe.

#include <string>
#include <string_view>
#include <vector>

namespace sextant::ask {

// Senses of a word or of two words joined by "_", most frequent first; also of its singular.
std::vector<unsigned> senses_of(std::string_view word);

// 0.8 for words of one sense, 0.6 where one is a kind of the other, less for rare senses; 0 else.
float sense_similarity(const std::vector<unsigned>& a, const std::vector<unsigned>& b);

struct Links;
class Context;
// Lets words that name nothing by themselves name what they are synonyms of.
void link_synonyms(const Context& context, Links& links);

}  // namespace sextant::ask
