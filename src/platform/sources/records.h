#pragma once
// What the metadata store remembers of files and sources, and the shapes that the API gives of
// them.

#include <boost/describe.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/load.h"
#include "catalog/load_plan.h"
#include "catalog/model_edits.h"
#include "catalog/profile.h"
#include "catalog/semantic_model.h"
#include "catalog/source.h"
#include "catalog/step.h"

namespace sextant::sources {

enum class FileStatus { pending, processing, completed, failed };
BOOST_DESCRIBE_ENUM(FileStatus, pending, processing, completed, failed)

// How far a file is. Stages in order: received, decoded, loaded, published, profiled, modelled.
struct FileProgress {
  std::string stage;
  std::int64_t bytes = 0;  // of the upload that have been read
  std::int64_t rows = 0;   // loaded so far
  double fraction = 0;     // of the whole way, 0 … 1
};
BOOST_DESCRIBE_STRUCT(FileProgress, (), (stage, bytes, rows, fraction))

// Why a file failed, in the one error shape.
struct FileError {
  std::string code;
  std::string message;
  std::string hint;
  boost::json::object detail;
};
BOOST_DESCRIBE_STRUCT(FileError, (), (code, message, hint, detail))

struct File {
  std::string id;
  std::string filename;
  std::string original_filename;
  std::string file_type;  // extension without the dot
  std::int64_t file_size = 0;
  FileStatus processing_status = FileStatus::pending;
  FileProgress progress;
  std::optional<FileError> error;
  std::string source_id;
  std::optional<std::string> semantic_model_id;
  boost::json::object file_metadata;
  std::string user_id;
  std::string created_at;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(File, (),
                      (id, filename, original_filename, file_type, file_size, processing_status,
                       progress, error, source_id, semantic_model_id, file_metadata, user_id,
                       created_at, updated_at))

// How far one feature knows of a source.
struct FeatureState {
  bool enabled = true;
  std::int64_t version = 0;  // of the source that the feature is up to date with; 0: none yet
  std::optional<std::string> last_sync;
};
BOOST_DESCRIBE_STRUCT(FeatureState, (), (enabled, version, last_sync))

using FeatureStates = std::map<std::string, FeatureState>;  // by the names in catalog::kFeatures

struct SourceSchema {
  std::vector<catalog::Table> tables;
};
BOOST_DESCRIBE_STRUCT(SourceSchema, (), (tables))

struct Source {
  std::string source_id;
  std::string source_name;
  std::string source_type;  // uploaded_file, document, appended, connection
  std::string data_type;    // tabular, document, mixed
  SourceSchema schema;
  std::optional<std::string> semantic_model_id;
  std::string status;  // available
  FeatureStates feature_integrations;
  std::int64_t version = 1;
  std::int64_t rows = 0;
  std::string sentence;  // one sentence on what it is; "" until it was profiled
  std::vector<std::string> suggested_questions;
  std::string created_at;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(Source, (),
                      (source_id, source_name, source_type, data_type, schema, semantic_model_id,
                       status, feature_integrations, version, rows, sentence, suggested_questions,
                       created_at, updated_at))

// A file that a version was made from.
struct RecipeFile {
  std::string file_id;
  std::string filename;
  std::string path;  // of the kept upload, relative to the workspace's folder
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(RecipeFile, (), (file_id, filename, path, bytes))

// All that it takes to make a version from kept uploads again.
struct Recipe {
  std::vector<RecipeFile> files;  // their rows stand below each other
  bool file_name_column = false;  // each row tells the file that it comes from
  catalog::LoadPlan plan;
  std::vector<catalog::Step> steps;
};
BOOST_DESCRIBE_STRUCT(Recipe, (), (files, file_name_column, plan, steps))

enum class ChangeKind {
  table_added,
  table_removed,
  column_added,
  column_removed,
  type_widened,   // every old value fits the new type: BIGINT → DECIMAL, DATE → TIMESTAMP
  type_narrowed,  // VARCHAR → BIGINT, TIMESTAMP → DATE
  type_changed    // the types have nothing to do with each other, or queries would read otherwise
};
BOOST_DESCRIBE_ENUM(ChangeKind, table_added, table_removed, column_added, column_removed,
                    type_widened, type_narrowed, type_changed)

struct SchemaChange {
  ChangeKind kind = ChangeKind::column_added;
  std::string table;
  std::optional<std::string> column;
  std::optional<std::string> before;  // types
  std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(SchemaChange, (), (kind, table, column, before, after))

// A version beside the one that was in use when it was made.
struct Difference {
  std::vector<SchemaChange> changes;
  std::int64_t rows_before = 0;
  std::int64_t rows_after = 0;
  bool breaking = false;  // queries and dashboards on what was there may fail or read otherwise
};
BOOST_DESCRIBE_STRUCT(Difference, (), (changes, rows_before, rows_after, breaking))

// loading: being made; staged: made, waits for a yes since it breaks something; failed: could not
// be made, the version in use stays.
enum class VersionStatus { loading, staged, published, failed };
BOOST_DESCRIBE_ENUM(VersionStatus, loading, staged, published, failed)

// A version in the list of a source's versions.
struct VersionHead {
  std::int64_t version = 1;
  VersionStatus status = VersionStatus::published;
  bool in_use = false;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;  // of the DuckDB file
  std::string note;        // what was done: "Read again with another plan"
  std::optional<std::string> user_id;
  std::string created_at;
  std::vector<std::string> files;  // their names
  Difference difference;
  std::optional<FileError> error;
};
BOOST_DESCRIBE_STRUCT(VersionHead, (),
                      (version, status, in_use, rows, bytes, note, user_id, created_at, files,
                       difference, error))

// One published version with all that was found out about it.
struct Version {
  std::int64_t version = 1;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;  // of the DuckDB file
  std::string created_at;
  catalog::LoadReport load_report;
  std::vector<catalog::TableProfile> profiles;  // empty until it was profiled
};
BOOST_DESCRIBE_STRUCT(Version, (), (version, rows, bytes, created_at, load_report, profiles))

struct Model {
  std::string id;
  std::string name;
  std::optional<std::string> description;
  catalog::SemanticModel schema_definition;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Model, (), (id, name, description, schema_definition, version))

}  // namespace sextant::sources
