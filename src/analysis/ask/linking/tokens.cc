#include "analysis/ask/linking/tokens.h"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include <charconv>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"

namespace sextant::ask {

namespace {

// One character of the text, folded to lower case without marks ("" when it is only a mark).
struct Character {
  std::string folded;
  std::int64_t start = 0;
  std::int64_t end = 0;
  UChar32 code = 0;
  bool letter = false;
  bool digit = false;
};

std::string fold(UChar32 code) {
  static const UNormalizer2* decomposer = [] {
    UErrorCode error = U_ZERO_ERROR;
    return unorm2_getNFKDInstance(&error);
  }();
  std::string out;
  const auto append = [&out](UChar32 c) {
    std::uint8_t bytes[U8_MAX_LENGTH];
    std::int32_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, u_tolower(c));
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(n));
  };
  switch (code) {  // letters that have no decomposition
    case 0xF8:
    case 0xD8:
      return "o";
    case 0x142:
    case 0x141:
      return "l";
    case 0xDF:
      return "ss";
    case 0x111:
    case 0x110:
      return "d";
    case 0x131:
    case 0x130:
      return "i";
    case 0xE6:
    case 0xC6:
      return "ae";
    default:
      break;
  }
  UErrorCode error = U_ZERO_ERROR;
  UChar buffer[32];
  const std::int32_t length =
      decomposer ? unorm2_getDecomposition(decomposer, code, buffer, 32, &error) : -1;
  if (length <= 0 || U_FAILURE(error)) {
    append(code);
    return out;
  }
  for (std::int32_t i = 0; i < length;) {
    UChar32 c;
    U16_NEXT(buffer, i, length, c);
    if (u_charType(c) != U_NON_SPACING_MARK && u_isalnum(c)) append(c);
  }
  return out;
}

std::vector<Character> characters(std::string_view text) {
  std::vector<Character> out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    Character c;
    c.start = i;
    UChar32 code;
    U8_NEXT(bytes, i, length, code);
    c.end = i;
    c.code = code < 0 ? ' ' : code;
    if (c.code < 128) {
      const char ascii = static_cast<char>(c.code);
      c.digit = ascii >= '0' && ascii <= '9';
      c.letter = (ascii >= 'a' && ascii <= 'z') || (ascii >= 'A' && ascii <= 'Z');
      if (c.digit) c.folded = ascii;
      if (c.letter) c.folded = static_cast<char>(ascii | 32);
    } else if (u_charType(c.code) == U_NON_SPACING_MARK) {
      if (!out.empty()) out.back().end = c.end;
      continue;
    } else if (u_isalnum(c.code)) {
      c.folded = fold(c.code);
      c.digit = c.folded.size() == 1 && c.folded[0] >= '0' && c.folded[0] <= '9';
      c.letter = !c.digit && !c.folded.empty();
    } else if (c.code == 0x2019 || c.code == 0x2018 || c.code == 0x60) {
      c.code = '\'';
    }
    out.push_back(std::move(c));
  }
  return out;
}

std::string stem_of(const std::string& word) {
  struct Stemmer {
    sb_stemmer* handle = sb_stemmer_new("english", nullptr);
    std::unordered_map<std::string, std::string> known;
    ~Stemmer() { sb_stemmer_delete(handle); }
  };
  thread_local Stemmer stemmer;
  if (auto it = stemmer.known.find(word); it != stemmer.known.end()) return it->second;
  if (!stemmer.handle) return word;
  const auto* stemmed =
      sb_stemmer_stem(stemmer.handle, reinterpret_cast<const sb_symbol*>(word.data()),
                      static_cast<int>(word.size()));
  std::string out = word;
  if (stemmed) {
    out.assign(reinterpret_cast<const char*>(stemmed),
               static_cast<std::size_t>(sb_stemmer_length(stemmer.handle)));
  }
  if (stemmer.known.size() > 50'000) stemmer.known.clear();
  stemmer.known.emplace(word, out);
  return out;
}

std::optional<double> plain_number(const std::string& word) {
  double value = 0;
  const char* end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data(), end, value);
  if (error != std::errc() || word[0] < '0' || word[0] > '9') return std::nullopt;
  if (rest == end) return value;
  const std::string_view suffix(rest, static_cast<std::size_t>(end - rest));
  if (suffix == "k") return value * 1e3;
  if (suffix == "m" || suffix == "mio") return value * 1e6;
  if (suffix == "bn") return value * 1e9;
  return std::nullopt;
}

void finish(Token& token) {
  token.number = token.symbol ? std::nullopt : plain_number(token.word);
  token.stem = token.symbol || token.number ? token.word : stem_of(token.word);
  token.hash = hash_text(token.stem);
}

}  // namespace

std::uint32_t hash_text(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619u;
  return hash;
}

