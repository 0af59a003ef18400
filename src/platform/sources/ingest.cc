#include "platform/sources/ingest.h"

#include <algorithm>

#include "base/log.h"
#include "platform/events/notice.h"
#include "platform/sources/ingest_work.h"

namespace sextant::sources {
namespace {

constexpr auto kProgressInterval = std::chrono::milliseconds(200);

FileError to_file_error(const Error& error) {
  return {std::string(to_string(error.code)), error.message, error.hint, error.detail};
}

}  // namespace

StageSpan span_of(std::string_view stage) {
  if (stage == "received") return {0.0, 0.02};
  if (stage == "decoded") return {0.02, 0.15};
  if (stage == "loaded") return {0.15, 0.7};
  if (stage == "published") return {0.7, 0.72};
  if (stage == "profiled") return {0.72, 0.92};
  return {0.92, 1.0};  // modelled
}

Ingest::Ingest(store::Database& database, const blobs::WorkspaceFiles& files, workers::Pool& pool,
               WorkspaceData& data, search::SearchService& search, events::EventLog& events,
               const Settings& settings, Broadcast broadcast)
    : database_(database),
      files_(files),
      pool_(pool),
      data_(data),
      search_(search),
      events_(events),
      settings_(settings),
      broadcast_(std::move(broadcast)) {}

Result<> Ingest::enqueue(store::Transaction& tx, jobs::JobRunner& jobs,
                         const IngestPayload& payload) {
  jobs::NewJob job;
  job.kind = kIngestJob;
  job.workspace_id = payload.workspace_id;
  job.subject = payload.file_id;
  job.payload = json::to_value(payload);
  TRY_VOID(jobs.enqueue(tx, job));
  return {};
}

void Ingest::gave_up(const jobs::Job& job, const Error& error) {
  const auto stored = [&]() -> Result<> {
    TRY(const auto payload,
        json::from_value<IngestPayload>(job.payload, json::Missing::use_default));
    TRY(const auto file, get_file(database_, payload.workspace_id, payload.file_id));
    if (payload.version) {
      TRY_VOID(set_version_status(database_, file.file.source_id, *payload.version,
                                  VersionStatus::failed, to_file_error(error)));
      if (payload.file_id == file.file.source_id) return {};
    }
    return set_status(database_, job.subject, FileStatus::failed, to_file_error(error));
  }();
  if (!stored)
    log::error("file.failed", {{"file_id", job.subject}, {"not_stored", stored.error().message}});
}

Result<> Ingest::run(jobs::JobContext& job) {
  TRY(auto payload, json::from_value<IngestPayload>(job.payload(), json::Missing::use_default));
  auto stored = get_file(database_, payload.workspace_id, payload.file_id);
  if (!stored) {
    // Deleted meanwhile: nothing is left to do.
    if (stored.error().code == ErrorCode::not_found) return {};
    return fail(std::move(stored).error());
  }
  Work work{job, std::move(payload), std::move(*stored), {}, {}, {}, {}};
  work.workspace = {work.payload.workspace_id, files_.folder(work.payload.workspace_id)};
  work.progress = work.stored.file.progress;
  work.options.timeout = std::chrono::seconds(settings_.load_timeout_seconds);
  work.options.stop = job.stop_token();
  work.options.lane = workers::Lane::background;
  work.options.on_progress = [this, &work](const wire::Progress& p) { report(work, p); };
  if (work.of_file()) TRY_VOID(mark_files(database_, work, FileStatus::processing, std::nullopt));

  for (auto stage : {&Ingest::find_work, &Ingest::publish, &Ingest::index, &Ingest::profile,
                     &Ingest::model, &Ingest::finish}) {
    if (work.staged) break;
    if (auto done = (this->*stage)(work); !done) {
      // A run that was stopped from outside (shutdown, lost lease) goes on later, with nothing to
      // tell.
      if (!job.stop_token().stop_requested() && !job.will_retry(done.error()))
        failed(work, done.error());
      return done;
    }
  }
  return {};
}

Result<> Ingest::mark_files(store::Session& session, const Work& work, FileStatus status,
                            const std::optional<FileError>& error) {
  TRY(const auto files,
      files_of_source(session, work.payload.workspace_id, work.stored.file.source_id));
  for (const auto& one : files) {
    if (one.file.processing_status == FileStatus::completed && one.file.id != work.stored.file.id)
      continue;
    TRY_VOID(set_status(session, one.file.id, status, error));
    if (status == FileStatus::completed)
      TRY_VOID(update_progress(session, one.file.id, work.progress));
  }
  return {};
}

// Which version the job is about.
Result<> Ingest::find_work(Work& work) {
  TRY(const auto source,
      find_source(database_, work.payload.workspace_id, work.stored.file.source_id));
  work.first = !source;
  if (work.payload.version)
    work.version = *work.payload.version;
  else if (source)
    work.version = source->version;
  return {};
}

void Ingest::report(Work& work, const wire::Progress& progress) {
  const auto moment = std::chrono::steady_clock::now();
  const bool same_stage = progress.stage == work.progress.stage;
  if (same_stage && moment - work.last_report < kProgressInterval) return;
  work.last_report = moment;
  const StageSpan span = span_of(progress.stage);
  work.progress = {progress.stage, std::max(progress.bytes, work.progress.bytes),
                   std::max(progress.rows, work.progress.rows),
                   span.begin + (span.end - span.begin) * std::clamp(progress.fraction, 0.0, 1.0)};
  // The page follows the events; the row is for whoever asks later, so a lost write is no harm.
  if (work.of_file()) {
    const auto kept = update_progress(database_, work.payload.file_id, work.progress);
    if (!kept) log::warn("file.progress_not_kept", {{"message", kept.error().message}});
  }
  json::Value data = json::to_value(work.progress);
  if (work.of_file()) data.as_object()["file_id"] = work.payload.file_id;
  if (work.payload.version) data.as_object()["version"] = *work.payload.version;
  broadcast_(work.payload.workspace_id, {0, work.of_file() ? "file.progress" : "source.progress",
                                         work.stored.file.source_id, std::move(data)});
}

void Ingest::failed(Work& work, const Error& error) {
  const File& file = work.stored.file;
  log::warn("file.failed",
            {{"file_id", file.id}, {"code", to_string(error.code)}, {"message", error.message}});
  const auto stored = database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(work.job.check_fence(tx));
    if (work.payload.version) {
      TRY_VOID(set_version_status(tx, file.source_id, *work.payload.version, VersionStatus::failed,
                                  to_file_error(error)));
    }
    if (work.of_file()) TRY_VOID(mark_files(tx, work, FileStatus::failed, to_file_error(error)));
    TRY_VOID(notify(tx, work, "file.failed", file.original_filename + " could not be read",
                    error.message));
    if (!work.of_file()) {
      return announce(tx, work, "source.failed", json::Object{{"version", work.version}});
    }
    return announce(tx, work, "file.failed", json::to_value(to_file_error(error)));
  });
  if (!stored)
    log::error("file.failed", {{"file_id", file.id}, {"not_stored", stored.error().message}});
}

// A notification for whoever the file belongs to.
Result<> Ingest::notify(store::Transaction& tx, const Work& work, const char* type,
                        std::string title, std::string message) {
  const File& file = work.stored.file;
  json::Object event_data;
  if (work.of_file()) event_data["file_id"] = work.payload.file_id;
  return events::notify(tx, events_,
                        {.workspace_id = work.payload.workspace_id,
                         .user_id = file.user_id,
                         .type = type,
                         .title = std::move(title),
                         .message = std::move(message),
                         .data = {{"source_id", file.source_id}, {"file_id", file.id}},
                         .source_id = file.source_id,
                         .event_data = std::move(event_data)});
}

Result<> Ingest::announce(store::Transaction& tx, const Work& work, const char* type,
                          json::Value data) {
  if (work.of_file()) data.as_object()["file_id"] = work.payload.file_id;
  TRY_VOID(events_.append(tx, work.payload.workspace_id, type, work.stored.file.source_id, data));
  return {};
}

}  // namespace sextant::sources
