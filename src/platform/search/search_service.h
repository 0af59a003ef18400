#pragma once
// The passages of documents: kept when a version is published, found by words and by likeness.
//
// A search asks full text (SQLite FTS5 or PostgreSQL) for the words of the query; a word that no
// passage has is looked up among the words that are there by its vector (vector.h); only one that
// is a slip in typing it counts as the same. With an
// embeddings endpoint it also finds passages by what they mean (meaning.h). What is found is put in
// order by the ranks in both and by how many of the query's words a passage has. An endpoint that
// fails costs its part alone, and the search says so. Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
#include "platform/llm/embeddings.h"
#include "platform/search/meaning.h"
#include "platform/search/passage_store.h"
#include "platform/search/snippet.h"
#include "platform/search/vector.h"
#include "platform/store/database.h"
#include "platform/workers/pool.h"

namespace sextant::search {

struct Hit {
  std::string source_id;
  std::string source_name;  // the file's name
  Passage passage;
  std::vector<SnippetPart> snippet;
  double matched = 0;  // share of the query's words that the passage has but for slips, 0 … 1
  std::optional<double> similarity;  // of the meanings, -1 … 1; none when it was not found by it
  double score = 0;                  // larger is better; of use only to compare hits of one search

  // By narrow(): the sentence that is nearest in meaning, and how near: from 0, as three quarters
  // of the sentences are at least, to 1, the same.
  std::optional<double> nearness = {};
  std::vector<SnippetPart> sentence = {};
};
BOOST_DESCRIBE_STRUCT(Hit, (),
                      (source_id, source_name, passage, snippet, matched, similarity, score))

struct Hits {
  std::vector<Hit> passages;        // best first
  std::optional<std::string> note;  // what the search could not do
};

class SearchService {
 public:
  // `embeddings`: none, then words alone are searched.
  SearchService(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
                std::optional<llm::Embeddings> embeddings);

  void start();
  void stop();

  // A query without letters and digits finds nothing.
  Result<Hits> find(const catalog::Principal& who, const std::string& query,
                    const std::optional<std::string>& source_id, std::int64_t limit);

  // Finds in the hits' passages the sentence that is nearest to what the question means, with one
  // request to the embeddings endpoint; 64 sentences are looked at, those of the best hits first.
  // Headings and captions say nothing by themselves, and rows of tables are asked for as data.
  // Does nothing without an endpoint, or when it fails.
  void narrow(const std::string& question, std::vector<Hit>& hits);

  Result<PassagePage> list(const catalog::Principal& who, const std::string& source_id,
                           std::int64_t after, const std::optional<std::int64_t>& page,
                           std::int64_t limit);

  // Names of the workspace's files that have passages; at most 200.
  Result<std::vector<std::string>> documents(const std::string& workspace_id);

  // Keeps the `count` passages of a published version, read by a worker from its file. Until all
  // are kept, those of the version before are found. Does nothing when they are kept already. Gives
  // a sentence when the embeddings endpoint failed: a later search asks it again.
  Result<std::optional<std::string>> index(const Place& place, const std::string& path,
                                           std::int64_t count, const workers::RunOptions& options);

 private:
  struct Known {
    std::string stamp;
    Vocabulary vocabulary;
  };
  Result<std::shared_ptr<const Known>> vocabulary_of(const std::string& workspace_id);
  Result<> keep(const Place& place, const std::string& path, std::int64_t count,
                const workers::RunOptions& options);
  // Similarities by passage; with the note of `Hits`.
  Result<std::map<std::int64_t, double>> find_by_meaning(const std::string& workspace_id,
                                                         const std::string& query, bool one_source,
                                                         std::optional<std::string>& note);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  std::mutex mutex_;                                           // guards known_
  std::map<std::string, std::shared_ptr<const Known>> known_;  // by workspace
  std::unique_ptr<MeaningIndex> meanings_;                     // none without an endpoint
};

}  // namespace sextant::search
