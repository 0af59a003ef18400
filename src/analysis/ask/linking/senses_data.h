#pragma once
// The generated table of word senses (senses.gen.cc).

namespace sextant::ask {

extern const char* const kSenseWords[];
extern const unsigned kSenseWordCount;
extern const unsigned kSenseAbove[];
extern const unsigned kSenseCount;

}  // namespace sextant::ask
