// Sources and their versions in the metadata store. The interface is in repository.h.

#include "base/id.h"
#include "base/time.h"
#include "platform/sources/repository.h"

namespace sextant::sources {
namespace {

// What `schema_info` holds besides the versions' tables, so that lists need not read whole
// profiles.
struct SchemaInfo {
  std::string sentence;
};
BOOST_DESCRIBE_STRUCT(SchemaInfo, (), (sentence))

constexpr const char* kSourceColumns =
    "SELECT r.source_id, r.source_name, r.source_type, r.data_type, r.semantic_model_id, r.status, "
    "r.feature_integrations, r.current_version, r.created_at, r.updated_at, v.tables, v.rows, "
    "r.schema_info, "
    "v.suggested_questions FROM data_source_registry r JOIN source_versions v "
    "ON v.source_id = r.source_id AND v.version = r.current_version WHERE r.workspace_id = $1 ";

Result<Source> read_source(const store::Row& row) {
  Source source;
  source.source_id = row.text("source_id");
  source.source_name = row.text("source_name");
  source.source_type = row.text("source_type");
  source.data_type = row.text("data_type");
  TRY(source.schema.tables, row.document<std::vector<catalog::Table>>("tables"));
  source.semantic_model_id = row.maybe_text("semantic_model_id");
  source.status = row.text("status");
  TRY(source.feature_integrations, row.document<FeatureStates>("feature_integrations"));
  source.version = row.integer("current_version");
  source.rows = row.integer("rows");
  TRY(auto summary, row.document<SchemaInfo>("schema_info"));
  source.sentence = std::move(summary.sentence);
  TRY(source.suggested_questions, row.document<std::vector<std::string>>("suggested_questions"));
  source.created_at = row.text("created_at");
  source.updated_at = row.text("updated_at");
  return source;
}

}  // namespace

Result<std::vector<Source>> list_sources(store::Session& session, const std::string& workspace_id) {
  TRY(auto rows,
      session.query(std::string(kSourceColumns) + "ORDER BY r.created_at DESC, r.id DESC",
                    {workspace_id}));
  std::vector<Source> out;
  for (const auto& row : rows) {
    TRY(auto source, read_source(row));
    out.push_back(std::move(source));
  }
  return out;
}

Result<std::optional<Source>> find_source(store::Session& session, const std::string& workspace_id,
                                          const std::string& source_id) {
  TRY(auto row, session.first(std::string(kSourceColumns) + "AND r.source_id = $2",
                              {workspace_id, source_id}));
  if (!row) return std::nullopt;
  TRY(auto source, read_source(*row));
  return std::optional(std::move(source));
}

Result<std::vector<std::pair<std::string, std::int64_t>>> current_versions(
    store::Session& session, const std::string& workspace_id) {
  TRY(auto rows,
      session.query("SELECT source_id, current_version FROM data_source_registry "
                    "WHERE workspace_id = $1 AND status = 'available' AND current_version > 0 "
                    "ORDER BY source_id",
                    {workspace_id}));
  std::vector<std::pair<std::string, std::int64_t>> out;
  for (const auto& row : rows)
    out.emplace_back(row.text("source_id"), row.integer("current_version"));
  return out;
}

Result<catalog::SourceVersion> get_source_version(store::Session& session,
                                                  const std::string& workspace_id,
                                                  const std::string& source_id,
                                                  std::int64_t version) {
  TRY(auto row, session.one("SELECT r.source_name, v.path, v.tables FROM source_versions v "
                            "JOIN data_source_registry r ON r.source_id = v.source_id "
                            "WHERE r.workspace_id = $1 AND v.source_id = $2 AND v.version = $3",
                            {workspace_id, source_id, version}, "version of this source"));
  catalog::SourceVersion out{source_id, row.text("source_name"), version, row.text("path"), {}};
  TRY(out.tables, row.document<std::vector<catalog::Table>>("tables"));
  return out;
}

Result<std::vector<std::string>> taken_table_names(store::Session& session,
                                                   const std::string& workspace_id,
                                                   const std::string& except_source_id) {
  TRY(auto rows, session.query("SELECT v.tables FROM data_source_registry r JOIN source_versions v "
                               "ON v.source_id = r.source_id AND v.version = r.current_version "
                               "WHERE r.workspace_id = $1 AND r.source_id <> $2",
                               {workspace_id, except_source_id}));
  std::vector<std::string> names;
  for (const auto& row : rows) {
    TRY(auto tables, row.document<std::vector<catalog::Table>>("tables"));
    for (auto& table : tables) names.push_back(std::move(table.name));
  }
  return names;
}

Result<std::vector<Version>> list_versions(store::Session& session, const std::string& source_id) {
  TRY(auto rows, session.query("SELECT version, rows, bytes, created_at, load_report, profiles "
                               "FROM source_versions WHERE source_id = $1 AND status = 'published' "
                               "ORDER BY version DESC",
                               {source_id}));
  std::vector<Version> out;
  for (const auto& row : rows) {
    Version version{row.integer("version"),
                    row.integer("rows"),
                    row.integer("bytes"),
                    row.text("created_at"),
                    {},
                    {}};
    TRY(version.load_report, row.document<catalog::LoadReport>("load_report"));
    TRY(version.profiles, row.document<std::vector<catalog::TableProfile>>("profiles"));
    out.push_back(std::move(version));
  }
  return out;
}

Result<std::vector<catalog::TableProfile>> get_profiles(store::Session& session,
                                                        const std::string& source_id,
                                                        std::int64_t version) {
  TRY(auto row,
      session.one("SELECT profiles FROM source_versions WHERE source_id = $1 AND version = $2",
                  {source_id, version}, "version of this source"));
  return row.document<std::vector<catalog::TableProfile>>("profiles");
}

Result<> save_profiles(store::Session& session, const std::string& source_id, std::int64_t version,
                       const std::vector<catalog::TableProfile>& profiles,
                       const std::string& sentence) {
  TRY_VOID(session.execute(
      "UPDATE source_versions SET profiles = $3 WHERE source_id = $1 AND version = $2",
      {source_id, version, store::Value::json(profiles)}));
  const SchemaInfo summary{sentence};
  TRY_VOID(session.execute("UPDATE data_source_registry SET schema_info = $2 WHERE source_id = $1",
                           {source_id, store::Value::json(summary)}));
  return {};
}

Result<std::vector<std::pair<std::string, std::string>>> outdated_profiles(
    store::Session& session) {
  TRY(auto rows,
      session.query("SELECT r.workspace_id, r.source_id FROM data_source_registry r JOIN "
                    "source_versions v ON v.source_id = r.source_id AND v.version = "
                    "r.current_version WHERE v.rows > 0 AND CAST(v.profiles AS TEXT) <> '[]' AND "
                    "(CAST(v.profiles AS TEXT) NOT LIKE '%\"quality\"%' OR (v.rows > 1000000 AND "
                    "CAST(v.profiles AS TEXT) NOT LIKE '%\"quantiles_are_exact\"%'))"));
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& row : rows) out.emplace_back(row.text("workspace_id"), row.text("source_id"));
  return out;
}

Result<> save_suggested_questions(store::Session& session, const std::string& source_id,
                                  std::int64_t version, const std::vector<std::string>& questions) {
  TRY_VOID(session.execute(
      "UPDATE source_versions SET suggested_questions = $3 WHERE source_id = $1 AND version = $2",
      {source_id, version, store::Value::json(questions)}));
  return {};
}

Result<> set_features(store::Session& session, const std::string& source_id,
                      const FeatureStates& features) {
  TRY_VOID(
      session.execute("UPDATE data_source_registry SET feature_integrations = $2, updated_at = $3 "
                      "WHERE source_id = $1",
                      {source_id, store::Value::json(features), now()}));
  return {};
}

Result<> delete_source(store::Session& session, const std::string& source_id) {
  TRY_VOID(session.execute("DELETE FROM source_versions WHERE source_id = $1", {source_id}));
  TRY_VOID(session.execute("DELETE FROM data_source_registry WHERE source_id = $1", {source_id}));
  TRY_VOID(session.execute("DELETE FROM semantic_models WHERE source_id = $1", {source_id}));
  return {};
}

}  // namespace sextant::sources
