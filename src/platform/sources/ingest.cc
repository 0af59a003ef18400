#include "platform/sources/ingest.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "base/id.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "platform/events/notice.h"
#include "platform/sources/recipe.h"
#include "platform/workers/typed_run.h"

namespace sextant::sources {
namespace {

constexpr std::int64_t kPreviewRows = 20;
constexpr int kModelRounds = 50;
constexpr auto kProgressInterval = std::chrono::milliseconds(200);

// Where each stage's part of the whole way begins and ends.
struct Span {
  double begin;
  double end;
};
Span span_of(std::string_view stage) {
  if (stage == "received") return {0.0, 0.02};
  if (stage == "decoded") return {0.02, 0.15};
  if (stage == "loaded") return {0.15, 0.7};
  if (stage == "published") return {0.7, 0.72};
  if (stage == "profiled") return {0.72, 0.92};
  return {0.92, 1.0};  // modelled
}

FileError to_file_error(const Error& error) {
  return {std::string(to_string(error.code)), error.message, error.hint, error.detail};
}

// What a document without tables is.
std::string sentence_of_text(const catalog::LoadReport& report) {
  const auto counted = [](std::int64_t n, std::string_view one) {
    return text::grouped(n) + " " + std::string(one) + (n == 1 ? "" : "s") + " of text";
  };
  if (report.pages) return counted(*report.pages, "page");
  return report.passages ? counted(*report.passages, "passage") : std::string();
}

// A name that no other table of the workspace has: name, name_2, name_3, …
std::string unique_name(const std::string& name, const std::set<std::string>& taken) {
  std::string candidate = name;
  for (int n = 2; taken.contains(candidate); ++n) candidate = name + "_" + std::to_string(n);
  return candidate;
}

}  // namespace

// One run of the job.
struct Ingest::Work {
  jobs::JobContext& job;
  IngestPayload payload;
  StoredFile stored;
  FileProgress progress;
  std::chrono::steady_clock::time_point last_report{};

  workers::WorkspaceRef workspace;
  workers::RunOptions options;

  std::int64_t version = 1;  // that is made or brought to the features
  bool first = true;         // the source has no version in use yet
  bool staged = false;       // made, and waits for a yes
  // The file's own state tells how far it is. Not when a version is made of kept uploads alone:
  // that can fail without harm to what is in use.
  bool of_file() const { return !payload.version || payload.file_id != stored.file.source_id; }
};

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

Result<> Ingest::publish(Work& work) {
  const File& file = work.stored.file;
  TRY(const auto planned,
      find_version(database_, work.payload.workspace_id, file.source_id, work.version));
  if (planned && planned->head.status == VersionStatus::published) return {};
  if (planned && planned->head.status == VersionStatus::staged) {
    work.staged = true;
    return {};
  }
  if (!planned && work.payload.version) return fail(ErrorCode::cancelled, "It was discarded.");

  Recipe recipe;
  if (planned) {
    recipe = planned->recipe;
  } else {
    // Files that were sent as one table are all those of the source.
    TRY(const auto files, files_of_source(database_, work.payload.workspace_id, file.source_id));
    for (const auto& one : files) {
      recipe.files.push_back(
          {one.file.id, one.file.original_filename, one.path, one.file.file_size});
    }
    recipe.file_name_column = recipe.files.size() > 1;
  }
  NewVersion fresh;
  fresh.note = planned ? planned->head.note : "Uploaded";
  if (planned && planned->head.user_id) fresh.user_id = *planned->head.user_id;
  if (fresh.user_id.empty()) fresh.user_id = file.user_id;
  TRY_VOID(load(work, recipe, fresh));
  const bool asks = fresh.difference.breaking && !work.payload.confirmed;
  if (asks || work.payload.preview) return keep_staged(work, fresh);

  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(work.job.check_fence(tx));
    // Another file may have taken a name since the load began.
    TRY(auto names, taken_table_names(tx, work.payload.workspace_id, file.source_id));
    std::set<std::string> taken(names.begin(), names.end());
    for (auto& table : fresh.version.tables) {
      const std::string name = unique_name(table.name, taken);
      for (auto& load : fresh.load_report.tables) {
        if (load.table == table.name) load.table = name;
      }
      table.name = name;
      taken.insert(name);
    }
    TRY_VOID(publish_version(tx, fresh));
    work.progress = {"published", file.file_size, fresh.rows, span_of("published").end};
    if (work.of_file()) TRY_VOID(update_progress(tx, file.id, work.progress));
    return announce(tx, work, "source.published",
                    json::Object{{"rows", fresh.rows}, {"version", work.version}});
  }));
  return {};
}

