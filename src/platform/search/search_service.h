#pragma once
// The passages of documents: kept when a version is published, found by words and by likeness.
//
// A search asks full text (SQLite FTS5 or PostgreSQL) for the words of the query; a word that no
// passage has is looked up among the words that are there by its vector (vector.h). What is found
// is put in order by full text's rank and by how many of the query's words a passage has.
// Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
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
  double matched = 0;  // share of the query's words that the passage has, 0 … 1
  double score = 0;    // larger is better; of use only to compare hits of one search
};
BOOST_DESCRIBE_STRUCT(Hit, (), (source_id, source_name, passage, snippet, matched, score))

class SearchService {
 public:
  SearchService(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool);

  // Best first. A query without letters and digits finds nothing.
  Result<std::vector<Hit>> find(const catalog::Principal& who, const std::string& query,
                                const std::optional<std::string>& source_id, std::int64_t limit);

  // Of the source's current version.
  Result<PassagePage> list(const catalog::Principal& who, const std::string& source_id,
                           std::int64_t after, const std::optional<std::int64_t>& page,
                           std::int64_t limit);

  // Names of the workspace's files that have passages; at most 200.
  Result<std::vector<std::string>> documents(const std::string& workspace_id);

  // Keeps the `count` passages of a published version, read by a worker from its file, and drops
  // those of other versions. Does nothing when they are kept already.
  Result<> index(const Place& place, const std::string& path, std::int64_t count,
                 const workers::RunOptions& options);

 private:
  struct Known {
    std::string stamp;
    Vocabulary vocabulary;
  };
  Result<std::shared_ptr<const Known>> vocabulary_of(const std::string& workspace_id);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  std::mutex mutex_;                                           // guards known_
  std::map<std::string, std::shared_ptr<const Known>> known_;  // by workspace
};

}  // namespace sextant::search
