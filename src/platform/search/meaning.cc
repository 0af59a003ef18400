#include "platform/search/meaning.h"

#include <chrono>
#include <cmath>
#include <numeric>

#include "base/log.h"

namespace sextant::search {
namespace {

constexpr std::int64_t kTextsARequest = 64;
constexpr std::chrono::seconds kEmbedTimeout(60);
constexpr std::chrono::seconds kQueryTimeout(5);  // someone waits
constexpr std::size_t kMostBytes = 256 << 20;     // of vectors of one workspace
constexpr std::size_t kKeptWorkspaces = 4;

}  // namespace

MeaningIndex::MeaningIndex(store::Database& database, llm::Embeddings embeddings)
    : database_(database), embeddings_(std::move(embeddings)) {}

void MeaningIndex::start() {
  worker_ = std::jthread([this](std::stop_token stop) { work(stop); });
}

void MeaningIndex::stop() {
  worker_.request_stop();
  if (worker_.joinable()) worker_.join();
}

Result<> MeaningIndex::embed(const std::string& workspace_id,
                             const std::optional<std::string>& source_id, std::stop_token stop) {
  while (true) {
    TRY(const auto passages, passages_without_vector(database_, workspace_id, source_id,
                                                     embeddings_.model(), kTextsARequest));
    if (passages.empty()) return {};
    std::vector<std::string> texts;
    for (const auto& passage : passages) texts.push_back(passage.text);
    TRY(const auto vectors, embeddings_.embed(texts, kEmbedTimeout, stop));
    TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
      for (std::size_t i = 0; i < passages.size(); ++i) {
        TRY_VOID(insert_vector(tx, passages[i].id, embeddings_.model(), to_bytes(vectors[i])));
      }
      return {};
    }));
  }
}

Result<MeaningIndex::Found> MeaningIndex::nearest(const std::string& workspace_id,
                                                  const std::string& query, std::size_t most) {
  Found out;
  TRY(const auto count, count_vectors(database_, workspace_id, embeddings_.model()));
  out.missing = count.passages - count.vectors;
  if (out.missing > 0) {
    const std::lock_guard lock(mutex_);
    without_vectors_.insert(workspace_id);
    changed_.notify_one();
  }
  if (count.vectors == 0) return out;
  TRY(const auto vectors, embeddings_.embed({query}, kQueryTimeout, {}));
  const auto wanted = to_bytes(vectors[0]);
  TRY(const auto known, index_of(workspace_id, count, wanted.size()));
  out.missing = count.passages - static_cast<std::int64_t>(known->passage_ids.size());
  for (const auto& near : known->index.nearest(wanted, most))
    out.hits.push_back({known->passage_ids[near.index], near.similarity});
  return out;
}

Result<std::vector<double>> MeaningIndex::similarities(const std::string& text,
                                                       const std::vector<std::string>& others) {
  std::vector<std::string> texts{text};
  texts.insert(texts.end(), others.begin(), others.end());
  TRY(const auto vectors, embeddings_.embed(texts, kQueryTimeout, {}));
  std::vector<double> out;
  for (std::size_t i = 1; i < vectors.size(); ++i) {
    const auto product = [&](const auto& a, const auto& b) {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    };
    const double lengths =
        std::sqrt(product(vectors[0], vectors[0]) * product(vectors[i], vectors[i]));
    out.push_back(lengths > 0 ? product(vectors[0], vectors[i]) / lengths : 0);
  }
  return out;
}

Result<std::shared_ptr<MeaningIndex::Known>> MeaningIndex::index_of(const std::string& workspace_id,
                                                                    const VectorCount& count,
                                                                    std::size_t dimensions) {
  {
    const std::lock_guard lock(mutex_);
    const auto it = known_.find(workspace_id);
    if (it != known_.end() && it->second->stamp == count.stamp &&
        it->second->index.dimensions() == dimensions) {
      return it->second;
    }
  }
  auto fresh = std::make_shared<Known>(count.stamp, dimensions);
  // Vectors of another length are of a model that had the same name.
  TRY_VOID(each_vector(database_, workspace_id, embeddings_.model(),
                       [&](std::int64_t id, std::span<const std::int8_t> vector) {
                         const auto bytes = (fresh->index.size() + 1) * dimensions;
                         if (vector.size() != dimensions || bytes > kMostBytes) return;
                         fresh->index.add(vector);
                         fresh->passage_ids.push_back(id);
                       }));
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kKeptWorkspaces && !known_.contains(workspace_id))
    known_.erase(known_.begin());
  known_[workspace_id] = fresh;
  if (fresh->index.wants_graph()) {
    without_graph_.push_back(fresh);
    changed_.notify_one();
  }
  return fresh;
}

void MeaningIndex::work(std::stop_token stop) {
  while (!stop.stop_requested()) {
    std::shared_ptr<Known> next;
    std::string workspace_id;
    {
      std::unique_lock lock(mutex_);
      const auto any = [this] { return !without_graph_.empty() || !without_vectors_.empty(); };
      if (!changed_.wait(lock, stop, any)) return;
      if (!without_vectors_.empty()) {
        workspace_id = std::move(without_vectors_.extract(without_vectors_.begin()).value());
      } else {
        next = without_graph_.front().lock();
        without_graph_.pop_front();
      }
    }
    if (!workspace_id.empty()) {
      if (const auto done = embed(workspace_id, std::nullopt, stop); !done)
        log::warn("search.not_embedded", {{"message", done.error().message}});
    } else if (next) {
      next->index.build_graph(stop);
      log::info("search.graph_built",
                {{"vectors", next->index.size()}, {"dimensions", next->index.dimensions()}});
    }
  }
}

}  // namespace sextant::search
