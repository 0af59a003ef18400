#include "platform/search/words.h"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/text.h"

namespace sextant::search {
namespace {

constexpr std::size_t kLongestWord = 64;  // bytes that are compared
constexpr std::size_t kOneSlip = 5;       // letters of a word that may have one
constexpr std::size_t kTwoSlips = 7;      // letters of a word that may have two

// Sorted.
constexpr auto kFunctionWords = std::to_array<std::string_view>(
    {"a",     "about", "above", "after", "all",  "also",  "am",    "an",    "and",    "any",
     "are",   "as",    "at",    "be",    "been", "but",   "by",    "can",   "could",  "did",
     "do",    "does",  "for",   "from",  "give", "had",   "has",   "have",  "how",    "i",
     "if",    "in",    "into",  "is",    "it",   "its",   "me",    "my",    "no",     "not",
     "of",    "on",    "or",    "our",   "over", "say",   "says",  "shall", "should", "show",
     "so",    "some",  "tell",  "than",  "that", "the",   "their", "them",  "then",   "there",
     "these", "they",  "this",  "those", "to",   "us",    "was",   "we",    "were",   "what",
     "when",  "where", "which", "who",   "whom", "whose", "why",   "will",  "with",   "would",
     "you",   "your"});

void append_folded(std::string& out, UChar32 letter) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const canonical = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString parts;
  if (!canonical || letter < 0x80 || !canonical->getDecomposition(letter, parts))
    parts.setTo(letter);
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const auto part = parts.char32At(i);
    if (u_charType(part) != U_NON_SPACING_MARK) kept.append(u_foldCase(part, U_FOLD_CASE_DEFAULT));
  }
  kept.toUTF8String(out);
}

struct StemmerFree {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), INT32_MAX));
  bool open = false;
  for (std::int32_t i = 0; i < size;) {
    const auto begin = i;
    UChar32 letter = 0;
    U8_NEXT(bytes, i, size, letter);
    const bool part =
        letter >= 0 && (u_isalnum(letter) || u_charType(letter) == U_NON_SPACING_MARK);
    if (!part) {
      open = false;
      continue;
    }
    if (!open) out.push_back({static_cast<std::size_t>(begin), 0, {}});
    open = true;
    auto& word = out.back();
    word.end = static_cast<std::size_t>(i);
    if (word.folded.size() < kLongestWord) append_folded(word.folded, letter);
  }
  return out;
}

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> out;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  const icu::LocalUTextPointer whole(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  if (breaks) breaks->setText(whole.getAlias(), status);
  if (U_FAILURE(status)) return {text};
  std::size_t begin = 0;
  for (auto end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
    const auto sentence = text::trim(text.substr(begin, static_cast<std::size_t>(end) - begin));
    if (!sentence.empty()) out.push_back(sentence);
    begin = static_cast<std::size_t>(end);
  }
  return out;
}

bool is_function_word(std::string_view folded) {
  return std::ranges::binary_search(kFunctionWords, folded);
}

std::string stem(std::string_view folded) {
  thread_local const std::unique_ptr<sb_stemmer, StemmerFree> stemmer(
      sb_stemmer_new("english", "UTF_8"));
  if (!stemmer) return std::string(folded);
  const auto* stemmed =
      sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(folded.data()),
                      static_cast<int>(folded.size()));
  if (!stemmed) return std::string(folded);
  return {reinterpret_cast<const char*>(stemmed),
          static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

bool is_slip_of(std::string_view word, std::string_view other) {
  const auto lengths = std::minmax({word.size(), other.size()});
  if (lengths.second - lengths.first > 2 || lengths.second > kLongestWord) return false;
  if (lengths.first < kOneSlip || word[0] != other[0]) return false;
  // Slips between the beginnings of both (optimal string alignment).
  std::array<std::array<std::size_t, kLongestWord + 1>, kLongestWord + 1> slips{};
  for (std::size_t i = 0; i <= word.size(); ++i) {
    for (std::size_t k = 0; k <= other.size(); ++k) {
      if (i == 0 || k == 0) {
        slips[i][k] = i + k;
        continue;
      }
      const bool same = word[i - 1] == other[k - 1];
      slips[i][k] = std::min(
          {slips[i - 1][k] + 1, slips[i][k - 1] + 1, slips[i - 1][k - 1] + (same ? 0 : 1)});
      if (i > 1 && k > 1 && word[i - 1] == other[k - 2] && word[i - 2] == other[k - 1])
        slips[i][k] = std::min(slips[i][k], slips[i - 2][k - 2] + 1);
    }
  }
  const auto all = slips[word.size()][other.size()];
  return all <= (lengths.first < kTwoSlips ? 1u : 2u);
}

}  // namespace sextant::search
