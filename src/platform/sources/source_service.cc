#include "platform/sources/source_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/id.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "platform/accounts/authorise.h"

namespace sextant::sources {
namespace {

using accounts::Action;
using accounts::authorise;

std::string extension_of(const std::string& filename) {
  std::string extension = text::lower_ascii(std::filesystem::path(filename).extension().string());
  if (extension == ".gz") {
    const auto inner = std::filesystem::path(filename).stem().extension().string();
    if (!inner.empty()) extension = text::lower_ascii(inner);
  }
  return extension;
}

// Feature names are accepted with - and _ alike.
Result<std::string> feature_name(const std::string& given) {
  std::string name = given;
  std::ranges::replace(name, '-', '_');
  for (const char* feature : catalog::kFeatures) {
    if (name == feature) return name;
  }
  return fail(
      json::field_errors({{"feature", "is '" + given +
                                          "'; it must be one of conversational_ai, "
                                          "query_builder, dashboard_builder, ai_assistant"}}));
}

bool up_to_date(const Source& source) {
  return source.semantic_model_id.has_value() &&
         std::ranges::all_of(catalog::kFeatures, [&](const char* feature) {
           const auto it = source.feature_integrations.find(feature);
           return it != source.feature_integrations.end() && it->second.version == source.version;
         });
}

}  // namespace

SourceService::SourceService(store::Database& database, const blobs::WorkspaceFiles& files,
                             events::EventLog& events, jobs::JobRunner& jobs,
                             const Settings& settings)
    : database_(database), files_(files), events_(events), jobs_(jobs), settings_(settings) {}

Result<> SourceService::check(const ReceivedFile& received) const {
  const std::string extension = extension_of(received.filename);
  if (std::ranges::find(settings_.allowed_extensions, extension) ==
      settings_.allowed_extensions.end()) {
    return fail(
        ErrorCode::unsupported_type,
        extension.empty()
            ? fmt::format("{} has no extension that says what kind of file it is.",
                          received.filename)
            : fmt::format("{} is a {} file, which can not be read.", received.filename, extension),
        "Accepted are " + text::join(settings_.allowed_extensions, ", ") + ".",
        {{"filename", received.filename}, {"extension", extension}});
  }
  if (received.size == 0) {
    return fail(ErrorCode::unreadable_file, received.filename + " is empty (0 bytes).",
                "Check the file and upload it again.", {{"filename", received.filename}});
  }
  if (received.size > settings_.max_file_size) {
    return fail(ErrorCode::too_large,
                fmt::format("{} has {} bytes; the limit is {} bytes.", received.filename,
                            received.size, settings_.max_file_size),
                "Split the file, or ask the owner of this install to raise MAX_FILE_SIZE.",
                {{"filename", received.filename}, {"limit", settings_.max_file_size}});
  }
  return {};
}

Result<> SourceService::check_quota(const catalog::Principal& who, std::int64_t bytes) {
  if (settings_.workspace_quota == 0) return {};
  TRY(const auto kept, uploaded_bytes(database_, who.workspace_id));
  if (kept + bytes <= settings_.workspace_quota) return {};
  return fail(ErrorCode::too_large,
              fmt::format("This workspace may keep {} bytes of uploads and has {}; {} more do not "
                          "fit.",
                          settings_.workspace_quota, kept, bytes),
              "Delete files that are no longer needed, or ask the owner of this install to raise "
              "WORKSPACE_QUOTA.",
              {{"quota", settings_.workspace_quota}, {"kept", kept}});
}

Result<> SourceService::may_receive(const catalog::Principal& who, const std::string& filename,
                                    std::int64_t size) {
  TRY_VOID(authorise(who, Action::create, {"file", who.workspace_id}));
  TRY_VOID(check({filename, {}, size, {}}));
  return check_quota(who, size);
}

Result<StoredFile> SourceService::keep(const catalog::Principal& who,
                                       const ReceivedFile& received) {
  TRY(auto path, files_.keep_upload(who.workspace_id, received.path, received.sha256));
  StoredFile fresh;
  fresh.file.id = new_id();
  fresh.file.filename = received.filename;
  fresh.file.original_filename = received.filename;
  fresh.file.file_type = extension_of(received.filename).substr(1);
  fresh.file.file_size = received.size;
  fresh.file.progress = {"received", received.size, 0, 0.02};
  fresh.file.source_id = fresh.file.id;
  fresh.file.user_id = who.user_id;
  fresh.file.created_at = format_time(now());
  fresh.file.updated_at = fresh.file.created_at;
  fresh.workspace_id = who.workspace_id;
  fresh.sha256 = received.sha256;
  fresh.path = std::move(path);
  return fresh;
}

Result<std::vector<File>> SourceService::accept(const catalog::Principal& who,
                                                const std::vector<ReceivedFile>& received,
                                                const Placement& placement) {
  TRY_VOID(authorise(who, Action::create, {"file", who.workspace_id}));
  std::int64_t bytes = 0;
  for (const auto& file : received) {
    TRY_VOID(check(file));
    bytes += file.size;
  }
  TRY_VOID(check_quota(who, bytes));
  if (placement.source_id) {
    TRY(const auto source, find_source(database_, who.workspace_id, *placement.source_id));
    if (!source) return fail(ErrorCode::not_found, "There is no such data source.");
  }
  std::vector<StoredFile> stored;
  for (const auto& file : received) {
    TRY(auto fresh, keep(who, file));
    if (placement.source_id)
      fresh.file.source_id = *placement.source_id;
    else if (placement.combine && !stored.empty())
      fresh.file.source_id = stored.front().file.id;
    stored.push_back(std::move(fresh));
  }
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    for (const auto& file : stored) {
      TRY_VOID(insert_file(tx, file));
      TRY_VOID(events_.append(
          tx, who.workspace_id, "file.created", file.file.source_id,
          json::Object{{"file_id", file.file.id}, {"filename", file.file.filename}}));
    }
    IngestPayload payload{who.workspace_id, stored.front().file.id};
    if (placement.source_id) {
      TRY(payload.version, plan_version(tx, who, placement, stored));
      payload.confirmed = placement.confirmed;
    }
    TRY_VOID(Ingest::enqueue(tx, jobs_, payload));
    if (placement.source_id || placement.combine) return {};  // one job reads them all
    for (std::size_t i = 1; i < stored.size(); ++i)
      TRY_VOID(Ingest::enqueue(tx, jobs_, {who.workspace_id, stored[i].file.id}));
    return {};
  }));
  std::vector<File> out;
  for (auto& file : stored) out.push_back(std::move(file.file));
  return out;
}

