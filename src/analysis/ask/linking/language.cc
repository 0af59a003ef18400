#include "analysis/ask/linking/language.h"

#include <algorithm>
#include <string_view>

namespace sextant::ask {

namespace {

// Words folded as tokens are. One that asks is enough to tell the language; small words stand in
// names as well ("Los Angeles"), so it takes two of them. Words that are English too are left out.
struct Language {
  std::string_view name;
  std::vector<std::string_view> asking;
  std::vector<std::string_view> small;
};

const std::vector<Language>& languages() {
  static const std::vector<Language> kLanguages = {
      {"German",
       {"wie", "wieviel", "wieviele", "welche", "welcher", "welches", "zeige"},
       {"viele",  "der",   "das",  "den",      "dem",     "und",  "mit", "nach",
        "fur",    "gab",   "gibt", "ist",      "sind",    "im",   "von", "waren",
        "wurden", "wurde", "pro",  "zwischen", "hochste", "nicht"}},
      {"French",
       {"combien", "quel", "quelle", "quels", "quelles", "montre"},
       {"les", "des", "du", "une", "dans", "pour", "avec", "sont", "etait", "entre", "chaque",
        "nombre", "moyenne", "est", "par"}},
      {"Spanish",
       {"cuantos", "cuantas", "cual", "cuales", "muestra"},
       {"que", "los", "las", "una", "del", "por", "con", "fue", "fueron", "hay", "entre", "cada",
        "promedio", "numero", "en"}},
      {"Italian",
       {"quanti", "quante", "quale", "quali", "mostra"},
       {"che", "gli", "della", "delle", "degli", "nel", "per", "con", "sono", "ogni", "tra", "il",
        "numero", "media"}},
      {"Portuguese",
       {"quantos", "quantas", "qual", "quais", "mostre"},
       {"os", "uma", "dos", "das", "em", "por", "com", "foram", "cada", "entre", "mais", "numero",
        "media"}},
      {"Dutch",
       {"hoeveel", "welke", "toon"},
       {"wat", "het", "een", "van", "voor", "met", "zijn", "waren", "elke", "tussen", "gemiddelde",
        "niet", "naar"}},
      {"Polish",
       {"ile", "jaki", "jaka", "jakie", "ktory", "ktora", "ktore", "pokaz"},
       {"jest", "sa", "dla", "oraz", "wedlug", "miedzy", "liczba", "srednia"}},
      {"Swedish",
       {"hur", "vilken", "vilka"},
       {"manga", "och", "ar", "av", "med", "mellan", "varje", "antal", "genomsnitt", "inte"}},
  };
  return kLanguages;
}

// A script in which no English is written.
std::string_view script_of(std::string_view word) {
  const auto lead = static_cast<unsigned char>(word.empty() ? 0 : word.front());
  if (lead >= 0xd0 && lead <= 0xd3) return "Russian or a language in its letters";
  if (lead >= 0xd8 && lead <= 0xdb) return "Arabic or a language in its letters";
  if (lead >= 0xe3 && lead <= 0xed) return "Chinese, Japanese or Korean";
  return {};
}

}  // namespace

std::string foreign_language(const std::vector<Token>& tokens) {
  int english = 0, words = 0;
  for (const Token& token : tokens) {
    if (token.symbol || token.number) continue;
    ++words;
    if (is_stopword(token.word)) ++english;
  }
  const auto found = [&](const std::vector<std::string_view>& these) {
    return static_cast<int>(std::ranges::count_if(tokens, [&](const Token& token) {
      return std::ranges::find(these, token.word) != these.end();
    }));
  };
  std::string_view best;
  int most = 0;
  for (const Language& language : languages()) {
    const int score = 2 * found(language.asking) + found(language.small);
    if (score > most) {
      most = score;
      best = language.name;
    }
  }
  if (most > 1 && most > english && most * 4 >= words) return std::string(best);
  for (const Token& token : tokens) {
    const auto script = script_of(token.word);
    if (!script.empty() && english == 0) return std::string(script);
  }
  return {};
}

}  // namespace sextant::ask
