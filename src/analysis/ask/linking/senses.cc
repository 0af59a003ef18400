#include "analysis/ask/linking/senses.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <span>
#include <unordered_set>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/linking/senses_data.h"

namespace sextant::ask {

namespace {

void add_senses(std::string_view word, std::vector<unsigned>& senses) {
  const char* const* end = kSenseWords + kSenseWordCount;
  const auto key = [](const char* line) {
    const std::string_view text(line);
    return text.substr(0, text.find(' '));
  };
  const auto* found = std::lower_bound(
      kSenseWords, end, word,
      [&](const char* line, std::string_view wanted) { return key(line) < wanted; });
  if (found == end || key(*found) != word) return;
  const std::string_view line(*found);
  for (std::size_t at = word.size(); at < line.size();) {
    ++at;
    unsigned sense = 0;
    const auto stop = std::min(line.find(' ', at), line.size());
    std::from_chars(line.data() + at, line.data() + stop, sense, 16);
    if (std::ranges::find(senses, sense) == senses.end()) senses.push_back(sense);
    at = stop;
  }
}

std::string singular(std::string_view word) {
  std::string s(word);
  if (s.size() > 4 && s.ends_with("ies")) return s.substr(0, s.size() - 3) + "y";
  if (s.size() > 4 &&
      (s.ends_with("sses") || s.ends_with("xes") || s.ends_with("ches") || s.ends_with("shes"))) {
    return s.substr(0, s.size() - 2);
  }
  if (s.size() > 3 && s.ends_with("s") && !s.ends_with("ss")) return s.substr(0, s.size() - 1);
  return s;
}

struct NamedWord {
  std::string word;
  std::vector<unsigned> senses;
};

// Words that ask or order, and name nothing by a synonym.
bool only_asks(const std::string& word) {
  static const std::unordered_set<std::string_view> kWords = {"show",
                                                              "list",
                                                              "give",
                                                              "display",
                                                              "find",
                                                              "return",
                                                              "tell",
                                                              "axis",
                                                              "bar",
                                                              "bars",
                                                              "line",
                                                              "pie",
                                                              "chart",
                                                              "graph",
                                                              "plot",
                                                              "draw",
                                                              "scatter",
                                                              "stacked",
                                                              "visualize",
                                                              "compare",
                                                              "rank",
                                                              "order",
                                                              "sort",
                                                              "sorted",
                                                              "ascending",
                                                              "descending",
                                                              "asc",
                                                              "desc",
                                                              "number",
                                                              "numbers",
                                                              "count",
                                                              "total",
                                                              "average",
                                                              "mean",
                                                              "sum",
                                                              "maximum",
                                                              "minimum",
                                                              "most",
                                                              "least",
                                                              "high",
                                                              "low",
                                                              "highest",
                                                              "lowest",
                                                              "largest",
                                                              "smallest",
                                                              "biggest",
                                                              "greatest",
                                                              "top",
                                                              "bottom",
                                                              "each",
                                                              "every",
                                                              "per",
                                                              "group",
                                                              "grouped",
                                                              "attribute",
                                                              "attributes",
                                                              "corresponding",
                                                              "different",
                                                              "distinct",
                                                              "unique",
                                                              "distribution",
                                                              "proportion",
                                                              "trend",
                                                              "relationship",
                                                              "correlation",
                                                              "records",
                                                              "record",
                                                              "bin",
                                                              "interval",
                                                              "frequency",
                                                              "amount",
                                                              "values",
                                                              "value",
                                                              "have",
                                                              "has",
                                                              "want",
                                                              "please",
                                                              "common",
                                                              "used",
                                                              "use",
                                                              "made",
                                                              "make",
                                                              "contain",
                                                              "contains",
                                                              "letter",
                                                              "letters",
                                                              "more",
                                                              "less",
                                                              "than",
                                                              "one",
                                                              "two",
                                                              "three",
                                                              "also",
                                                              "all",
                                                              "any",
                                                              "shown",
                                                              "see",
                                                              "get",
                                                              "including",
                                                              "include",
                                                              "whose",
                                                              "both",
                                                              "called",
                                                              "named",
                                                              "result",
                                                              "results",
                                                              "alphabetical",
                                                              "increasing",
                                                              "decreasing",
                                                              "x",
                                                              "y",
                                                              "first",
                                                              "last",
                                                              "know",
                                                              "provide",
                                                              "following",
                                                              "respective",
                                                              "respectively",
                                                              "information",
                                                              "info",
                                                              "data",
                                                              "details",
                                                              "function"};
  return kWords.contains(word);
}

std::vector<unsigned> whole_name(const std::vector<Token>& words) {
  return words.size() == 2 ? senses_of(words[0].word + "_" + words[1].word)
                           : std::vector<unsigned>();
}

}  // namespace

std::vector<unsigned> senses_of(std::string_view word) {
  std::vector<unsigned> senses;
  add_senses(word, senses);
  const std::string one = singular(word);
  if (one != word) add_senses(one, senses);
  return senses;
}

float sense_similarity(const std::vector<unsigned>& a, const std::vector<unsigned>& b) {
  float best = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      const float rare = 1.f - 0.02f * static_cast<float>(i + j);
      if (a[i] == b[j]) {
        best = std::max(best, 0.82f * rare);
      } else if (kSenseAbove[a[i]] == b[j] || kSenseAbove[b[j]] == a[i]) {
        if (i + j <= 4) best = std::max(best, 0.66f * rare);
      }
    }
  }
  return best;
}

