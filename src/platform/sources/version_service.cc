#include "platform/sources/version_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "platform/accounts/authorise.h"
#include "platform/sources/ingest.h"

namespace sextant::sources {

using accounts::Action;
using accounts::authorise;

VersionService::VersionService(store::Database& database, const blobs::WorkspaceFiles& files,
                               events::EventLog& events, jobs::JobRunner& jobs)
    : database_(database), files_(files), events_(events), jobs_(jobs) {}

Result<StoredVersion> VersionService::find(store::Session& session, const catalog::Principal& who,
                                           const std::string& source_id,
                                           std::optional<std::int64_t> version) {
  TRY(const auto source, find_source(session, who.workspace_id, source_id));
  if (!source) {
    return fail(ErrorCode::not_found, "There is no such data source.",
                "It may have been deleted, or is still being read; load the list again.");
  }
  const auto wanted = version.value_or(source->version);
  TRY(auto found, find_version(session, who.workspace_id, source_id, wanted));
  if (!found) {
    return fail(ErrorCode::not_found, fmt::format("This source has no version {}.", wanted),
                "GET /api/sources/{source_id}/versions lists those that there are.");
  }
  return std::move(*found);
}

Result<std::vector<VersionHead>> VersionService::list(const catalog::Principal& who,
                                                      const std::string& source_id) {
  TRY_VOID(authorise(who, Action::read, {"source", who.workspace_id}));
  TRY_VOID(find(database_, who, source_id, std::nullopt));
  return list_version_heads(database_, source_id);
}

Result<Plan> VersionService::plan(const catalog::Principal& who, const std::string& source_id,
                                  std::optional<std::int64_t> version) {
  TRY_VOID(authorise(who, Action::read, {"source", who.workspace_id}));
  TRY(auto found, find(database_, who, source_id, version));
  return Plan{
      found.head.version,          std::move(found.recipe.plan),  std::move(found.recipe.steps),
      std::move(found.steps),      std::move(found.recipe.files), found.recipe.file_name_column,
      std::move(found.load_report)};
}

Result<VersionHead> VersionService::change_plan(const catalog::Principal& who,
                                                const std::string& source_id,
                                                const catalog::LoadPlan& plan, bool confirmed) {
  TRY_VOID(authorise(who, Action::write, {"source", who.workspace_id}));
  TRY(auto used, find(database_, who, source_id, std::nullopt));
  used.recipe.plan = plan;
  return make(who, source_id, std::move(used.recipe), "Read again with another plan",
              confirmed ? Fate::published : Fate::asks);
}

Result<VersionHead> VersionService::change_steps(const catalog::Principal& who,
                                                 const std::string& source_id,
                                                 const std::vector<catalog::Step>& steps,
                                                 bool preview) {
  TRY_VOID(authorise(who, Action::write, {"source", who.workspace_id}));
  TRY(auto used, find(database_, who, source_id, std::nullopt));
  const auto before = used.recipe.steps.size();
  std::string note = "Clean-up steps changed";
  if (steps.size() == before + 1) {
    note = fmt::format("Clean-up step: {}", json::enum_name(steps.back().kind));
    std::ranges::replace(note, '_', ' ');
  } else if (steps.size() + 1 == before) {
    note = "Clean-up step taken back";
  }
  used.recipe.steps = steps;
  return make(who, source_id, std::move(used.recipe), std::move(note),
              preview ? Fate::previewed : Fate::published);
}

Result<VersionHead> VersionService::make(const catalog::Principal& who,
                                         const std::string& source_id, Recipe recipe,
                                         std::string note, Fate fate) {
  return database_.transaction([&](store::Transaction& tx) -> Result<VersionHead> {
    TRY(const auto version, next_version(tx, source_id));
    TRY_VOID(insert_planned_version(tx, {source_id, version, recipe, note, who.user_id}));
    TRY_VOID(Ingest::enqueue(tx, jobs_,
                             {who.workspace_id, source_id, false, version, fate == Fate::published,
                              fate == Fate::previewed}));
    TRY_VOID(events_.append(tx, who.workspace_id, "source.changing", source_id,
                            json::Object{{"version", version}}));
    TRY(auto made, find(tx, who, source_id, version));
    return std::move(made.head);
  });
}

Result<VersionHead> VersionService::publish(const catalog::Principal& who,
                                            const std::string& source_id, std::int64_t version) {
  return use(who, source_id, version, VersionStatus::staged);
}

Result<VersionHead> VersionService::restore(const catalog::Principal& who,
                                            const std::string& source_id, std::int64_t version) {
  return use(who, source_id, version, VersionStatus::published);
}

Result<VersionHead> VersionService::use(const catalog::Principal& who, const std::string& source_id,
                                        std::int64_t version, VersionStatus needed) {
  TRY_VOID(authorise(who, Action::write, {"source", who.workspace_id}));
  return database_.transaction([&](store::Transaction& tx) -> Result<VersionHead> {
    TRY(const auto found, find(tx, who, source_id, version));
    if (found.head.status != needed || found.head.in_use) {
      return fail(ErrorCode::conflict,
                  found.head.in_use ? fmt::format("Version {} is in use already.", version)
                                    : fmt::format("Version {} is {}.", version,
                                                  json::enum_name(found.head.status)),
                  needed == VersionStatus::staged ? "Only staged versions can be published."
                                                  : "Only published versions can be restored.");
    }
    if (needed == VersionStatus::published) TRY_VOID(next_version(tx, source_id));
    TRY_VOID(use_version(tx, source_id, version));
    // Its model and what the features know follow by the job that would have made it.
    TRY_VOID(Ingest::enqueue(tx, jobs_, {who.workspace_id, source_id, true, version, true}));
    TRY_VOID(events_.append(tx, who.workspace_id, "source.published", source_id,
                            json::Object{{"rows", found.head.rows}, {"version", version}}));
    TRY(auto used, find(tx, who, source_id, version));
    return std::move(used.head);
  });
}

Result<> VersionService::discard(const catalog::Principal& who, const std::string& source_id,
                                 std::int64_t version) {
  TRY_VOID(authorise(who, Action::write, {"source", who.workspace_id}));
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(const auto found, find(tx, who, source_id, version));
    if (found.head.in_use || found.head.status == VersionStatus::loading) {
      return fail(
          ErrorCode::conflict,
          fmt::format("Version {} {}.", version, found.head.in_use ? "is in use" : "is being made"),
          found.head.in_use ? "Restore another version first." : "Wait until it is made.");
    }
    TRY_VOID(delete_version(tx, source_id, version));
    TRY_VOID(events_.append(tx, who.workspace_id, "source.changed", source_id,
                            json::Object{{"version", version}}));
    return {};
  }));
  // The metadata no longer names these files; one that can not be removed now is waste, not an
  // error.
  for (const auto& path : {blobs::WorkspaceFiles::version_path(source_id, version),
                           blobs::WorkspaceFiles::raw_path(source_id, version)}) {
    if (auto done = files_.remove(who.workspace_id, path); !done)
      log::warn("version.not_removed", {{"path", path}, {"why", done.error().message}});
  }
  return {};
}

}  // namespace sextant::sources
