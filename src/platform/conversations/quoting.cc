#include "platform/conversations/quoting.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "platform/search/words.h"

namespace sextant::conversations {
namespace {

constexpr std::size_t kMostQuotes = 3;
// Of the words of a question; a passage with fewer does not answer it.
constexpr double kLeastMatched = 0.6;
// Of its meaning, where a passage says it in other words.
constexpr double kLeastNearness = 0.35;
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

}  // namespace

DocumentQuestion read_document_question(std::string_view question,
                                        const std::vector<std::string>& names) {
  std::set<std::string> named;
  for (const auto& name : names) {
    for (const auto& word : search::words_of(std::filesystem::path(name).stem().string())) {
      if (!search::is_function_word(word.folded)) named.insert(search::stem(word.folded));
    }
  }
  DocumentQuestion out;
  bool document = false;
  bool says = false;
  for (const auto& word : search::words_of(question)) {
    const auto stem = search::stem(word.folded);
    const bool noun = is_any(stem, kDocuments);
    const bool verb = is_any(stem, kSayings);
    document = document || noun || named.contains(stem);
    says = says || verb;
    if (noun || verb || search::is_function_word(word.folded)) continue;
    out.query += (out.query.empty() ? "" : " ");
    out.query += question.substr(word.begin, word.end - word.begin);
  }
  out.about_documents = document && says;
  if (out.query.empty()) out.query = question;
  return out;
}

std::vector<search::Hit> good_hits(std::vector<search::Hit> hits) {
  std::erase_if(hits, [](const search::Hit& hit) {
    return (hit.matched < kLeastMatched && hit.nearness < kLeastNearness) ||
           hit.passage.kind == "heading";
  });
  if (hits.empty()) return hits;
  const double best = hits.front().score;
  std::erase_if(hits, [&](const search::Hit& hit) { return hit.score < kNearlyAsGood * best; });
  if (hits.size() > kMostQuotes) hits.resize(kMostQuotes);
  return hits;
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
    quote.snippet = hit.snippet;
    if (sources.insert(hit.source_id).second) answer.data_sources_used.push_back(hit.source_id);
    answer.quotes.push_back(std::move(quote));
  }
  const auto& first = answer.quotes.front();
  answer.response = "“" + text_of(first.snippet) + "” — " + first.source_name;
  if (first.page) answer.response += ", page " + std::to_string(*first.page);
  return answer;
}

}  // namespace sextant::conversations
