// Files in the metadata store. The interface is in repository.h.

#include "base/time.h"
#include "platform/sources/repository.h"

namespace sextant::sources {
namespace {

constexpr const char* kColumns =
    "SELECT id, filename, original_filename, file_type, file_size, file_path, processing_status, "
    "file_metadata, user_id, semantic_model_id, created_at, updated_at, workspace_id, sha256, "
    "source_id, "
    "error, progress_stage, progress_bytes, progress_rows, progress_fraction FROM uploaded_files ";

Result<StoredFile> read(const store::Row& row) {
  StoredFile out;
  File& file = out.file;
  file.id = row.text("id");
  file.filename = row.text("filename");
  file.original_filename = row.text("original_filename");
  file.file_type = row.text("file_type");
  file.file_size = row.integer("file_size");
  file.processing_status =
      json::enum_from<FileStatus>(row.text("processing_status")).value_or(FileStatus::pending);
  file.progress = {row.text("progress_stage"), row.integer("progress_bytes"),
                   row.integer("progress_rows"), row.real("progress_fraction")};
  if (!row.is_null("error")) {
    TRY(file.error, row.document<FileError>("error"));
  }
  file.source_id = row.text("source_id");
  file.semantic_model_id = row.maybe_text("semantic_model_id");
  TRY(file.file_metadata, row.document<json::Object>("file_metadata"));
  file.user_id = row.text("user_id");
  file.created_at = row.text("created_at");
  file.updated_at = row.text("updated_at");
  out.workspace_id = row.text("workspace_id");
  out.sha256 = row.text("sha256");
  out.path = row.text("file_path");
  return out;
}

}  // namespace

Result<> insert_file(store::Session& session, const StoredFile& stored) {
  const File& file = stored.file;
  TRY_VOID(session.execute(
      "INSERT INTO uploaded_files (id, filename, original_filename, file_type, file_size, "
      "file_path, "
      "processing_status, file_metadata, user_id, created_at, updated_at, workspace_id, sha256, "
      "source_id, "
      "progress_stage, progress_bytes, progress_fraction) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14, $15, $16)",
      {file.id, file.filename, file.original_filename, file.file_type, file.file_size, stored.path,
       json::enum_name(file.processing_status), store::Value::json(file.file_metadata),
       file.user_id, file.created_at, stored.workspace_id, stored.sha256, file.source_id,
       file.progress.stage, file.progress.bytes, file.progress.fraction}));
  return {};
}

Result<StoredFile> get_file(store::Session& session, const std::string& workspace_id,
                            const std::string& file_id) {
  TRY(auto row, session.one(std::string(kColumns) +
                                "WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL",
                            {file_id, workspace_id}, "file"));
  return read(row);
}

Result<std::optional<StoredFile>> find_file_by_content(store::Session& session,
                                                       const std::string& workspace_id,
                                                       const std::string& sha256) {
  TRY(auto row,
      session.first(std::string(kColumns) +
                        "WHERE workspace_id = $1 AND sha256 = $2 AND "
                        "deleted_at IS NULL AND processing_status <> 'failed' ORDER BY id LIMIT 1",
                    {workspace_id, sha256}));
  if (!row) return std::nullopt;
  TRY(auto stored, read(*row));
  return std::optional(std::move(stored));
}

Result<FilePage> list_files(store::Session& session, const std::string& workspace_id,
                            std::int64_t limit, const std::optional<std::string>& cursor) {
  // Ids sort by time of creation, so the id of the last file shown is the cursor.
  TRY(auto rows,
      session.query(std::string(kColumns) +
                        "WHERE workspace_id = $1 AND deleted_at IS NULL AND "
                        "(CAST($2 AS TEXT) IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
                    {workspace_id, cursor, limit + 1}));
  FilePage page;
  for (const auto& row : rows) {
    if (static_cast<std::int64_t>(page.files.size()) == limit) {
      page.next_cursor = page.files.back().id;
      break;
    }
    TRY(auto stored, read(row));
    page.files.push_back(std::move(stored.file));
  }
  TRY(auto count,
      session.one(
          "SELECT count(*) AS n FROM uploaded_files WHERE workspace_id = $1 AND deleted_at IS NULL",
          {workspace_id}, "count"));
  page.total_count = count.integer("n");
  return page;
}

Result<> update_progress(store::Session& session, const std::string& file_id,
                         const FileProgress& progress) {
  TRY_VOID(session.execute(
      "UPDATE uploaded_files SET progress_stage = $2, progress_bytes = $3, progress_rows = $4, "
      "progress_fraction = $5, updated_at = $6 WHERE id = $1",
      {file_id, progress.stage, progress.bytes, progress.rows, progress.fraction, now()}));
  return {};
}

Result<> set_status(store::Session& session, const std::string& file_id, FileStatus status,
                    const std::optional<FileError>& error) {
  TRY_VOID(session.execute(
      "UPDATE uploaded_files SET processing_status = $2, error = $3, updated_at = $4 WHERE id = $1",
      {file_id, json::enum_name(status), error ? store::Value::json(*error) : store::Value(),
       now()}));
  return {};
}

Result<> set_file_model(store::Session& session, const std::string& file_id,
                        const std::string& model_id) {
  TRY_VOID(session.execute("UPDATE uploaded_files SET semantic_model_id = $2 WHERE id = $1",
                           {file_id, model_id}));
  return {};
}

Result<> set_extracted_data(store::Session& session, const std::string& file_id,
                            const json::Object& preview) {
  TRY_VOID(session.execute("UPDATE uploaded_files SET extracted_data = $2 WHERE id = $1",
                           {file_id, store::Value::json(preview)}));
  return {};
}

Result<json::Object> get_extracted_data(store::Session& session, const std::string& file_id) {
  TRY(auto row,
      session.one("SELECT extracted_data FROM uploaded_files WHERE id = $1", {file_id}, "file"));
  return row.document<json::Object>("extracted_data");
}

Result<std::vector<StuckFile>> stuck_files(store::Session& session,
                                           const std::string& workspace_id) {
  TRY(auto rows,
      session.query("SELECT f.id, f.filename, f.progress_stage, f.updated_at FROM uploaded_files f "
                    "WHERE f.workspace_id = $1 AND f.deleted_at IS NULL AND "
                    "f.processing_status IN ('pending', 'processing') AND NOT EXISTS ("
                    "SELECT 1 FROM jobs j JOIN uploaded_files g ON j.subject = g.id "
                    "WHERE (g.id = f.id OR g.source_id = f.source_id) AND (j.status = 'queued' OR "
                    "(j.status = 'running' AND j.lease_until > $2))) ORDER BY f.id",
                    {workspace_id, now()}));
  std::vector<StuckFile> out;
  for (const auto& row : rows) {
    out.push_back(
        {row.text("id"), row.text("filename"), row.text("progress_stage"), row.text("updated_at")});
  }
  return out;
}

Result<std::int64_t> uploaded_bytes(store::Session& session, const std::string& workspace_id) {
  TRY(auto row, session.one("SELECT coalesce(CAST(sum(file_size) AS BIGINT), 0) AS n FROM "
                            "uploaded_files WHERE workspace_id = $1 AND deleted_at IS NULL",
                            {workspace_id}, "count"));
  return row.integer("n");
}

Result<std::vector<StoredFile>> files_of_source(store::Session& session,
                                                const std::string& workspace_id,
                                                const std::string& source_id) {
  TRY(auto rows, session.query(std::string(kColumns) +
                                   "WHERE workspace_id = $1 AND source_id = $2 AND deleted_at IS "
                                   "NULL ORDER BY id",
                               {workspace_id, source_id}));
  std::vector<StoredFile> out;
  for (const auto& row : rows) {
    TRY(auto stored, read(row));
    out.push_back(std::move(stored));
  }
  return out;
}

Result<> delete_file(store::Session& session, const std::string& file_id) {
  TRY_VOID(session.execute("DELETE FROM uploaded_files WHERE id = $1", {file_id}));
  return {};
}

Result<std::int64_t> count_uses(store::Session& session, const std::string& workspace_id,
                                const std::string& sha256) {
  TRY(auto row, session.one("SELECT count(*) AS n FROM uploaded_files "
                            "WHERE workspace_id = $1 AND sha256 = $2 AND deleted_at IS NULL",
                            {workspace_id, sha256}, "count"));
  return row.integer("n");
}

}  // namespace sextant::sources
