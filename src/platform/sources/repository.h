#pragma once
// Reads and writes of files, sources, versions and semantic models in the metadata store.
// Every function takes the Session it runs in, so that callers choose the transaction.
// Objects of another workspace are not_found.

#include <string>
#include <vector>

#include "platform/sources/records.h"
#include "platform/store/database.h"

namespace sextant::sources {

// What the store keeps of a file beyond what the API shows.
struct StoredFile {
  File file;
  std::string workspace_id;
  std::string sha256;
  std::string path;  // of the upload, relative to the workspace's folder
};

struct FilePage {
  std::vector<File> files;  // newest first
  std::int64_t total_count = 0;
  std::optional<std::string> next_cursor;
};

struct StuckFile {
  std::string file_id;
  std::string filename;
  std::string stage;
  std::string since;  // when its worker was last heard of
};
BOOST_DESCRIBE_STRUCT(StuckFile, (), (file_id, filename, stage, since))

// Files in work whose job is not running, or whose lease ran out.
Result<std::vector<StuckFile>> stuck_files(store::Session& session,
                                           const std::string& workspace_id);

Result<> insert_file(store::Session& session, const StoredFile& stored);
Result<StoredFile> get_file(store::Session& session, const std::string& workspace_id,
                            const std::string& file_id);
// The first file of the workspace with this content that did not fail.
Result<std::optional<StoredFile>> find_file_by_content(store::Session& session,
                                                       const std::string& workspace_id,
                                                       const std::string& sha256);
Result<FilePage> list_files(store::Session& session, const std::string& workspace_id,
                            std::int64_t limit, const std::optional<std::string>& cursor);
Result<> update_progress(store::Session& session, const std::string& file_id,
                         const FileProgress& progress);
Result<> set_status(store::Session& session, const std::string& file_id, FileStatus status,
                    const std::optional<FileError>& error);
Result<> set_file_model(store::Session& session, const std::string& file_id,
                        const std::string& model_id);
// The bounded preview that data-source-info shows.
Result<> set_extracted_data(store::Session& session, const std::string& file_id,
                            const json::Object& preview);
Result<json::Object> get_extracted_data(store::Session& session, const std::string& file_id);
Result<> delete_file(store::Session& session, const std::string& file_id);
// Bytes of all uploads of the workspace.
Result<std::int64_t> uploaded_bytes(store::Session& session, const std::string& workspace_id);
// All files of one source, the first one first.
Result<std::vector<StoredFile>> files_of_source(store::Session& session,
                                                const std::string& workspace_id,
                                                const std::string& source_id);
// Files of the workspace that use this upload.
Result<std::int64_t> count_uses(store::Session& session, const std::string& workspace_id,
                                const std::string& sha256);

Result<std::vector<Source>> list_sources(store::Session& session, const std::string& workspace_id);
Result<std::optional<Source>> find_source(store::Session& session, const std::string& workspace_id,
                                          const std::string& source_id);
// (source id, current version) of every source that can be queried, ordered by id.
Result<std::vector<std::pair<std::string, std::int64_t>>> current_versions(
    store::Session& session, const std::string& workspace_id);
Result<catalog::SourceVersion> get_source_version(store::Session& session,
                                                  const std::string& workspace_id,
                                                  const std::string& source_id,
                                                  std::int64_t version);
// Names of all tables of the workspace, but for those of one source.
Result<std::vector<std::string>> taken_table_names(store::Session& session,
                                                   const std::string& workspace_id,
                                                   const std::string& except_source_id);

struct NewVersion {
  catalog::SourceVersion version;
  std::string workspace_id;
  std::string user_id;
  std::string source_type;
  std::string data_type;
  catalog::LoadReport load_report;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  Recipe recipe = {};
  std::vector<catalog::StepReport> steps = {};
  Difference difference = {};
  std::string note = {};
};
// Keeps what was made of a version; not yet current.
Result<> stage_version(store::Session& session, const NewVersion& fresh);
// Adds the version and makes it the source's current one; the source is made when it is new.
Result<> publish_version(store::Session& session, const NewVersion& fresh);

// What the store keeps of a version, in whatever state.
struct StoredVersion {
  VersionHead head;
  Recipe recipe;
  catalog::SourceVersion version;
  catalog::LoadReport load_report;
  std::vector<catalog::StepReport> steps;
  bool modelled = false;
};

struct PlannedVersion {
  std::string source_id;
  std::int64_t version = 1;
  Recipe recipe;
  std::string note;
  std::string user_id;
};
// A version that is to be made by a job.
Result<> insert_planned_version(store::Session& session, const PlannedVersion& planned);
// The number of the next version; conflict while another one is being made or waits for a yes.
Result<std::int64_t> next_version(store::Session& session, const std::string& source_id);
Result<std::optional<StoredVersion>> find_version(store::Session& session,
                                                  const std::string& workspace_id,
                                                  const std::string& source_id,
                                                  std::int64_t version);
// Newest first, in every state.
Result<std::vector<VersionHead>> list_version_heads(store::Session& session,
                                                    const std::string& source_id);
Result<> set_version_status(store::Session& session, const std::string& source_id,
                            std::int64_t version, VersionStatus status,
                            const std::optional<FileError>& error);
// Makes a published version the current one, to be modelled again.
Result<> use_version(store::Session& session, const std::string& source_id, std::int64_t version);
Result<> set_modelled(store::Session& session, const std::string& source_id, std::int64_t version);
Result<> delete_version(store::Session& session, const std::string& source_id,
                        std::int64_t version);

// The published ones, newest first.
Result<std::vector<Version>> list_versions(store::Session& session, const std::string& source_id);
// Empty until the version was profiled.
Result<std::vector<catalog::TableProfile>> get_profiles(store::Session& session,
                                                        const std::string& source_id,
                                                        std::int64_t version);
// `sentence`: what the source is as a whole, for lists. Takes the place of what was there.
Result<> save_profiles(store::Session& session, const std::string& source_id, std::int64_t version,
                       const std::vector<catalog::TableProfile>& profiles,
                       const std::string& sentence);
// (workspace id, source id) of the sources whose profile in use an earlier version of the program
// made: without quality, or of many rows without word of whether quantiles are exact.
Result<std::vector<std::pair<std::string, std::string>>> outdated_profiles(store::Session& session);
Result<> save_suggested_questions(store::Session& session, const std::string& source_id,
                                  std::int64_t version, const std::vector<std::string>& questions);

Result<> set_features(store::Session& session, const std::string& source_id,
                      const FeatureStates& features);
Result<> delete_source(store::Session& session, const std::string& source_id);

// The model of one source; makes it, or writes its next version and keeps the old one as history.
Result<std::string> save_model(store::Session& session, const std::string& workspace_id,
                               const std::string& source_id, const std::string& name,
                               const catalog::SemanticModel& model);
// Writes the next version of every model of the workspace that has one of the joins, without it.
// Joins that people added stay.
Result<> drop_joins(store::Session& session, const std::string& workspace_id,
                    const std::vector<catalog::ModelJoin>& joins);
// The same for the joins to the tables of a source, which goes.
Result<> drop_joins_to(store::Session& session, const std::string& workspace_id,
                       const std::string& source_id);
// With its own edits applied.
Result<std::optional<Model>> get_model(store::Session& session, const std::string& source_id);

// As it was made from the data, and what people changed in it.
struct StoredModel {
  std::string source_id;
  Model model;
  catalog::ModelEdits edits;
  std::string created_at;
  std::string updated_at;
};
// Models of all sources of the workspace, in the order of their sources' ids.
Result<std::vector<StoredModel>> list_models(store::Session& session,
                                             const std::string& workspace_id);
// Keeps a version of a model, as it was in force. Without a user: made by the program.
Result<> add_model_history(store::Session& session, const Model& model,
                           const catalog::ModelEdits& edits, const std::string& note,
                           const std::optional<std::string>& user_id);

// (source id, version of its model) of every model of the workspace, ordered by id.
using ModelVersions = std::vector<std::pair<std::string, std::int64_t>>;
Result<ModelVersions> list_model_versions(store::Session& session, const std::string& workspace_id);

}  // namespace sextant::sources
