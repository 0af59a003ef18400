#pragma once
// Passages by what they mean: their vectors come from an embeddings endpoint and are kept in the
// metadata store; the index over a workspace's vectors is made from there when it is asked for and
// the vectors have changed. In the background large indexes get their graph (nearest.h), and
// passages their vector that a search found to have none: the endpoint did not answer when they
// came.
//
// Thread-safe. stop() before it is destroyed.

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "platform/llm/embeddings.h"
#include "platform/search/nearest.h"
#include "platform/search/passage_vectors.h"
#include "platform/store/database.h"

namespace sextant::search {

class MeaningIndex {
 public:
  MeaningIndex(store::Database& database, llm::Embeddings embeddings);

  void start();
  void stop();

  // Asks the endpoint for the vectors that passages of the source (none: of all) lack, and keeps
  // them. Errors: those of the endpoint (what came before is kept), of the store, cancelled.
  Result<> embed(const std::string& workspace_id, const std::optional<std::string>& source_id,
                 std::stop_token stop);

  struct Hit {
    std::int64_t passage_id = 0;
    double similarity = 0;  // cosine
  };
  struct Found {
    std::vector<Hit> hits;     // best first
    std::int64_t missing = 0;  // passages of the workspace that have no vector
  };
  // Errors: those of the endpoint and of the store.
  Result<Found> nearest(const std::string& workspace_id, const std::string& query,
                        std::size_t most);

  // Cosines of a text with others. Errors: those of the endpoint.
  Result<std::vector<double>> similarities(const std::string& text,
                                           const std::vector<std::string>& others);

 private:
  struct Known {
    Known(std::string given, std::size_t dimensions) : stamp(std::move(given)), index(dimensions) {}
    std::string stamp;
    std::vector<std::int64_t> passage_ids;  // by place in the index
    NearestIndex index;
  };
  Result<std::shared_ptr<Known>> index_of(const std::string& workspace_id, const VectorCount& count,
                                          std::size_t dimensions);
  void work(std::stop_token stop);

  store::Database& database_;
  const llm::Embeddings embeddings_;
  std::mutex mutex_;                                     // guards the next three
  std::map<std::string, std::shared_ptr<Known>> known_;  // by workspace
  std::deque<std::weak_ptr<Known>> without_graph_;
  std::set<std::string> without_vectors_;  // workspaces
  std::condition_variable_any changed_;
  std::jthread worker_;
};

}  // namespace sextant::search
