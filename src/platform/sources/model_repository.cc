// Semantic models in the metadata store. The interface is in repository.h.

#include <algorithm>

#include "base/id.h"
#include "base/time.h"
#include "catalog/model_edits.h"
#include "platform/sources/repository.h"

namespace sextant::sources {

Result<std::string> save_model(store::Session& session, const std::string& workspace_id,
                               const std::string& source_id, const std::string& name,
                               const catalog::SemanticModel& model) {
  TRY(auto present,
      session.first("SELECT id, version, name, description, edits FROM semantic_models "
                    "WHERE source_id = $1 AND workspace_id = $2",
                    {source_id, workspace_id}));
  std::string id = present ? present->text("id") : new_id();
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
  // The history keeps what was in force: with the edits, which stay.
  catalog::ModelEdits edits;
  if (present) {
    TRY(edits, present->document<catalog::ModelEdits>("edits"));
  }
  catalog::SemanticModel edited = model;
  catalog::apply(edits, edited);
  TRY_VOID(add_model_history(
      session,
      {id, present ? present->text("name") : name,
       present ? present->maybe_text("description") : std::nullopt, edited, version},
      edits, present ? "made from the new data" : "made from the data", std::nullopt));
  TRY_VOID(
      session.execute("UPDATE data_source_registry SET semantic_model_id = $2, updated_at = $3 "
                      "WHERE source_id = $1",
                      {source_id, id, now()}));
  return id;
}

Result<> drop_joins(store::Session& session, const std::string& workspace_id,
                    const std::vector<catalog::ModelJoin>& joins) {
  if (joins.empty()) return {};
  TRY(auto models, list_models(session, workspace_id));
  for (auto& [source_id, model, edits, created_at, updated_at] : models) {
    const auto erased = std::erase_if(model.schema_definition.joins, [&](const auto& join) {
      return std::ranges::any_of(
          joins, [&](const auto& other) { return catalog::same_join(join, other); });
    });
    if (erased == 0) continue;
    TRY_VOID(save_model(session, workspace_id, source_id, model.name, model.schema_definition));
  }
  return {};
}

Result<> drop_joins_to(store::Session& session, const std::string& workspace_id,
                       const std::string& source_id) {
  TRY(const auto gone, get_model(session, source_id));
  if (!gone) return {};
  const auto of_it = [&](const catalog::JoinSide& side) {
    return std::ranges::any_of(gone->schema_definition.tables,
                               [&](const auto& table) { return table.name == side.table; });
  };
  std::vector<catalog::ModelJoin> joins;
  TRY(const auto models, list_models(session, workspace_id));
  for (const auto& one : models) {
    if (one.source_id == source_id) continue;
    for (const auto& join : one.model.schema_definition.joins) {
      if (of_it(join.left) || of_it(join.right)) joins.push_back(join);
    }
  }
  return drop_joins(session, workspace_id, joins);
}

Result<> add_model_history(store::Session& session, const Model& model,
                           const catalog::ModelEdits& edits, const std::string& note,
                           const std::optional<std::string>& user_id) {
  TRY_VOID(
      session.execute("INSERT INTO semantic_model_history (model_id, version, name, description, "
                      "schema_definition, edits, note, user_id, created_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      {model.id, model.version, model.name, model.description,
                       store::Value::json(model.schema_definition), store::Value::json(edits), note,
                       user_id, now()}));
  return {};
}

Result<std::optional<Model>> get_model(store::Session& session, const std::string& source_id) {
  TRY(auto row, session.first("SELECT id, name, description, schema_definition, edits, version "
                              "FROM semantic_models WHERE source_id = $1",
                              {source_id}));
  if (!row) return std::nullopt;
  Model model{row->text("id"),
              row->text("name"),
              row->maybe_text("description"),
              {},
              row->integer("version")};
  TRY(model.schema_definition, row->document<catalog::SemanticModel>("schema_definition"));
  TRY(const auto edits, row->document<catalog::ModelEdits>("edits"));
  catalog::apply(edits, model.schema_definition);
  return std::optional(std::move(model));
}

Result<std::vector<StoredModel>> list_models(store::Session& session,
                                             const std::string& workspace_id) {
  TRY(auto rows,
      session.query("SELECT id, source_id, name, description, schema_definition, edits, version, "
                    "created_at, updated_at FROM semantic_models WHERE workspace_id = $1 "
                    "AND source_id IS NOT NULL ORDER BY source_id",
                    {workspace_id}));
  std::vector<StoredModel> out;
  for (const auto& row : rows) {
    StoredModel stored;
    stored.source_id = row.text("source_id");
    stored.model = {row.text("id"),
                    row.text("name"),
                    row.maybe_text("description"),
                    {},
                    row.integer("version")};
    TRY(stored.model.schema_definition, row.document<catalog::SemanticModel>("schema_definition"));
    TRY(stored.edits, row.document<catalog::ModelEdits>("edits"));
    stored.created_at = row.text("created_at");
    stored.updated_at = row.text("updated_at");
    out.push_back(std::move(stored));
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