// Makes the version's file by its recipe and compares it with the version in use.
Result<> Ingest::load(Work& work, const Recipe& recipe, NewVersion& fresh) {
  const File& file = work.stored.file;
  const auto& workspace = work.payload.workspace_id;
  const std::string loading =
      blobs::WorkspaceFiles::loading_path(file.source_id, work.version, work.job.attempt());
  const std::string published = blobs::WorkspaceFiles::version_path(file.source_id, work.version);
  if (work.first) TRY_VOID(files_.remove(workspace, "sources/" + file.source_id));
  TRY_VOID(files_.prepare_source(workspace, file.source_id));

  TRY(auto request, load_request(recipe, loading));
  TRY(request.taken_names, taken_table_names(database_, workspace, file.source_id));
  std::vector<catalog::Table> before;
  std::string name = file.original_filename;
  if (!work.first) {
    TRY(const auto source, find_source(database_, workspace, file.source_id));
    TRY(const auto used, find_version(database_, workspace, file.source_id, source->version));
    for (const auto& table : used->load_report.tables)
      request.known_names.emplace(table.key, table.table);
    before = used->version.tables;
    fresh.difference.rows_before = used->head.rows;
    name = source->source_name;
  }
  TRY(auto reply, workers::run<wire::LoadReply>(pool_, work.workspace, wire::Operation::load,
                                                request, work.options));
  TRY_VOID(files_.publish(workspace, loading, published));

  for (const auto& table : reply.tables) fresh.rows += table.rows;
  std::error_code ec;
  const auto bytes = std::filesystem::file_size(work.workspace.folder / published, ec);
  fresh.bytes = static_cast<std::int64_t>(ec ? 0 : bytes);
  if (!work.first) fresh.difference.changes = schema_changes(before, reply.tables);
  fresh.difference.rows_after = fresh.rows;
  fresh.difference.breaking = breaks(fresh.difference.changes);
  fresh.version = {file.source_id, std::move(name), work.version, published,
                   std::move(reply.tables)};
  fresh.workspace_id = workspace;
  fresh.source_type = reply.data_type == "document" ? "document"
                      : recipe.files.size() > 1     ? "appended"
                                                    : "uploaded_file";
  fresh.data_type = std::move(reply.data_type);
  fresh.load_report = std::move(reply.report);
  fresh.recipe = recipe;
  fresh.steps = std::move(reply.steps);
  return {};
}

Result<> Ingest::keep_staged(Work& work, const NewVersion& fresh) {
  work.staged = true;
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(work.job.check_fence(tx));
    TRY_VOID(stage_version(tx, fresh));
    if (work.of_file()) TRY_VOID(mark_files(tx, work, FileStatus::completed, std::nullopt));
    if (!work.payload.preview) {
      TRY_VOID(notify(tx, work, "source.staged", fresh.version.source_name + " would change",
                      "A new version lacks columns or has other types. Look at it, then publish or "
                      "discard it."));
    }
    return announce(tx, work, "source.staged", json::Object{{"version", work.version}});
  });
}

// The passages of a document become searchable.
Result<> Ingest::index(Work& work) {
  const File& file = work.stored.file;
  const auto& workspace = work.payload.workspace_id;
  TRY(const auto version, find_version(database_, workspace, file.source_id, work.version));
  if (!version) return {};
  TRY(const auto missed,
      search_.index({workspace, file.source_id, work.version}, version->version.path,
                    version->load_report.passages.value_or(0), work.options));
  if (!missed) return {};
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    return notify(tx, work, "search.degraded", file.original_filename + " is found by words alone",
                  *missed + " Searches by meaning follow when the endpoint is there again.");
  });
}

Result<> Ingest::profile(Work& work) {
  const File& file = work.stored.file;
  TRY(auto present, get_profiles(database_, file.source_id, work.version));
  if (!present.empty()) return {};
  wire::ProfileRequest request;
  TRY(request.source,
      get_source_version(database_, work.payload.workspace_id, file.source_id, work.version));
  TRY(auto reply, workers::run<wire::ProfileReply>(pool_, work.workspace, wire::Operation::profile,
                                                   request, work.options));
  std::string sentence;
  if (!reply.tables.empty()) {
    sentence = reply.tables.front().sentence;
  } else {
    TRY(const auto version,
        find_version(database_, work.payload.workspace_id, file.source_id, work.version));
    if (version) sentence = sentence_of_text(version->load_report);
  }
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(work.job.check_fence(tx));
    TRY_VOID(save_profiles(tx, file.source_id, work.version, reply.tables, sentence));
    work.progress.stage = "profiled";
    work.progress.fraction = span_of("profiled").end;
    if (work.of_file()) TRY_VOID(update_progress(tx, file.id, work.progress));
    return announce(tx, work, "source.profiled", json::Object{});
  });
}

Result<> Ingest::model(Work& work) {
  const File& file = work.stored.file;
  if (!settings_.auto_schema_generation && !work.payload.synchronise) return {};
  TRY(const auto version,
      find_version(database_, work.payload.workspace_id, file.source_id, work.version));
  if (version && version->modelled) return {};

  // Two sources that are modelled at the same time would not see each other and miss their joins.
  // So what was known is looked up again when the model is saved; the one that comes second starts
  // over.
  for (int round = 0; round < kModelRounds; ++round) {
    TRY(const auto known, list_model_versions(database_, work.payload.workspace_id));
    wire::ModelRequest request;
    request.source_id = file.source_id;
    TRY(request.catalog, data_.catalog(work.payload.workspace_id));
    TRY(request.profiles, get_profiles(database_, file.source_id, work.version));
    auto others = request.catalog;
    std::erase_if(others.sources, [&](const auto& s) { return s.source_id == file.source_id; });
    TRY(auto meaning, data_.meaning(others));
    request.known = std::move(meaning.model);
    TRY(auto reply, workers::run<wire::ModelReply>(pool_, work.workspace, wire::Operation::model,
                                                   request, work.options));
    TRY(const bool saved, save_model_of(work, reply, known));
    if (saved) return {};
  }
  return fail(ErrorCode::unavailable, "Other files of this workspace kept changing while " +
                                          file.original_filename + " was described.");
}

