// Semantic models in the metadata store. The interface is in repository.h.

#include "base/id.h"
#include "base/time.h"
#include "platform/sources/repository.h"

namespace sextant::sources {

Result<std::string> save_model(store::Session& session, const std::string& workspace_id,
                               const std::string& source_id, const std::string& name,
                               const catalog::SemanticModel& model) {
  TRY(auto present,
      session.first(
          "SELECT id, version FROM semantic_models WHERE source_id = $1 AND workspace_id = $2",
          {source_id, workspace_id}));
  const std::string id = present ? present->text("id") : new_id();
  const std::int64_t version = present ? present->integer("version") + 1 : 1;
  const auto definition = store::Value::json(model);
  if (present) {
    TRY_VOID(session.execute(
        "UPDATE semantic_models SET schema_definition = $2, version = $3, updated_at = $4 "
        "WHERE id = $1",
        {id, definition, version, now()}));
  } else {
    TRY_VOID(session.execute(
        "INSERT INTO semantic_models (id, name, schema_definition, workspace_id, source_id, "
        "version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
        {id, name, definition, workspace_id, source_id, version, now()}));
  }
  TRY_VOID(session.execute(
      "INSERT INTO semantic_model_history (model_id, version, name, schema_definition, note, "
      "created_at) VALUES ($1, $2, $3, $4, $5, $6)",
      {id, version, name, definition, "made from the data", now()}));
  TRY_VOID(
      session.execute("UPDATE data_source_registry SET semantic_model_id = $2, updated_at = $3 "
                      "WHERE source_id = $1",
                      {source_id, id, now()}));
  return id;
}

Result<std::optional<Model>> get_model(store::Session& session, const std::string& source_id) {
  TRY(auto row,
      session.first("SELECT id, name, description, schema_definition, version FROM semantic_models "
                    "WHERE source_id = $1",
                    {source_id}));
  if (!row) return std::nullopt;
  Model model{row->text("id"),
              row->text("name"),
              row->maybe_text("description"),
              {},
              row->integer("version")};
  TRY(model.schema_definition, row->document<catalog::SemanticModel>("schema_definition"));
  return std::optional(std::move(model));
}

Result<std::vector<std::pair<std::string, catalog::SemanticModel>>> list_models(
    store::Session& session, const std::string& workspace_id) {
  TRY(auto rows,
      session.query(
          "SELECT source_id, schema_definition FROM semantic_models WHERE workspace_id = $1 "
          "AND source_id IS NOT NULL ORDER BY source_id",
          {workspace_id}));
  std::vector<std::pair<std::string, catalog::SemanticModel>> out;
  for (const auto& row : rows) {
    TRY(auto model, row.document<catalog::SemanticModel>("schema_definition"));
    out.emplace_back(row.text("source_id"), std::move(model));
  }
  return out;
}

Result<ModelVersions> list_model_versions(store::Session& session,
                                          const std::string& workspace_id) {
  TRY(auto rows,
      session.query("SELECT source_id, version FROM semantic_models WHERE workspace_id = $1 "
                    "AND source_id IS NOT NULL ORDER BY source_id",
                    {workspace_id}));
  ModelVersions out;
  for (const auto& row : rows) out.emplace_back(row.text("source_id"), row.integer("version"));
  return out;
}

}  // namespace sextant::sources
