#include "platform/conversations/quoting.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <set>
#include <tuple>

#include "platform/search/words.h"

namespace sextant::conversations {
namespace {

constexpr std::size_t kMostQuotes = 3;
// Of the words of a question; a passage with fewer does not answer it.
constexpr double kLeastMatched = 0.6;
// Where a sentence says it in other words: how near it is to what the question means.
constexpr double kLeastNearness = 0.3;
// The next ones are quoted too when they are nearly as good.
constexpr double kNearlyAsGood = 0.7;

// Sorted stems.
constexpr auto kDocuments = std::to_array<std::string_view>(
    {"articl", "chapter", "contract", "document", "docx", "file", "letter", "manual", "memo",
     "page", "paper", "paragraph", "passag", "pdf", "polici", "report", "section", "studi",
     "text"});
constexpr auto kSayings = std::to_array<std::string_view>(
    {"accord", "argu", "conclud", "conclus", "describ", "discuss", "explain", "mention", "quot",
     "recommend", "said", "say", "summar", "summari", "write", "written", "wrote"});

template <std::size_t N>
bool is_any(std::string_view stem, const std::array<std::string_view, N>& words) {
  return std::ranges::binary_search(words, stem);
}

std::string text_of(const std::vector<catalog::SnippetPart>& snippet) {
  std::string out;
  for (const auto& part : snippet) out += part.text;
  std::ranges::replace(out, '\n', ' ');
  return out;
}

// The words of a file's name.
std::set<std::string> stems_of(const std::string& name) {
  std::set<std::string> out;
  for (const auto& word : search::words_of(std::filesystem::path(name).stem().string())) {
    if (!search::is_function_word(word.folded)) out.insert(search::stem(word.folded));
  }
  return out;
}

// The best ones, best first.
std::vector<search::Hit> best_of(std::vector<search::Hit> hits,
                                 const std::function<double(const search::Hit&)>& worth) {
  const auto place = [&](const search::Hit& hit) {
    return std::tuple(-worth(hit), std::string_view(hit.source_id), hit.passage.ordinal);
  };
  std::ranges::sort(hits, [&](const auto& a, const auto& b) { return place(a) < place(b); });
  if (hits.empty()) return hits;
  const double least = kNearlyAsGood * worth(hits.front());
  std::erase_if(hits, [&](const search::Hit& hit) { return worth(hit) < least; });
  if (hits.size() > kMostQuotes) hits.resize(kMostQuotes);
  return hits;
}

}  // namespace

DocumentQuestion read_document_question(std::string_view question,
                                        const std::vector<std::string>& names) {
  const auto words = search::words_of(question);
  std::set<std::string> asked;
  for (const auto& word : words) asked.insert(search::stem(word.folded));
  std::set<std::string> named;   // words of the files' names
  std::set<std::string> called;  // those of names that stand there as a whole
  for (const auto& name : names) {
    const auto own = stems_of(name);
    named.insert(own.begin(), own.end());
    if (std::ranges::includes(asked, own)) called.insert(own.begin(), own.end());
  }
  DocumentQuestion out;
  bool document = false;
  bool says = false;
  for (const auto& word : words) {
    const auto stem = search::stem(word.folded);
    const bool noun = is_any(stem, kDocuments);
    const bool verb = is_any(stem, kSayings);
    document = document || noun || named.contains(stem);
    says = says || verb;
    if (noun || verb || called.contains(stem) || search::is_function_word(word.folded)) continue;
    out.query += (out.query.empty() ? "" : " ");
    out.query += question.substr(word.begin, word.end - word.begin);
  }
  out.about_documents = document && says;
  if (out.query.empty()) out.query = question;
  return out;
}

std::vector<search::Hit> good_hits(std::vector<search::Hit> hits) {
  std::erase_if(hits, [](const search::Hit& hit) {
    return hit.matched < kLeastMatched || hit.passage.kind == "heading";
  });
  return best_of(std::move(hits), [](const search::Hit& hit) { return hit.score; });
}

std::vector<search::Hit> near_hits(std::vector<search::Hit> hits) {
  const auto nearness = [](const search::Hit& hit) { return hit.nearness.value_or(0); };
  std::erase_if(hits, [&](const search::Hit& hit) { return nearness(hit) < kLeastNearness; });
  return best_of(std::move(hits), nearness);
}

catalog::Answer quote(const std::vector<search::Hit>& hits) {
  catalog::Answer answer;
  answer.status = catalog::AnswerStatus::answered;
  std::set<std::string> sources;
  for (const auto& hit : hits) {
    catalog::Quote quote;
    quote.source_id = hit.source_id;
    quote.source_name = hit.source_name;
    quote.page = hit.passage.page;
    quote.heading = hit.passage.heading;
    quote.ordinal = hit.passage.ordinal;
    quote.snippet = hit.nearness ? hit.sentence : hit.snippet;
    if (sources.insert(hit.source_id).second) answer.data_sources_used.push_back(hit.source_id);
    answer.quotes.push_back(std::move(quote));
  }
  const auto& first = answer.quotes.front();
  answer.response = "“" + text_of(first.snippet) + "” — " + first.source_name;
  if (first.page) answer.response += ", page " + std::to_string(*first.page);
  return answer;
}

}  // namespace sextant::conversations
