#pragma once
// The way of an uploaded file to a usable source, as a durable job:
//
//   received → decoded → loaded → published → profiled → modelled
//
// The same job makes a later version of a source: from new files, or from kept uploads under
// another plan. What such a version would break is found before it is published; it then waits for
// a yes (staged). When it can not be made, the version in use stays and the new one is failed.
//
// Each stage looks at what is there before it works, so a job that was cut anywhere (server or
// worker killed) goes on from the last finished stage, and a manual sync is the same code. A
// version becomes visible in one transaction after its file is complete and synced; until then
// nothing refers to it. Thread-safe: jobs of different files run at the same time.

#include <memory>
#include <stop_token>
#include <string>

#include "base/settings.h"
#include "platform/blobs/workspace_files.h"
#include "platform/events/event_log.h"
#include "platform/jobs/job_runner.h"
#include "platform/search/search_service.h"
#include "platform/sources/records.h"
#include "platform/sources/repository.h"
#include "platform/sources/workspace_data.h"
#include "platform/store/database.h"
#include "platform/workers/pool.h"

namespace sextant::sources {

// The job kind and its payload.
inline constexpr const char* kIngestJob = "ingest";
struct IngestPayload {
  std::string workspace_id;
  std::string file_id;
  bool synchronise = false;                  // asked for by hand: also what the settings leave out
  std::optional<std::int64_t> version = {};  // to be made by its recipe; none: the current one
  bool confirmed = false;                    // published whatever it breaks
  bool preview = false;                      // kept staged, to be looked at, whatever it is
};
BOOST_DESCRIBE_STRUCT(IngestPayload, (),
                      (workspace_id, file_id, synchronise, version, confirmed, preview))

class Ingest {
 public:
  // Progress that is not worth a row in the log goes to `broadcast` (workspace, event with seq 0).
  using Broadcast = std::function<void(const std::string&, const catalog::Event&)>;

  Ingest(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
         WorkspaceData& data, search::SearchService& search, events::EventLog& events,
         const Settings& settings, Broadcast broadcast);

  // The handler of kIngestJob. An error is kept with the file and shown to its owner.
  Result<> run(jobs::JobContext& job);

  // For a job whose every attempt was cut off: its file is failed.
  void gave_up(const jobs::Job& job, const Error& error);

  // Adds the job for a file; in the caller's transaction.
  static Result<> enqueue(store::Transaction& tx, jobs::JobRunner& jobs,
                          const IngestPayload& payload);

 private:
  struct Work;

  Result<> find_work(Work& work);
  // The state of the file, and of those that are read together with it.
  Result<> mark_files(store::Session& session, const Work& work, FileStatus status,
                      const std::optional<FileError>& error);
  Result<> publish(Work& work);
  Result<> load(Work& work, const Recipe& recipe, NewVersion& fresh);
  Result<> keep_staged(Work& work, const NewVersion& fresh);
  Result<> index(Work& work);
  Result<> profile(Work& work);
  Result<> model(Work& work);
  // False, and nothing written, when the workspace's models are not those that were known.
  Result<bool> save_model_of(Work& work, const wire::ModelReply& reply, const ModelVersions& known);
  Result<> finish(Work& work);
  Result<> keep_preview(Work& work);
  Result<> mark_features(const Work& work, store::Session& session);
  void report(Work& work, const wire::Progress& progress);
  void failed(Work& work, const Error& error);
  Result<> notify(store::Transaction& tx, const Work& work, const char* type, std::string title,
                  std::string message);
  Result<> announce(store::Transaction& tx, const Work& work, const char* type, json::Value data);

  store::Database& database_;
  const blobs::WorkspaceFiles& files_;
  workers::Pool& pool_;
  WorkspaceData& data_;
  search::SearchService& search_;
  events::EventLog& events_;
  const Settings& settings_;
  Broadcast broadcast_;
};

}  // namespace sextant::sources
