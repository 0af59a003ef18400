#include "platform/search/search_service.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "base/log.h"
#include "base/text.h"
#include "platform/accounts/authorise.h"
#include "platform/search/words.h"
#include "platform/workers/typed_run.h"

namespace sextant::search {
namespace {

using accounts::Action;
using accounts::authorise;

constexpr std::int64_t kCandidates = 80;
constexpr double kRankConstant = 20;
constexpr double kMeaningWeight = 0.8;
constexpr std::size_t kNearest = 40;           // passages by meaning
constexpr std::size_t kNearestOfOne = 400;     // of which those of one source are kept
constexpr std::size_t kSentences = 64;         // of all hits, compared with a question
constexpr std::size_t kLongestSentence = 500;  // bytes of one that are compared
constexpr std::size_t kAlternatives = 4;       // for one word that no passage has
constexpr std::int64_t kBatch = 500;           // passages a transaction
constexpr std::size_t kKeptWorkspaces = 16;

// What a place (from 0) in a list of hits counts, 1 at its head.
double by_rank(std::size_t place) {
  return kRankConstant / (kRankConstant + static_cast<double>(place));
}

// Models differ in how alike unlike texts are to them; what counts is the way from there to the
// same.
double nearness_of(double similarity, double background) {
  return background < 1 ? std::clamp((similarity - background) / (1 - background), 0.0, 1.0) : 0;
}

}  // namespace

SearchService::SearchService(store::Database& database, const blobs::WorkspaceFiles& files,
                             workers::Pool& pool, std::optional<llm::Embeddings> embeddings)
    : database_(database), files_(files), pool_(pool) {
  if (embeddings) meanings_ = std::make_unique<MeaningIndex>(database, std::move(*embeddings));
}

void SearchService::start() {
  if (meanings_) meanings_->start();
}

void SearchService::stop() {
  if (meanings_) meanings_->stop();
}

Result<std::shared_ptr<const SearchService::Known>> SearchService::vocabulary_of(
    const std::string& workspace_id) {
  TRY(const auto stamp, vocabulary_stamp(database_, workspace_id));
  {
    const std::lock_guard lock(mutex_);
    const auto it = known_.find(workspace_id);
    if (it != known_.end() && it->second->stamp == stamp) return it->second;
  }
  TRY(auto words, list_vocabulary(database_, workspace_id));
  auto fresh = std::make_shared<const Known>(stamp, Vocabulary(std::move(words)));
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kKeptWorkspaces && !known_.contains(workspace_id))
    known_.erase(known_.begin());
  known_[workspace_id] = fresh;
  return fresh;
}

Result<std::map<std::int64_t, double>> SearchService::find_by_meaning(
    const std::string& workspace_id, const std::string& query, bool one_source,
    std::optional<std::string>& note) {
  std::map<std::int64_t, double> out;
  if (!meanings_) return out;
  const auto found = meanings_->nearest(workspace_id, query, one_source ? kNearestOfOne : kNearest);
  if (!found) {
    if (found.error().code != ErrorCode::unavailable) return fail(found.error());
    note = "Searched by words alone: " + found.error().message;
    return out;
  }
  if (found->missing > 0) {
    note = text::grouped(found->missing) + (found->missing == 1 ? " passage is" : " passages are") +
           " found by words alone until the embeddings are made.";
  }
  for (const auto& hit : found->hits) out[hit.passage_id] = hit.similarity;
  return out;
}

Result<Hits> SearchService::find(const catalog::Principal& who, const std::string& query,
                                 const std::optional<std::string>& source_id, std::int64_t limit) {
  TRY_VOID(authorise(who, Action::read, {"source", who.workspace_id}));
  Hits out;
  auto terms = terms_of(query);
  if (terms.empty()) return out;
  TRY(const auto known, vocabulary_of(who.workspace_id));
  std::vector<std::string> words;
  auto same = terms;  // without words that are only alike
  for (std::size_t i = 0; i < terms.size(); ++i) {
    auto& term = terms[i];
    if (!known->vocabulary.has_stem(*term.stems.begin())) {
      const auto folded = words_of(term.words[0])[0].folded;
      for (auto& word : known->vocabulary.alike(folded, kAlternatives)) {
        if (is_slip_of(folded, word)) same[i].stems.insert(stem(word));
        term.stems.insert(stem(word));
        term.words.push_back(std::move(word));
      }
    }
    words.insert(words.end(), term.words.begin(), term.words.end());
  }
  TRY(auto found, find_by_words(database_, who.workspace_id, words, source_id, kCandidates));
  std::map<std::int64_t, double> rank;
  for (std::size_t i = 0; i < found.size(); ++i) rank[found[i].id] = by_rank(i);
  TRY(const auto similar,
      find_by_meaning(who.workspace_id, query, source_id.has_value(), out.note));
  std::vector<std::int64_t> others;
  for (const auto& [id, similarity] : similar) {
    if (!rank.contains(id)) others.push_back(id);
  }
  TRY(auto alike, get_passages(database_, who.workspace_id, others, source_id));
  std::ranges::move(alike, std::back_inserter(found));
  std::vector<double> similarities;  // of those that are left, best first
  for (const auto& one : found) {
    if (const auto it = similar.find(one.id); it != similar.end())
      similarities.push_back(it->second);
  }
  std::ranges::sort(similarities, std::greater<>());
  for (auto& one : found) {
    Hit hit;
    const auto text = one.passage.heading + " " + one.passage.text;
    hit.matched = coverage(text, same);
    // How many of the words are there says more than how often; a heading alone says little.
    hit.score = std::pow(coverage(text, terms), 2) + 0.5 * rank[one.id];
    if (const auto it = similar.find(one.id); it != similar.end()) {
      hit.similarity = it->second;
      const auto before = std::ranges::lower_bound(similarities, it->second, std::greater<>());
      hit.score +=
          kMeaningWeight * by_rank(static_cast<std::size_t>(before - similarities.begin()));
    }
    if (one.passage.kind == "heading") hit.score *= 0.5;
    hit.snippet = snippet_of(
        one.passage.kind == "table" ? filled_cells(one.passage.text) : one.passage.text, terms);
    hit.source_id = std::move(one.source_id);
    hit.source_name = std::move(one.source_name);
    hit.passage = std::move(one.passage);
    out.passages.push_back(std::move(hit));
  }
  std::ranges::sort(out.passages, [](const Hit& a, const Hit& b) {
    return std::tuple(-a.score, a.source_id, a.passage.ordinal) <
           std::tuple(-b.score, b.source_id, b.passage.ordinal);
  });
  if (std::ssize(out.passages) > limit) out.passages.resize(static_cast<std::size_t>(limit));
  return out;
}

