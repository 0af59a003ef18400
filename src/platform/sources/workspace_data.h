#pragma once
// A workspace's data as values: the catalog that its queries see and the semantic model over it.
// Published versions never change, so they are cached by (source, version). Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "catalog/model_edits.h"
#include "catalog/semantic_model.h"
#include "catalog/source.h"
#include "platform/store/database.h"

namespace sextant::sources {

class WorkspaceData {
 public:
  explicit WorkspaceData(store::Database& database) : database_(database) {}

  // The current snapshot. With `only`, restricted to these sources; an unknown one is not_found.
  Result<catalog::Catalog> catalog(const std::string& workspace_id,
                                   const std::vector<std::string>& only = {});

  // The merged model of the catalog's sources as made from the data; joins to sources outside it
  // are left out. What people changed in it is beside it.
  struct Meaning {
    catalog::SemanticModel model;
    catalog::ModelEdits edits;
  };
  Result<Meaning> meaning(const catalog::Catalog& catalog);

  // Both together: the model as people see it.
  Result<catalog::SemanticModel> model(const catalog::Catalog& catalog);

 private:
  using Key = std::pair<std::string, std::int64_t>;

  store::Database& database_;
  std::mutex mutex_;  // guards versions_
  std::map<Key, std::shared_ptr<const catalog::SourceVersion>> versions_;
};

}  // namespace sextant::sources