namespace {

constexpr float kLearnt = 0.85f;
constexpr float kWritten = 0.8f;
constexpr float kReversed = 0.76f;  // a written pair the other way round

using Pair = const char* const[2];

// The tables that the question names.
std::vector<bool> spoken_tables(const Links& links) {
  std::vector<bool> spoken;
  for (const auto& match : links.table_match) {
    spoken.push_back(std::ranges::any_of(match, [](float m) { return m >= 0.8f; }));
  }
  return spoken;
}

// Where a word may stand for another name. A name that has the word itself is meant literally, but
// not the one of a table that nothing is asked of while another is spoken of: "type", said of
// assets, is no type of companies. Empty: everywhere.
std::vector<bool> tables_open(const std::vector<bool>& owners, const std::vector<bool>& spoken) {
  if (std::ranges::none_of(owners, std::identity())) return {};
  for (std::size_t t = 0; t < owners.size(); ++t) {
    if (owners[t] && spoken[t]) return std::vector<bool>(owners.size(), false);
  }
  return spoken;
}

// The tables that have the word in their very name, or in that of a column.
std::vector<bool> tables_with(const Context& context, const std::string& word) {
  std::vector<bool> owners(context.tables().size(), false);
  const auto has = [&](const auto& entry) {
    return std::ranges::any_of(entry.words,
                               [&](const Token& w) { return singular(w.word) == word; });
  };
  for (const ColumnEntry& column : context.columns()) {
    if (has(column)) owners[static_cast<std::size_t>(column.table)] = true;
  }
  for (std::size_t t = 0; t < owners.size(); ++t) {
    if (has(context.tables()[t])) owners[t] = true;
  }
  return owners;
}

// Pairs of what is said at a token, one or two words, and the name it stands for; `sure` says how
// well it names it.
void link_pairs(const Context& context, std::span<Pair> pairs, float sure, Links& links) {
  const std::size_t from = sure == kReversed ? 1 : 0;
  const int n = static_cast<int>(links.tokens.size());
  const std::vector<bool> spoken = spoken_tables(links);
  for (int t = 0; t < n; ++t) {
    if (links.tokens[t].symbol || links.info[t].stop) continue;
    const std::string one = singular(links.tokens[t].word);
    const std::string two = t + 1 < n ? one + " " + singular(links.tokens[t + 1].word) : one;
    for (const auto& pair : pairs) {
      const std::string_view said(pair[from]);
      if (said != one && said != two) continue;
      const int last = said == two && two != one ? t + 2 : t + 1;
      std::vector<bool> open;
      if (sure <= kWritten && last == t + 1) open = tables_open(tables_with(context, one), spoken);
      const auto named = tokenise(pair[1 - from]);
      const auto mark = [&](const std::vector<Token>& words, std::vector<float>& match,
                            std::vector<int>* match_word) {
        std::vector<int> found;
        for (const Token& name : named) {
          for (std::size_t w = 0; w < words.size(); ++w) {
            if (words[w].stem == name.stem) found.push_back(static_cast<int>(w));
          }
        }
        // "surname" for lname, which is the last name in one word.
        if (words.size() == 1 && named.size() == 2 && named[1].word == "name" &&
            name_similarity(named[0], words[0]) >= 0.9f) {
          for (int at = t; at < last; ++at) {
            match[at] = 0.9f;
            if (match_word) (*match_word)[at] = -1;
          }
          return;
        }
        if (found.size() != named.size()) return;
        // One word for a whole name says all of it.
        const bool whole = found.size() > 1 && last - t == 1;
        if (whole && match_word && found.size() < words.size()) return;
        for (int at = t; at < last; ++at) {
          if (match[at] >= sure) continue;
          match[at] = whole ? 0.9f : sure;
          if (!match_word) continue;
          (*match_word)[at] = whole ? -1 : found[std::min<std::size_t>(at - t, found.size() - 1)];
        }
      };
      for (std::size_t c = 0; c < context.columns().size(); ++c) {
        const auto table = static_cast<std::size_t>(context.columns()[c].table);
        if (!open.empty() && !open[table]) continue;
        mark(context.columns()[c].words, links.match[c], &links.match_word[c]);
      }
      for (std::size_t k = 0; k < context.tables().size(); ++k) {
        if (!open.empty()) break;
        mark(context.tables()[k].words, links.table_match[k], nullptr);
      }
    }
  }
}

}  // namespace