Result<std::int64_t> SourceService::plan_version(store::Transaction& tx,
                                                 const catalog::Principal& who,
                                                 const Placement& placement,
                                                 const std::vector<StoredFile>& stored) {
  const auto& source_id = *placement.source_id;
  TRY(const auto source, find_source(tx, who.workspace_id, source_id));
  if (!source) return fail(ErrorCode::not_found, "There is no such data source.");
  TRY(auto used, find_version(tx, who.workspace_id, source_id, source->version));
  PlannedVersion planned{source_id, 0, used->recipe, {}, who.user_id};
  TRY(planned.version, next_version(tx, source_id));
  if (!placement.append) planned.recipe.files.clear();
  if (placement.combine) planned.recipe.file_name_column = true;
  std::vector<std::string> names;
  for (const auto& file : stored) {
    planned.recipe.files.push_back(
        {file.file.id, file.file.original_filename, file.path, file.file.file_size});
    names.push_back(file.file.original_filename);
  }
  planned.note = (placement.append ? "Added " : "Replaced by ") + text::join(names, ", ");
  planned.note = text::truncate_utf8(planned.note, 300);
  TRY_VOID(insert_planned_version(tx, planned));
  return planned.version;
}

Result<std::optional<File>> SourceService::find_by_content(const catalog::Principal& who,
                                                           const std::string& sha256) {
  TRY_VOID(authorise(who, Action::read, {"file", who.workspace_id}));
  TRY(auto stored, find_file_by_content(database_, who.workspace_id, sha256));
  if (!stored) return std::nullopt;
  return std::optional(std::move(stored->file));
}