std::vector<Token> tokenise(std::string_view text) {
  const std::vector<Character> chars = characters(text);
  std::vector<Token> tokens;
  const std::size_t n = chars.size();
  const auto is_digit = [&](std::size_t i) { return i < n && chars[i].digit; };
  const auto is_letter = [&](std::size_t i) { return i < n && chars[i].letter; };
  for (std::size_t i = 0; i < n;) {
    if (!chars[i].letter && !chars[i].digit) {
      const UChar32 c = chars[i].code;
      if (c < 128 &&
          std::string_view("<>=%$&+#?,\"!").find(static_cast<char>(c)) != std::string_view::npos) {
        Token token;
        token.word = static_cast<char>(c);
        token.start = chars[i].start;
        token.end = chars[i].end;
        token.symbol = true;
        if (!tokens.empty() && tokens.back().symbol && token.word == "=" &&
            tokens.back().end == token.start && tokens.back().word != ",") {
          tokens.back().word += "=";
          tokens.back().end = token.end;
          finish(tokens.back());
        } else {
          finish(token);
          tokens.push_back(std::move(token));
        }
      }
      ++i;
      continue;
    }
    Token token;
    token.start = chars[i].start;
    bool digits_only = true, decimal = false;
    const std::size_t first = i;
    while (i < n) {
      if (chars[i].letter || chars[i].digit) {
        digits_only = digits_only && chars[i].digit;
        token.word += chars[i].folded;
        ++i;
        continue;
      }
      const UChar32 c = chars[i].code;
      if (c == '\'' && is_letter(i + 1) && is_letter(i - 1)) {
        ++i;
      } else if (c == ',' && digits_only && !decimal &&
                 i - first <= 3 + 4 * (token.word.size() / 3) && is_digit(i + 1) &&
                 is_digit(i + 2) && is_digit(i + 3) && !is_digit(i + 4)) {
        ++i;
      } else if (c == '.' && digits_only && !decimal && is_digit(i + 1)) {
        decimal = true;
        token.word += '.';
        ++i;
      } else if (c == '.' && !digits_only && is_letter(i + 1) && is_letter(i - 1) &&
                 (i < 2 || !is_letter(i - 2)) && !is_letter(i + 2) && !is_digit(i + 2)) {
        ++i;  // u.s.
      } else {
        break;
      }
    }
    token.end = chars[i - 1].end;
    if (decimal) {  // 3.50 and 3.5 are one number
      while (token.word.size() > 1 && token.word.back() == '0') token.word.pop_back();
      if (token.word.back() == '.') token.word.pop_back();
    }
    finish(token);
    tokens.push_back(std::move(token));
  }
  return tokens;
}

std::string normalise(std::string_view text) {
  std::string out;
  for (const Token& token : tokenise(text)) {
    if (token.symbol) continue;
    if (!out.empty()) out += ' ';
    out += token.word;
  }
  return out;
}

std::vector<Token> name_tokens(std::string_view name) {
  // camelCase and letter-digit borders become blanks before the words are split.
  std::string spaced;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '_') {
      spaced += ' ';
      continue;
    }
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && i > 0) {
      const char before = name[i - 1];
      const bool next_lower = i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
      if ((before >= 'a' && before <= 'z') ||
          (before >= 'A' && before <= 'Z' && next_lower && i + 2 < name.size())) {
        spaced += ' ';
      }
    }
    spaced += c;
  }
  std::vector<Token> tokens;
  for (Token& token : tokenise(spaced)) {
    if (token.symbol && token.word != "%" && token.word != "#") continue;
    if (token.word == "%") token.word = token.stem = "percent";
    if (token.word == "#") token.word = token.stem = "number";
    token.symbol = false;
    token.hash = hash_text(token.stem);
    // "FName" is the first name.
    if (token.word == "name" && !tokens.empty() &&
        (tokens.back().word == "f" || tokens.back().word == "l")) {
      Token& letter = tokens.back();
      letter.word += token.word;
      letter.stem = letter.word;
      letter.end = token.end;
      letter.hash = hash_text(letter.stem);
      continue;
    }
    tokens.push_back(std::move(token));
  }
  return tokens;
}

bool is_stopword(std::string_view word) {
  static const std::unordered_set<std::string_view> kWords = {
      "a",     "an",    "the",   "of",     "in",     "on",    "at",    "to",    "for",    "from",
      "by",    "with",  "and",   "or",     "is",     "are",   "was",   "were",  "be",     "been",
      "being", "do",    "does",  "did",    "has",    "have",  "had",   "what",  "whats",  "which",
      "who",   "whom",  "whose", "when",   "where",  "why",   "how",   "that",  "this",   "these",
      "those", "there", "their", "its",    "it",     "he",    "she",   "they",  "them",   "his",
      "her",   "as",    "than",  "then",   "if",     "can",   "could", "would", "should", "will",
      "shall", "may",   "me",    "my",     "i",      "you",   "your",  "we",    "our",    "us",
      "all",   "any",   "some",  "please", "tell",   "give",  "show",  "list",  "find",   "get",
      "name",  "also",  "into",  "about",  "during", "while", "s",     "one",   "ones",   "not",
      "no",    "only",  "each",  "every",  "per",    "many",  "much"};
  return kWords.contains(word);
}

std::optional<double> number_word(std::string_view word) {
  static const std::unordered_map<std::string_view, double> kWords = {
      {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
      {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
      {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
      {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
      {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"hundred", 100},
      {"dozen", 12}};
  const auto it = kWords.find(word);
  return it == kWords.end() ? std::nullopt : std::optional(it->second);
}

}  // namespace sextant::ask