void link_synonyms(const Context& context, Links& links) {
  link_pairs(context, {kLearntSynonyms, kLearntSynonymCount}, kLearnt, links);
  link_pairs(context, {kThesaurus, kThesaurusCount}, kWritten, links);
  link_pairs(context, {kThesaurus, kThesaurusCount}, kReversed, links);
  const auto& columns = context.columns();
  std::map<std::string, std::vector<unsigned>> of_names;
  const auto named = [&](const std::string& word) -> const std::vector<unsigned>& {
    const auto [it, fresh] = of_names.try_emplace(word);
    if (fresh) {
      it->second = senses_of(word == "fname"   ? "first_name"
                             : word == "lname" ? "last_name"
                                               : std::string_view(word));
    }
    return it->second;
  };
  const int n = static_cast<int>(links.tokens.size());
  const std::vector<bool> spoken = spoken_tables(links);
  for (int t = 0; t < n; ++t) {
    const Token& token = links.tokens[t];
    if (token.symbol || token.number || links.info[t].stop || links.info[t].in_value) continue;
    if (only_asks(token.word)) continue;
    std::vector<bool> owners(context.tables().size(), false);
    bool names_rows = false;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (links.match[c][t] >= 0.8f) owners[static_cast<std::size_t>(columns[c].table)] = true;
    }
    for (const auto& match : links.table_match) names_rows = names_rows || match[t] >= 0.8f;
    if (names_rows) continue;
    const std::vector<bool> open = tables_open(owners, spoken);
    const auto senses = senses_of(token.word);
    // Two words of the question as one: "family name".
    std::vector<unsigned> pair;
    if (t + 1 < n && !links.tokens[t + 1].symbol) {
      pair = senses_of(token.word + "_" + singular(links.tokens[t + 1].word));
    }
    if (senses.empty() && pair.empty()) continue;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (!open.empty() && !open[static_cast<std::size_t>(columns[c].table)]) continue;
      const auto& words = columns[c].words;
      for (std::size_t w = 0; w < words.size(); ++w) {
        // "where students live" is no last name, though what lives lasts.
        const bool ordinal = words[w].word == "last" || words[w].word == "first";
        if (ordinal || is_stopword(words[w].word)) continue;
        const float similarity = sense_similarity(senses, named(words[w].word));
        if (similarity > links.match[c][t]) {
          links.match[c][t] = similarity;
          links.match_word[c][t] = static_cast<int>(w);
        }
        if (words.size() == 1 && !pair.empty() &&
            sense_similarity(pair, named(words[w].word)) >= 0.75f) {
          for (const int at : {t, t + 1}) {
            links.match[c][at] = std::max(links.match[c][at], 0.8f);
            links.match_word[c][at] = 0;
          }
        }
      }
      const auto whole = whole_name(words);
      if (whole.empty()) continue;
      if (sense_similarity(senses, whole) >= 0.7f) {
        links.match[c][t] = 0.9f;
        links.match_word[c][t] = -1;
      } else if (!pair.empty() && sense_similarity(pair, whole) >= 0.7f) {
        links.match[c][t] = 0.85f;
        links.match_word[c][t] = 0;
        links.match[c][t + 1] = 0.85f;
        links.match_word[c][t + 1] = 1;
      }
    }
    for (std::size_t k = 0; k < context.tables().size(); ++k) {
      if (!open.empty()) break;
      for (const Token& word : context.tables()[k].words) {
        if (is_stopword(word.word)) continue;
        links.table_match[k][t] =
            std::max(links.table_match[k][t], sense_similarity(senses, named(word.word)));
      }
    }
  }
}

}  // namespace sextant::ask
