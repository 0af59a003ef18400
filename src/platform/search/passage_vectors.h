#pragma once
// What passages mean, as vectors in the metadata store. Every function takes the Session it runs
// in.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "platform/search/passage_store.h"

namespace sextant::search {

struct PassageText {
  std::int64_t id = 0;
  std::string text;  // with the headings above it
};

// Passages in use, of one source or of all, that have no vector of the model yet, at most `limit`.
Result<std::vector<PassageText>> passages_without_vector(
    store::Session& session, const std::string& workspace_id,
    const std::optional<std::string>& source_id, const std::string& model, std::int64_t limit);
Result<> insert_vector(store::Session& session, std::int64_t passage_id, const std::string& model,
                       std::span<const std::int8_t> vector);

struct VectorCount {
  std::int64_t vectors = 0;   // of the model, of passages in use
  std::int64_t passages = 0;  // in use in the workspace
  std::string stamp;          // changes when the vectors do
};
Result<VectorCount> count_vectors(store::Session& session, const std::string& workspace_id,
                                  const std::string& model);

// Calls `visit` with passage and vector, in the order of the ids; read in parts.
Result<> each_vector(store::Session& session, const std::string& workspace_id,
                     const std::string& model,
                     const std::function<void(std::int64_t, std::span<const std::int8_t>)>& visit);

}  // namespace sextant::search
