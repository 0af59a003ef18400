#pragma once
// Semantic models as people see and edit them. The model that is made from the data and what people
// changed in it are kept apart; what is shown and asked with is both together. Thread-safe;
// `change` and `restore` block while a worker checks them on the data.

#include <stop_token>
#include <string>
#include <vector>

#include "base/settings.h"
#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
#include "platform/events/event_log.h"
#include "platform/models/model_patch.h"
#include "platform/sources/repository.h"
#include "platform/sources/workspace_data.h"
#include "platform/workers/pool.h"

namespace sextant::models {

// A model with the edits applied. `joins` are all that touch its tables, `metrics` those of its
// tables.
struct ModelDetail {
  std::string id;
  std::string name;
  std::optional<std::string> description;
  std::string source_id;
  std::string source_name;
  catalog::SemanticModel schema_definition;
  std::int64_t version = 1;
  bool edited = false;  // by a person
  std::string created_at;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(ModelDetail, (),
                      (id, name, description, source_id, source_name, schema_definition, version,
                       edited, created_at, updated_at))

struct ModelVersion {
  std::int64_t version = 1;
  std::string name;
  std::optional<std::string> description;
  std::string note;                 // what was changed, in words
  std::optional<std::string> user;  // full name; none: the program
  std::string created_at;
  catalog::SemanticModel schema_definition;
};
BOOST_DESCRIBE_STRUCT(ModelVersion, (),
                      (version, name, description, note, user, created_at, schema_definition))

struct ModelPatch {
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<SchemaPatch> schema_definition;
  std::optional<std::int64_t> version;  // of the model that was edited; another one is a conflict
};

class ModelService {
 public:
  ModelService(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
               sources::WorkspaceData& data, events::EventLog& events, const Settings& settings);

  Result<std::vector<ModelDetail>> list(const catalog::Principal& who);
  Result<ModelDetail> get(const catalog::Principal& who, const std::string& model_id);

  // Errors: invalid_fields with the path of each member that does not hold on the data; conflict
  // when the model was changed meanwhile.
  Result<ModelDetail> change(const catalog::Principal& who, const std::string& model_id,
                             const ModelPatch& patch, std::stop_token stop);

  // Newest first, at most 100.
  Result<std::vector<ModelVersion>> history(const catalog::Principal& who,
                                            const std::string& model_id);

  // Makes the edits, name and description of an earlier version those of a new one.
  Result<ModelDetail> restore(const catalog::Principal& who, const std::string& model_id,
                              std::int64_t version, std::stop_token stop);

 private:
  struct Workspace;
  struct Commit;

  Result<Workspace> load(const catalog::Principal& who);
  // Checks metrics and joins of the change on the data, and puts them into its edits.
  Result<> check(const Workspace& workspace, Change& change, std::stop_token stop);
  Result<> commit(const catalog::Principal& who, const Commit& commit);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  sources::WorkspaceData& data_;
  events::EventLog& events_;
  const Settings& settings_;
};

}  // namespace sextant::models
