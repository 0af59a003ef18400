#include "platform/operations/housekeeping.h"

#include <chrono>
#include <filesystem>

#include "base/log.h"
#include "base/time.h"

namespace sextant::operations {
namespace fs = std::filesystem;
namespace {

using std::chrono::days;

constexpr days kKeepEvents{7};
constexpr days kKeepJobs{7};
constexpr days kKeepRuns{90};
constexpr days kKeepTrash{30};
// Whole results on disk; a page that needs one again has it made again.
constexpr std::chrono::hours kKeepResults{24};
// Younger uploads may belong to a request that is about to write its row.
constexpr std::chrono::hours kOrphanAge{24};

}  // namespace

Result<> Housekeeping::schedule(jobs::JobRunner& jobs) {
  TRY(auto queued,
      database_.first(
          "SELECT id FROM jobs WHERE kind = $1 AND status IN ('queued', 'running') LIMIT 1",
          {kHousekeepingJob}));
  if (queued) return {};
  jobs::NewJob job;
  job.kind = kHousekeepingJob;
  job.run_after = now() + std::chrono::minutes(10);
  TRY_VOID(jobs.enqueue(job));
  return {};
}

Result<> Housekeeping::run(jobs::JobRunner& jobs) {
  TRY(const auto events, events_.prune(now() - kKeepEvents));
  TRY(const auto ended,
      database_.execute("DELETE FROM jobs WHERE status IN ('done', 'cancelled', 'failed') "
                        "AND updated_at < $1",
                        {now() - kKeepJobs}));
  TRY(const auto runs,
      database_.execute("DELETE FROM queries WHERE name IS NULL AND created_at < $1",
                        {now() - kKeepRuns}));
  TRY(const auto trash,
      database_.execute("DELETE FROM queries WHERE name IS NOT NULL AND deleted_at < $1",
                        {now() - kKeepTrash}));
  TRY(const auto uploads, remove_orphaned_uploads());
  TRY(const auto results, remove_old_results());
  log::info("housekeeping.done", {{"events", events},
                                  {"jobs", ended},
                                  {"runs", runs},
                                  {"trash", trash},
                                  {"uploads", uploads},
                                  {"results", results}});

  jobs::NewJob next;
  next.kind = kHousekeepingJob;
  next.run_after = now() + days(1);
  TRY_VOID(jobs.enqueue(next));
  return {};
}

Result<std::int64_t> Housekeeping::remove_orphaned_uploads() {
  TRY(auto workspaces, database_.query("SELECT id FROM workspaces"));
  std::int64_t removed = 0;
  for (const auto& row : workspaces) {
    const std::string workspace = row.text("id");
    std::error_code ec;
    for (fs::directory_iterator it(files_.folder(workspace) / "uploads", ec), end; !ec && it != end;
         it.increment(ec)) {
      const std::string sha256 = it->path().filename().string();
      std::error_code age_error;
      const auto written = fs::last_write_time(it->path(), age_error);
      if (age_error || fs::file_time_type::clock::now() - written < kOrphanAge) continue;
      TRY(auto used,
          database_.first(
              "SELECT id FROM uploaded_files WHERE workspace_id = $1 AND sha256 = $2 LIMIT 1",
              {workspace, sha256}));
      if (used) continue;
      TRY_VOID(files_.remove(workspace, blobs::WorkspaceFiles::upload_path(sha256)));
      ++removed;
    }
  }
  return removed;
}

Result<std::int64_t> Housekeeping::remove_old_results() {
  TRY(auto workspaces, database_.query("SELECT id FROM workspaces"));
  std::int64_t removed = 0;
  for (const auto& row : workspaces) {
    std::error_code ec;
    for (fs::directory_iterator it(files_.folder(row.text("id")) / "results", ec), end;
         !ec && it != end; it.increment(ec)) {
      std::error_code age_error;
      const auto written = fs::last_write_time(it->path(), age_error);
      if (age_error || fs::file_time_type::clock::now() - written < kKeepResults) continue;
      TRY_VOID(files_.remove(row.text("id"), "results/" + it->path().filename().string()));
      ++removed;
    }
  }
  return removed;
}

}  // namespace sextant::operations
