#pragma once
// Versions of a source: how it was read, reading it otherwise, taking back and giving up.
//
// Every change makes a new version by a job, from the kept uploads; nothing that is in use is ever
// changed. A source has at most one version that is being made or waits for a yes: a second change
// is a conflict meanwhile. Thread-safe.

#include <string>
#include <vector>

#include "catalog/principal.h"
#include "platform/blobs/workspace_files.h"
#include "platform/events/event_log.h"
#include "platform/jobs/job_runner.h"
#include "platform/sources/records.h"
#include "platform/sources/repository.h"
#include "platform/store/database.h"

namespace sextant::sources {

// How a version was made.
struct Plan {
  std::int64_t version = 1;
  catalog::LoadPlan plan;  // what people decided; the rest is found
  std::vector<catalog::Step> steps;
  std::vector<catalog::StepReport> step_reports;
  std::vector<RecipeFile> files;
  bool file_name_column = false;
  catalog::LoadReport report;  // what was found and decided
};

class VersionService {
 public:
  VersionService(store::Database& database, const blobs::WorkspaceFiles& files,
                 events::EventLog& events, jobs::JobRunner& jobs);

  // Newest first, in every state.
  Result<std::vector<VersionHead>> list(const catalog::Principal& who,
                                        const std::string& source_id);
  // Of one version; none: the one in use.
  Result<Plan> plan(const catalog::Principal& who, const std::string& source_id,
                    std::optional<std::int64_t> version);

  // The version in use, read again under another plan, or with other steps after it. `confirmed`:
  // published even when it breaks what reads the source. `preview`: it waits as staged, whatever it
  // changes.
  Result<VersionHead> change_plan(const catalog::Principal& who, const std::string& source_id,
                                  const catalog::LoadPlan& plan, bool confirmed);
  Result<VersionHead> change_steps(const catalog::Principal& who, const std::string& source_id,
                                   const std::vector<catalog::Step>& steps, bool preview);

  // A staged version is published; conflict when it is not staged.
  Result<VersionHead> publish(const catalog::Principal& who, const std::string& source_id,
                              std::int64_t version);
  // An earlier version is in use again.
  Result<VersionHead> restore(const catalog::Principal& who, const std::string& source_id,
                              std::int64_t version);
  // Removes a version that is not in use, with its data; not one that is being made.
  Result<> discard(const catalog::Principal& who, const std::string& source_id,
                   std::int64_t version);

 private:
  // What becomes of a version that was made.
  enum class Fate { asks, published, previewed };  // asks: when it breaks what reads the source
  Result<StoredVersion> find(store::Session& session, const catalog::Principal& who,
                             const std::string& source_id, std::optional<std::int64_t> version);
  Result<VersionHead> make(const catalog::Principal& who, const std::string& source_id,
                           Recipe recipe, std::string note, Fate fate);
  Result<VersionHead> use(const catalog::Principal& who, const std::string& source_id,
                          std::int64_t version, VersionStatus needed);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  events::EventLog& events_;
  jobs::JobRunner& jobs_;
};

}  // namespace sextant::sources
