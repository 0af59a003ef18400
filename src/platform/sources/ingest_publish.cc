// The ingest job: a version is made by its recipe, compared with the one in use, and published or
// kept to be looked at.

#include <set>

#include "platform/sources/ingest_work.h"
#include "platform/workers/typed_run.h"

namespace sextant::sources {
namespace {

// A name that no other table of the workspace has: name, name_2, name_3, …
std::string unique_name(const std::string& name, const std::set<std::string>& taken) {
  std::string candidate = name;
  for (int n = 2; taken.contains(candidate); ++n) candidate = name + "_" + std::to_string(n);
  return candidate;
}

}  // namespace

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

}  // namespace sextant::sources