Result<FilePage> SourceService::list(const catalog::Principal& who, std::int64_t limit,
                                     const std::optional<std::string>& cursor) {
  TRY_VOID(authorise(who, Action::read, {"file", who.workspace_id}));
  return list_files(database_, who.workspace_id, limit, cursor);
}

Result<File> SourceService::get(const catalog::Principal& who, const std::string& file_id) {
  TRY_VOID(authorise(who, Action::read, {"file", who.workspace_id}));
  TRY(auto stored, get_file(database_, who.workspace_id, file_id));
  return std::move(stored.file);
}

Result<SourceInfo> SourceService::info(const catalog::Principal& who, const std::string& file_id) {
  TRY_VOID(authorise(who, Action::read, {"file", who.workspace_id}));
  TRY(auto stored, get_file(database_, who.workspace_id, file_id));
  SourceInfo info;
  TRY(info.extracted_data, get_extracted_data(database_, file_id));
  TRY(info.source, find_source(database_, who.workspace_id, stored.file.source_id));
  TRY(info.model, get_model(database_, stored.file.source_id));
  TRY(info.versions, list_versions(database_, stored.file.source_id));
  info.file = std::move(stored.file);
  return info;
}

Result<> SourceService::remove(const catalog::Principal& who, const std::string& file_id) {
  TRY(auto stored, get_file(database_, who.workspace_id, file_id));
  TRY_VOID(authorise(who, Action::remove, {"file", stored.workspace_id, stored.file.user_id}));
  const auto& source_id = stored.file.source_id;
  if (source_id != file_id) {
    return fail(ErrorCode::conflict,
                stored.file.filename + " was added to another source and is part of its versions.",
                "Restore a version without it, or delete the source's first file.",
                {{"source_id", source_id}});
  }
  std::vector<std::string> unused;
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    unused.clear();
    TRY(const auto files, files_of_source(tx, who.workspace_id, source_id));
    TRY_VOID(drop_joins_to(tx, who.workspace_id, source_id));
    for (const auto& file : files) TRY_VOID(delete_file(tx, file.file.id));
    TRY_VOID(delete_source(tx, source_id));
    TRY_VOID(events_.append(tx, who.workspace_id, "source.deleted", source_id,
                            json::Object{{"file_id", file_id}}));
    for (const auto& file : files) {
      TRY(const auto uses, count_uses(tx, who.workspace_id, file.sha256));
      if (uses == 0) unused.push_back(file.path);
    }
    return {};
  }));
  // The metadata no longer names these files; one that can not be removed now is waste, not an
  // error.
  unused.push_back("sources/" + source_id);
  for (const auto& path : unused) {
    if (auto done = files_.remove(who.workspace_id, path); !done)
      log::warn("file.not_removed", {{"path", path}, {"why", done.error().message}});
  }
  return {};
}

Result<File> SourceService::retry(const catalog::Principal& who, const std::string& file_id) {
  TRY(auto stored, get_file(database_, who.workspace_id, file_id));
  TRY_VOID(authorise(who, Action::write, {"file", stored.workspace_id, stored.file.user_id}));
  if (stored.file.processing_status != FileStatus::failed) {
    return fail(ErrorCode::conflict,
                fmt::format("{} did not fail; it is {}.", stored.file.filename,
                            json::enum_name(stored.file.processing_status)),
                "Only failed files can be read again.");
  }
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(set_status(tx, file_id, FileStatus::pending, std::nullopt));
    TRY_VOID(update_progress(tx, file_id, {"received", stored.file.file_size, 0, 0.02}));
    return start_again(tx, who, stored);
  }));
  return get(who, file_id);
}

