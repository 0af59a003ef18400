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

// Where received files go. Neither: each becomes a source of its own.
struct Placement {
  std::optional<std::string> source_id;  // a new version of this source is made of them:
  bool append = false;                   // below the rows that it has, or instead of them
  bool combine = false;    // all files of one shape become one table, with their names as a column
  bool confirmed = false;  // published even when it breaks what reads the source
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
  // A source that is being changed already is a conflict.
  Result<std::vector<File>> accept(const catalog::Principal& who,
                                   const std::vector<ReceivedFile>& received,
                                   const Placement& placement = {});

  // What accept() would say of a file before its bytes are there.
  Result<> may_receive(const catalog::Principal& who, const std::string& filename,
                       std::int64_t size);

  // A file of the workspace with this content that did not fail.
  Result<std::optional<File>> find_by_content(const catalog::Principal& who,
                                              const std::string& sha256);

  Result<FilePage> list(const catalog::Principal& who, std::int64_t limit,
                        const std::optional<std::string>& cursor);
  Result<File> get(const catalog::Principal& who, const std::string& file_id);
  Result<SourceInfo> info(const catalog::Principal& who, const std::string& file_id);

  // Removes the file with its source, tables and model. A file that was added to a source is part
  // of its versions: conflict.
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

  // Starts jobs that make profiles of earlier versions of the program anew. Once, at the start.
  Result<> renew_profiles();

 private:
  Result<> check(const ReceivedFile& received) const;
  Result<> check_quota(const catalog::Principal& who, std::int64_t bytes);
  Result<StoredFile> keep(const catalog::Principal& who, const ReceivedFile& received);
  // Plans the version of a source that new files make; gives its number.
  Result<std::int64_t> plan_version(store::Transaction& tx, const catalog::Principal& who,
                                    const Placement& placement,
                                    const std::vector<StoredFile>& stored);
  Result<> start_again(store::Transaction& tx, const catalog::Principal& who,
                       const StoredFile& stored);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  events::EventLog& events_;
  jobs::JobRunner& jobs_;
  const Settings& settings_;
};

}  // namespace sextant::sources