void SearchService::narrow(const std::string& query, std::vector<Hit>& hits) {
  if (!meanings_) return;
  struct Sentence {
    std::size_t hit;
    std::string_view text;
  };
  std::vector<Sentence> sentences;
  std::vector<std::string> texts;
  for (std::size_t h = 0; h < hits.size(); ++h) {
    const auto& kind = hits[h].passage.kind;
    const bool prose = kind != "heading" && kind != "caption" && kind != "table";
    if (!prose || !hits[h].similarity) continue;
    for (const auto text : sentences_of(hits[h].passage.text)) {
      if (sentences.size() == kSentences) break;
      sentences.push_back({h, text});
      texts.emplace_back(text::truncate_utf8(text, kLongestSentence));
    }
  }
  if (texts.empty()) return;
  const auto similarities = meanings_->similarities(query, texts);
  if (!similarities) {
    log::warn("search.not_narrowed", {{"message", similarities.error().message}});
    return;
  }
  auto sorted = *similarities;
  std::ranges::sort(sorted);
  const double background = sorted[sorted.size() / 4];
  const auto terms = terms_of(query);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    auto& hit = hits[sentences[i].hit];
    const auto nearness = nearness_of((*similarities)[i], background);
    if (hit.nearness && *hit.nearness >= nearness) continue;
    hit.nearness = nearness;
    hit.sentence = snippet_of(sentences[i].text, terms);
  }
}

Result<PassagePage> SearchService::list(const catalog::Principal& who, const std::string& source_id,
                                        std::int64_t after, const std::optional<std::int64_t>& page,
                                        std::int64_t limit) {
  TRY_VOID(authorise(who, Action::read, {"source", who.workspace_id}));
  return list_passages(database_, who.workspace_id, source_id, after, page, limit);
}

Result<std::vector<std::string>> SearchService::documents(const std::string& workspace_id) {
  TRY(auto rows, database_.query("SELECT source_name FROM data_source_registry r WHERE "
                                 "workspace_id = $1 AND EXISTS (SELECT 1 FROM passages p WHERE "
                                 "p.source_id = r.source_id) ORDER BY source_id DESC LIMIT 200",
                                 {workspace_id}));
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(row.text("source_name"));
  return out;
}

Result<> SearchService::keep(const Place& place, const std::string& path, std::int64_t count,
                             const workers::RunOptions& options) {
  TRY(const auto present, count_passages(database_, place));
  if (present != count) {
    // What an attempt that was cut off has left.
    TRY_VOID(
        database_.transaction([&](store::Transaction& tx) { return remove_passages(tx, place); }));
    const workers::WorkspaceRef workspace{place.workspace_id, files_.folder(place.workspace_id)};
    wire::PassagesRequest request{path, 0, kBatch};
    while (count > 0) {
      TRY(const auto reply, workers::run<wire::PassagesReply>(
                                pool_, workspace, wire::Operation::passages, request, options));
      if (reply.passages.empty()) break;
      TRY_VOID(database_.transaction(
          [&](store::Transaction& tx) { return insert_passages(tx, place, reply.passages); }));
      request.after = reply.passages.back().id;
    }
  }
  return database_.transaction([&](store::Transaction& tx) { return use_passages(tx, place); });
}

Result<std::optional<std::string>> SearchService::index(const Place& place, const std::string& path,
                                                        std::int64_t count,
                                                        const workers::RunOptions& options) {
  TRY_VOID(keep(place, path, count, options));
  if (!meanings_ || count == 0) return std::nullopt;
  const auto embedded = meanings_->embed(place.workspace_id, place.source_id, options.stop);
  if (embedded) return std::nullopt;
  if (embedded.error().code != ErrorCode::unavailable) return fail(embedded.error());
  log::warn("search.not_embedded",
            {{"source_id", place.source_id}, {"message", embedded.error().message}});
  return std::optional(embedded.error().message);
}

}  // namespace sextant::search
