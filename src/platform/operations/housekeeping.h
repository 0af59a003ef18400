#pragma once
// The daily tidying: what nobody needs any more leaves the store and the disk. A durable job that
// puts itself off to the next day; safe to run at any time, on any server.

#include "platform/blobs/workspace_files.h"
#include "platform/events/event_log.h"
#include "platform/jobs/job_runner.h"
#include "platform/store/database.h"

namespace sextant::operations {

inline constexpr const char* kHousekeepingJob = "housekeeping";

class Housekeeping {
 public:
  Housekeeping(store::Database& database, events::EventLog& events,
               const blobs::WorkspaceFiles& files)
      : database_(database), events_(events), files_(files) {}

  // Queues the job unless it is queued already.
  Result<> schedule(jobs::JobRunner& jobs);

  // Removes events and ended jobs of more than a week, single query runs of more than ninety days,
  // saved queries that are in the trash for more than thirty, results on disk of more than a day,
  // and uploads that no file refers to (an upload whose acknowledgement was cut off).
  Result<> run(jobs::JobRunner& jobs);

 private:
  Result<std::int64_t> remove_orphaned_uploads();
  Result<std::int64_t> remove_old_results();

  store::Database& database_;
  events::EventLog& events_;
  const blobs::WorkspaceFiles& files_;
};

}  // namespace sextant::operations
