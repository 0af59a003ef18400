#pragma once
// The generated table of word senses (senses.gen.cc).

namespace sextant::ask {

extern const char* const kSenseWords[];
extern const unsigned kSenseWordCount;
extern const unsigned kSenseAbove[];
extern const unsigned kSenseCount;

// What is said, and the name it stands for (learnt_synonyms.gen.cc).
extern const char* const kLearntSynonyms[][2];
extern const unsigned kLearntSynonymCount;

// Likewise, written by hand (thesaurus.cc).
extern const char* const kThesaurus[][2];
extern const unsigned kThesaurusCount;

}  // namespace sextant::ask