Result<bool> Ingest::save_model_of(Work& work, const wire::ModelReply& reply,
                                   const ModelVersions& known) {
  const File& file = work.stored.file;
  return database_.transaction([&](store::Transaction& tx) -> Result<bool> {
    TRY_VOID(work.job.check_fence(tx));
    TRY(const auto present, list_model_versions(tx, work.payload.workspace_id));
    if (present != known) return false;
    const std::string name = "auto_" + text::snake_case(file.original_filename, "model");
    TRY(const auto before, get_model(tx, file.source_id));
    TRY(auto model_id, save_model(tx, work.payload.workspace_id, file.source_id,
                                  before ? before->name : name, reply.model));
    TRY_VOID(set_file_model(tx, file.source_id, model_id));
    TRY_VOID(set_modelled(tx, file.source_id, work.version));
    TRY_VOID(save_suggested_questions(tx, file.source_id, work.version, reply.suggested_questions));
    work.progress.stage = "modelled";
    work.progress.fraction = span_of("modelled").end;
    if (work.of_file()) TRY_VOID(update_progress(tx, file.id, work.progress));
    TRY_VOID(announce(tx, work, "source.modelled", json::Object{{"model_id", model_id}}));
    return true;
  });
}

Result<> Ingest::finish(Work& work) {
  const File& file = work.stored.file;
  TRY_VOID(keep_preview(work));
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(work.job.check_fence(tx));
    if (settings_.enable_cross_feature_sync || work.payload.synchronise)
      TRY_VOID(mark_features(work, tx));
    work.progress.fraction = 1;
    if (work.of_file()) TRY_VOID(mark_files(tx, work, FileStatus::completed, std::nullopt));
    TRY(auto source, find_source(tx, work.payload.workspace_id, file.source_id));
    if (source && (work.payload.version || file.processing_status != FileStatus::completed)) {
      TRY_VOID(notify(tx, work, "source.ready", source->source_name + " is ready",
                      work.version > 1
                          ? "Version " + std::to_string(work.version) + ". " + source->sentence
                          : source->sentence));
    }
    return announce(tx, work, "file.completed", json::to_value(work.progress));
  });
}

Result<> Ingest::keep_preview(Work& work) {
  const File& file = work.stored.file;
  TRY(auto version,
      get_source_version(database_, work.payload.workspace_id, file.source_id, work.version));
  TRY(auto catalog, data_.catalog(work.payload.workspace_id, {file.source_id}));
  json::Array tables;
  for (const auto& table : version.tables) {
    if (tables.size() >= 20) break;
    wire::QueryRequest request;
    request.catalog = catalog;
    request.sql = "SELECT * FROM " + text::quote_identifier(table.name);
    request.limits.max_rows = kPreviewRows;
    std::string rows;
    auto options = work.options;
    options.on_data = [&](std::string_view bytes) -> Result<> {
      rows += bytes;
      return {};
    };
    TRY_VOID(workers::run<wire::QueryReply>(pool_, work.workspace, wire::Operation::query, request,
                                            options));
    TRY(auto preview, json::parse("[" + rows + "]"));
    tables.push_back(json::Object{{"name", table.name},
                                  {"rows", table.rows},
                                  {"columns", json::to_value(table.columns)},
                                  {"preview", std::move(preview)}});
  }
  return set_extracted_data(database_, file.source_id, json::Object{{"tables", std::move(tables)}});
}

Result<> Ingest::mark_features(const Work& work, store::Session& session) {
  FeatureStates features;
  for (const char* feature : catalog::kFeatures)
    features[feature] = {true, work.version, format_time(now())};
  return set_features(session, work.stored.file.source_id, features);
}

void Ingest::report(Work& work, const wire::Progress& progress) {
  const auto moment = std::chrono::steady_clock::now();
  const bool same_stage = progress.stage == work.progress.stage;
  if (same_stage && moment - work.last_report < kProgressInterval) return;
  work.last_report = moment;
  const Span span = span_of(progress.stage);
  work.progress = {progress.stage, std::max(progress.bytes, work.progress.bytes),
                   std::max(progress.rows, work.progress.rows),
                   span.begin + (span.end - span.begin) * std::clamp(progress.fraction, 0.0, 1.0)};
  // The page follows the events; the row is for whoever asks later, so a lost write is no harm.
  if (work.of_file()) (void)update_progress(database_, work.payload.file_id, work.progress);
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