// A source's first files are read as they are; for others, the version that they were sent for is
// made again.
Result<> SourceService::start_again(store::Transaction& tx, const catalog::Principal& who,
                                    const StoredFile& stored) {
  const auto& source_id = stored.file.source_id;
  TRY(const auto source, find_source(tx, who.workspace_id, source_id));
  if (!source || stored.file.id == source_id)
    return Ingest::enqueue(tx, jobs_, {who.workspace_id, source_id});
  TRY(const auto heads, list_version_heads(tx, source_id));
  for (const auto& head : heads) {
    if (head.status != VersionStatus::failed && head.status != VersionStatus::loading) continue;
    TRY(const auto version, find_version(tx, who.workspace_id, source_id, head.version));
    if (std::ranges::none_of(version->recipe.files,
                             [&](const auto& f) { return f.file_id == stored.file.id; })) {
      continue;
    }
    if (head.status == VersionStatus::failed) TRY_VOID(next_version(tx, source_id));
    TRY_VOID(set_version_status(tx, source_id, head.version, VersionStatus::loading, std::nullopt));
    return Ingest::enqueue(tx, jobs_, {who.workspace_id, stored.file.id, false, head.version});
  }
  return fail(ErrorCode::conflict, "The version that this file was for has been discarded.",
              "Upload the file again.");
}

Result<std::vector<StuckFile>> SourceService::stuck(const catalog::Principal& who) {
  TRY_VOID(authorise(who, Action::read, {"file", who.workspace_id}));
  return stuck_files(database_, who.workspace_id);
}

Result<std::vector<StuckFile>> SourceService::reset_stuck(const catalog::Principal& who) {
  TRY_VOID(authorise(who, Action::write, {"file", who.workspace_id}));
  return database_.transaction([&](store::Transaction& tx) -> Result<std::vector<StuckFile>> {
    TRY(auto files, stuck_files(tx, who.workspace_id));
    for (const auto& file : files) {
      TRY_VOID(set_status(tx, file.file_id, FileStatus::pending, std::nullopt));
      TRY(const auto stored, get_file(tx, who.workspace_id, file.file_id));
      TRY_VOID(start_again(tx, who, stored));
    }
    return files;
  });
}

Result<std::vector<Source>> SourceService::sources(const catalog::Principal& who,
                                                   const std::optional<std::string>& feature) {
  TRY_VOID(authorise(who, Action::read, {"source", who.workspace_id}));
  std::string wanted;
  if (feature) {
    TRY(wanted, feature_name(*feature));
  }
  TRY(auto all, list_sources(database_, who.workspace_id));
  if (feature) {
    std::erase_if(all, [&](const Source& source) {
      const auto it = source.feature_integrations.find(wanted);
      return it == source.feature_integrations.end() || !it->second.enabled;
    });
  }
  return all;
}

Result<std::vector<SyncState>> SourceService::sync(const catalog::Principal& who,
                                                   const std::optional<std::string>& source_id,
                                                   const std::optional<std::string>& feature) {
  TRY_VOID(authorise(who, Action::write, {"source", who.workspace_id}));
  if (feature) TRY_VOID(feature_name(*feature));
  TRY(auto all, list_sources(database_, who.workspace_id));
  if (source_id) {
    std::erase_if(all, [&](const Source& source) { return source.source_id != *source_id; });
    if (all.empty())
      return fail(ErrorCode::not_found, "There is no data source '" + *source_id + "'.");
  }
  std::vector<SyncState> states;
  for (const auto& source : all) {
    const bool done = up_to_date(source);
    if (!done) {
      TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
        // Projections of all features come from one job, so one feature brings the others along.
        return Ingest::enqueue(tx, jobs_, {who.workspace_id, source.source_id, true});
      }));
    }
    states.push_back({source.source_id, source.feature_integrations, done});
  }
  return states;
}

Result<> SourceService::renew_profiles() {
  TRY(const auto outdated, outdated_profiles(database_));
  if (outdated.empty()) return {};
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    for (const auto& [workspace_id, source_id] : outdated)
      TRY_VOID(Ingest::enqueue(tx, jobs_, {workspace_id, source_id}));
    return {};
  });
}

}  // namespace sextant::sources
