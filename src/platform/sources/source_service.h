#pragma once
// Files and data sources: receiving, reading, publishing, describing, removing.
//
// An upload becomes a file row, a kept upload and a durable job, all before it is acknowledged. The
// job (ingest.h) loads it in a sandboxed worker, publishes an immutable version, profiles and
// models it. Nothing that was acknowledged is lost by a crash: the job goes on where it was.
// Thread-safe.

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/settings.h"
#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
#include "platform/events/event_log.h"
#include "platform/jobs/job_runner.h"
#include "platform/sources/ingest.h"
#include "platform/sources/records.h"
#include "platform/sources/repository.h"
#include "platform/store/database.h"

namespace sextant::sources {

// A file received by the transport, ready to be taken over.
struct ReceivedFile {
  std::string filename;
  std::filesystem::path path;
  std::int64_t size = 0;
  std::string sha256;
};

// What GET …/data-source-info tells.
struct SourceInfo {
  File file;
  boost::json::object extracted_data;  // bounded preview: row and column counts, first rows
  std::optional<Source> source;        // none until the first version is published
  std::optional<Model> model;
  std::vector<Version> versions;  // newest first
};

struct SyncState {
  std::string source_id;
  FeatureStates features;
  bool up_to_date = false;
};
BOOST_DESCRIBE_STRUCT(SyncState, (), (source_id, features, up_to_date))

class SourceService {
 public:
  SourceService(store::Database& database, const blobs::WorkspaceFiles& files,
                events::EventLog& events, jobs::JobRunner& jobs, const Settings& settings);

  // Takes over received files. All are checked before any is taken: a wrong extension is
  // unsupported_type, an empty file unreadable_file; then none of them is kept.
  Result<std::vector<File>> accept(const catalog::Principal& who,
                                   const std::vector<ReceivedFile>& received);

  // A file of the workspace with this content that did not fail.
  Result<std::optional<File>> find_by_content(const catalog::Principal& who,
                                              const std::string& sha256);

  Result<FilePage> list(const catalog::Principal& who, std::int64_t limit,
                        const std::optional<std::string>& cursor);
  Result<File> get(const catalog::Principal& who, const std::string& file_id);
  Result<SourceInfo> info(const catalog::Principal& who, const std::string& file_id);

  // Removes the file with its source, tables and model.
  Result<> remove(const catalog::Principal& who, const std::string& file_id);

  // Reads a failed file again from the kept upload; conflict when it did not fail.
  Result<File> retry(const catalog::Principal& who, const std::string& file_id);

  Result<std::vector<StuckFile>> stuck(const catalog::Principal& who);
  Result<std::vector<StuckFile>> reset_stuck(const catalog::Principal& who);

  Result<std::vector<Source>> sources(const catalog::Principal& who,
                                      const std::optional<std::string>& feature);

  // Brings every projection of one source, or of all, up to the current version. Projections that
  // are missing are computed by jobs; `up_to_date` tells which sources have nothing left to do.
  Result<std::vector<SyncState>> sync(const catalog::Principal& who,
                                      const std::optional<std::string>& source_id,
                                      const std::optional<std::string>& feature);

 private:
  Result<> check(const ReceivedFile& received) const;

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  events::EventLog& events_;
  jobs::JobRunner& jobs_;
  const Settings& settings_;
};

}  // namespace sextant::sources
