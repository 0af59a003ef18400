// Versions of sources in the metadata store. The interface is in repository.h.

#include <fmt/format.h>

#include "base/id.h"
#include "base/time.h"
#include "platform/sources/repository.h"

namespace sextant::sources {
namespace {

constexpr const char* kHeadColumns =
    "SELECT v.version, v.status, v.rows, v.bytes, v.note, v.user_id, v.created_at, v.recipe, "
    "v.difference, v.error, r.current_version, r.source_name, v.path, v.tables, v.load_report, "
    "v.step_reports, v.modelled_at FROM source_versions v "
    "JOIN data_source_registry r ON r.source_id = v.source_id ";

Result<VersionHead> read_head(const store::Row& row, const Recipe& recipe) {
  VersionHead head;
  head.version = row.integer("version");
  head.status =
      json::enum_from<VersionStatus>(row.text("status")).value_or(VersionStatus::published);
  head.in_use = row.integer("current_version") == head.version;
  head.rows = row.integer("rows");
  head.bytes = row.integer("bytes");
  head.note = row.text("note");
  head.user_id = row.maybe_text("user_id");
  head.created_at = row.text("created_at");
  for (const auto& file : recipe.files) head.files.push_back(file.filename);
  TRY(head.difference, row.document<Difference>("difference"));
  if (!row.is_null("error")) {
    TRY(head.error, row.document<FileError>("error"));
  }
  return head;
}

// What was made of a version, over the row that planned it.
Result<> save_made(store::Session& session, const NewVersion& fresh, VersionStatus status) {
  const auto& version = fresh.version;
  TRY_VOID(session.execute(
      "INSERT INTO source_versions (source_id, version, path, tables, load_report, rows, bytes, "
      "recipe, step_reports, difference, note, user_id, status, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
      "ON CONFLICT (source_id, version) DO UPDATE SET path = excluded.path, tables = "
      "excluded.tables, load_report = excluded.load_report, rows = excluded.rows, bytes = "
      "excluded.bytes, step_reports = excluded.step_reports, difference = excluded.difference, "
      "status = excluded.status, error = NULL",
      {version.source_id, version.version, version.path, store::Value::json(version.tables),
       store::Value::json(fresh.load_report), fresh.rows, fresh.bytes,
       store::Value::json(fresh.recipe), store::Value::json(fresh.steps),
       store::Value::json(fresh.difference), fresh.note, fresh.user_id, json::enum_name(status),
       now()}));
  return {};
}

}  // namespace

Result<> stage_version(store::Session& session, const NewVersion& fresh) {
  return save_made(session, fresh, VersionStatus::staged);
}

Result<> publish_version(store::Session& session, const NewVersion& fresh) {
  const auto& version = fresh.version;
  TRY_VOID(session.execute(
      "INSERT INTO data_source_registry (id, source_id, source_name, source_type, data_type, "
      "user_id, "
      "workspace_id, current_version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, "
      "$8, $9, $9) "
      "ON CONFLICT (source_id) DO UPDATE SET current_version = excluded.current_version, "
      "source_type = excluded.source_type, data_type = excluded.data_type, updated_at = "
      "excluded.updated_at",
      {new_id(), version.source_id, version.source_name, fresh.source_type, fresh.data_type,
       fresh.user_id, fresh.workspace_id, version.version, now()}));
  return save_made(session, fresh, VersionStatus::published);
}

Result<> insert_planned_version(store::Session& session, const PlannedVersion& planned) {
  TRY_VOID(session.execute(
      "INSERT INTO source_versions (source_id, version, path, recipe, note, user_id, status, "
      "created_at) VALUES ($1, $2, '', $3, $4, $5, 'loading', $6)",
      {planned.source_id, planned.version, store::Value::json(planned.recipe), planned.note,
       planned.user_id, now()}));
  return {};
}

Result<std::int64_t> next_version(store::Session& session, const std::string& source_id) {
  TRY(auto pending,
      session.first("SELECT version, status FROM source_versions WHERE source_id = $1 AND status "
                    "IN ('loading', 'staged')",
                    {source_id}));
  if (pending) {
    const bool staged = pending->text("status") == "staged";
    return fail(ErrorCode::conflict,
                fmt::format("Version {} of this source {}.", pending->integer("version"),
                            staged ? "waits to be published or discarded" : "is being made"),
                staged ? "Publish or discard it first." : "Wait for it, then try again.",
                {{"version", pending->integer("version")}});
  }
  TRY(auto row, session.one("SELECT coalesce(max(version), 0) + 1 AS n FROM source_versions WHERE "
                            "source_id = $1",
                            {source_id}, "count"));
  return row.integer("n");
}

Result<std::optional<StoredVersion>> find_version(store::Session& session,
                                                  const std::string& workspace_id,
                                                  const std::string& source_id,
                                                  std::int64_t version) {
  TRY(auto row, session.first(std::string(kHeadColumns) +
                                  "WHERE r.workspace_id = $1 AND v.source_id = $2 AND v.version "
                                  "= $3",
                              {workspace_id, source_id, version}));
  if (!row) return std::nullopt;
  StoredVersion out;
  TRY(out.recipe, row->document<Recipe>("recipe"));
  if (out.recipe.files.empty()) {
    // Made before recipes were kept: of the source's own file.
    TRY(auto file, get_file(session, workspace_id, source_id));
    out.recipe.files.push_back(
        {file.file.id, file.file.original_filename, file.path, file.file.file_size});
  }
  TRY(out.head, read_head(*row, out.recipe));
  out.version = {source_id, row->text("source_name"), version, row->text("path"), {}};
  TRY(out.version.tables, row->document<std::vector<catalog::Table>>("tables"));
  TRY(out.load_report, row->document<catalog::LoadReport>("load_report"));
  TRY(out.steps, row->document<std::vector<catalog::StepReport>>("step_reports"));
  out.modelled = !row->is_null("modelled_at");
  return out;
}

Result<std::vector<VersionHead>> list_version_heads(store::Session& session,
                                                    const std::string& source_id) {
  TRY(auto rows,
      session.query(std::string(kHeadColumns) + "WHERE v.source_id = $1 ORDER BY v.version DESC",
                    {source_id}));
  std::vector<VersionHead> out;
  for (const auto& row : rows) {
    TRY(const auto recipe, row.document<Recipe>("recipe"));
    TRY(auto head, read_head(row, recipe));
    out.push_back(std::move(head));
  }
  return out;
}

Result<> set_version_status(store::Session& session, const std::string& source_id,
                            std::int64_t version, VersionStatus status,
                            const std::optional<FileError>& error) {
  TRY_VOID(session.execute(
      "UPDATE source_versions SET status = $3, error = $4 WHERE source_id = $1 AND version = $2",
      {source_id, version, json::enum_name(status),
       error ? store::Value::json(*error) : store::Value()}));
  return {};
}

Result<> use_version(store::Session& session, const std::string& source_id, std::int64_t version) {
  TRY_VOID(session.execute(
      "UPDATE source_versions SET status = 'published', modelled_at = NULL WHERE source_id = $1 "
      "AND version = $2",
      {source_id, version}));
  TRY_VOID(session.execute(
      "UPDATE data_source_registry SET current_version = $2, updated_at = $3 WHERE source_id = $1",
      {source_id, version, now()}));
  return {};
}

Result<> set_modelled(store::Session& session, const std::string& source_id, std::int64_t version) {
  TRY_VOID(session.execute(
      "UPDATE source_versions SET modelled_at = $3 WHERE source_id = $1 AND version = $2",
      {source_id, version, now()}));
  return {};
}

Result<> delete_version(store::Session& session, const std::string& source_id,
                        std::int64_t version) {
  TRY_VOID(session.execute("DELETE FROM source_versions WHERE source_id = $1 AND version = $2",
                           {source_id, version}));
  return {};
}

}  // namespace sextant::sources
