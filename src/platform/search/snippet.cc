#include "platform/search/snippet.h"

#include <algorithm>

#include "base/text.h"
#include "platform/search/words.h"

namespace sextant::search {
namespace {
constexpr std::size_t kMostTerms = 24;
}

std::vector<Term> terms_of(std::string_view query) {
  std::vector<Term> meaning;
  std::vector<Term> all;
  std::set<std::string> seen;
  for (const auto& word : words_of(query)) {
    auto own = stem(word.folded);
    if (all.size() >= kMostTerms || !seen.insert(own).second) continue;
    all.push_back(
        {{text::lower_ascii(query.substr(word.begin, word.end - word.begin))}, {std::move(own)}});
    if (!is_function_word(word.folded)) meaning.push_back(all.back());
  }
  return meaning.empty() ? all : meaning;
}

double coverage(std::string_view text, const std::vector<Term>& terms) {
  if (terms.empty()) return 0;
  std::set<std::string> found;
  for (const auto& word : words_of(text)) found.insert(stem(word.folded));
  const auto had = std::ranges::count_if(terms, [&](const Term& term) {
    return std::ranges::any_of(term.stems, [&](const auto& own) { return found.contains(own); });
  });
  return static_cast<double>(had) / static_cast<double>(terms.size());
}

std::vector<SnippetPart> snippet_of(std::string_view text, const std::vector<Term>& terms,
                                    std::size_t most) {
  std::set<std::string> stems;
  for (const auto& term : terms) stems.insert(term.stems.begin(), term.stems.end());
  const auto words = words_of(text);
  std::vector<std::string> hits(words.size());  // the stem where it is one of the query's
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto own = stem(words[i].folded);
    if (stems.contains(own)) hits[i] = std::move(own);
  }
  // The window with most different words of the query, then with most of them.
  std::size_t begin = 0;
  std::size_t best_different = 0;
  std::size_t best_count = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (hits[i].empty()) continue;
    std::set<std::string_view> different;
    std::size_t count = 0;
    for (std::size_t k = i; k < words.size() && words[k].end - words[i].begin <= most; ++k) {
      if (hits[k].empty()) continue;
      different.insert(hits[k]);
      ++count;
    }
    if (std::pair(different.size(), count) > std::pair(best_different, best_count)) {
      best_different = different.size();
      best_count = count;
      begin = i;
    }
  }
  // Some words before the first one; whole words at both ends.
  std::size_t first = begin;
  const auto lead = most / 4;
  while (first > 0 && words[begin].begin - words[first - 1].begin <= lead) --first;
  const std::size_t from = first == 0 ? 0 : words[first].begin;
  std::size_t last = words.size();
  std::size_t to = text.size();
  for (std::size_t k = first; k < words.size(); ++k) {
    if (words[k].end - from > most) {
      last = k;
      to = k > first ? words[k - 1].end : words[k].end;
      break;
    }
  }
  std::vector<SnippetPart> out;
  const auto add = [&](std::string_view part, bool match) {
    if (part.empty()) return;
    if (!out.empty() && out.back().match == match)
      out.back().text += part;
    else
      out.push_back({std::string(part), match});
  };
  if (from > 0) add("… ", false);
  std::size_t at = from;
  for (std::size_t k = first; k < last; ++k) {
    if (hits[k].empty()) continue;
    add(text.substr(at, words[k].begin - at), false);
    add(text.substr(words[k].begin, words[k].end - words[k].begin), true);
    at = words[k].end;
  }
  if (to > at) add(text.substr(at, to - at), false);
  if (to < text.size()) add(" …", false);
  return out;
}

std::string filled_cells(std::string_view table) {
  constexpr std::string_view kBetween = " | ";
  std::string out;
  for (const auto& one : text::split(table, '\n')) {
    const std::string row = " " + std::string(one) + " ";  // passages begin and end without blanks
    std::string line;
    for (std::size_t at = 0; at <= row.size();) {
      const auto end = std::min(row.find(kBetween, at), row.size());
      const auto cell = text::trim(std::string_view(row).substr(at, end - at));
      if (!cell.empty()) {
        if (!line.empty()) line += kBetween;
        line += cell;
      }
      at = end + kBetween.size();
    }
    if (!line.empty()) out += (out.empty() ? "" : "\n") + line;
  }
  return out;
}

}  // namespace sextant::search
