#include "platform/models/model_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "base/time.h"
#include "platform/accounts/authorise.h"
#include "platform/workers/typed_run.h"

namespace sextant::models {
namespace {

using accounts::Action;
using accounts::authorise;
using catalog::find_table;
using catalog::ModelJoin;
using sources::StoredModel;

constexpr std::int64_t kHistory = 100;

bool is_empty(const catalog::ModelEdits& e) {
  return e.tables.empty() && e.columns.empty() && e.added_joins.empty() &&
         e.removed_joins.empty() && e.metrics.empty() && e.removed_metrics.empty();
}

void erase_join(std::vector<ModelJoin>& joins, const ModelJoin& join) {
  std::erase_if(joins, [&](const ModelJoin& other) { return catalog::same_join(other, join); });
}

}  // namespace

// All models of a workspace, and what they make together.
struct ModelService::Workspace {
  catalog::Catalog catalog;
  std::vector<StoredModel> models;
  catalog::SemanticModel whole;  // with all edits

  Result<const StoredModel*> find(const std::string& model_id) const {
    for (const auto& stored : models) {
      if (stored.model.id == model_id) return &stored;
    }
    return fail(ErrorCode::not_found, "There is no such model.", "GET /api/models lists them.");
  }

  ModelDetail detail(const StoredModel& stored) const {
    ModelDetail out;
    out.id = stored.model.id;
    out.name = stored.model.name;
    out.description = stored.model.description;
    out.source_id = stored.source_id;
    out.version = stored.model.version;
    out.edited = !is_empty(stored.edits);
    out.created_at = stored.created_at;
    out.updated_at = stored.updated_at;
    const auto source =
        std::ranges::find(catalog.sources, stored.source_id, &catalog::SourceVersion::source_id);
    if (source != catalog.sources.end()) out.source_name = source->source_name;
    auto& schema = out.schema_definition;
    for (const auto& table : whole.tables) {
      if (table.source_id == stored.source_id) schema.tables.push_back(table);
    }
    for (const auto& join : whole.joins) {
      if (find_table(schema, join.left.table) || find_table(schema, join.right.table)) {
        schema.joins.push_back(join);
      }
    }
    for (const auto& metric : whole.metrics) {
      if (find_table(schema, metric.table)) schema.metrics.push_back(metric);
    }
    return out;
  }
};

// A new version of one model, and edits of others that contradict it.
struct ModelService::Commit {
  const Workspace& workspace;
  const StoredModel& stored;
  std::string name;
  std::optional<std::string> description;
  catalog::ModelEdits edits;
  std::vector<ModelJoin> added;    // no other model removes these
  std::vector<ModelJoin> removed;  // no other model adds these
  std::string note;
};

ModelService::ModelService(store::Database& database, const blobs::WorkspaceFiles& files,
                           workers::Pool& pool, sources::WorkspaceData& data,
                           events::EventLog& events, const Settings& settings)
    : database_(database),
      files_(files),
      pool_(pool),
      data_(data),
      events_(events),
      settings_(settings) {}

Result<ModelService::Workspace> ModelService::load(const catalog::Principal& who) {
  Workspace out;
  TRY(out.catalog, data_.catalog(who.workspace_id));
  TRY(out.models, sources::list_models(database_, who.workspace_id));
  TRY(out.whole, data_.model(out.catalog));
  return out;
}

Result<std::vector<ModelDetail>> ModelService::list(const catalog::Principal& who) {
  TRY_VOID(authorise(who, Action::read, {"model", who.workspace_id}));
  TRY(const auto workspace, load(who));
  std::vector<ModelDetail> out;
  for (const auto& stored : workspace.models) out.push_back(workspace.detail(stored));
  return out;
}

Result<ModelDetail> ModelService::get(const catalog::Principal& who, const std::string& model_id) {
  TRY_VOID(authorise(who, Action::read, {"model", who.workspace_id}));
  TRY(const auto workspace, load(who));
  TRY(const auto* stored, workspace.find(model_id));
  return workspace.detail(*stored);
}

Result<ModelDetail> ModelService::change(const catalog::Principal& who, const std::string& model_id,
                                         const ModelPatch& patch, std::stop_token stop) {
  TRY_VOID(authorise(who, Action::write, {"model", who.workspace_id}));
  TRY(const auto workspace, load(who));
  TRY(const auto* stored, workspace.find(model_id));
  if (patch.version && *patch.version != stored->model.version) {
    return fail(ErrorCode::conflict,
                fmt::format("The model is at version {} by now, not {}.", stored->model.version,
                            *patch.version),
                "Load it again and repeat the change.");
  }
  catalog::SemanticModel base;
  for (const auto& table : stored->model.schema_definition.tables) {
    if (find_table(workspace.whole, table.name)) base.tables.push_back(table);
  }
  Change change;
  change.edits = stored->edits;
  if (patch.schema_definition) {
    change = change_of(*patch.schema_definition, base, workspace.whole, stored->edits);
  }
  Commit next{workspace,
              *stored,
              patch.name.value_or(stored->model.name),
              stored->model.description,
              {},
              {},
              {},
              {}};
  if (patch.name && *patch.name != stored->model.name) change.notes.emplace_back("renamed");
  if (patch.description && *patch.description != stored->model.description.value_or("")) {
    change.notes.emplace_back("described");
    next.description = patch.description;
    if (patch.description->empty()) next.description.reset();
  }
  TRY_VOID(check(workspace, change, stop));
  if (change.notes.empty()) return workspace.detail(*stored);
  next.added = change.edits.added_joins;
  next.removed = std::move(change.removed_joins);
  next.edits = std::move(change.edits);
  next.note = std::string(text::truncate_utf8(text::join(change.notes, "; "), 2'000));
  TRY_VOID(commit(who, next));
  return get(who, model_id);
}

Result<> ModelService::check(const Workspace& workspace, Change& change, std::stop_token stop) {
  if (!change.errors.empty()) return fail(json::field_errors(change.errors));
  if (change.metrics.empty() && change.joins.empty()) return {};
  wire::CheckModelRequest request;
  request.catalog = workspace.catalog;
  request.model = workspace.whole;
  catalog::apply(change.edits, request.model);
  request.metrics = change.metrics;
  request.joins = change.joins;
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.query_timeout_seconds);
  options.stop = stop;
  const auto& id = workspace.catalog.workspace_id;
  TRY_VOID(files_.prepare(id));
  TRY(auto reply,
      workers::run<wire::CheckModelReply>(pool_, {id, files_.folder(id)},
                                          wire::Operation::check_model, request, options));
  auto& edits = change.edits;
  for (auto& join : reply.joins) {
    erase_join(edits.removed_joins, join);
    edits.added_joins.push_back(std::move(join));
  }
  for (auto& metric : reply.metrics) {
    const auto same = [&](const auto& other) {
      return catalog::same_name(other.name, metric.name);
    };
    std::erase_if(edits.metrics, same);
    std::erase_if(edits.removed_metrics, same);
    edits.metrics.push_back(std::move(metric));
  }
  return {};
}

Result<std::vector<ModelVersion>> ModelService::history(const catalog::Principal& who,
                                                        const std::string& model_id) {
  TRY_VOID(authorise(who, Action::read, {"model", who.workspace_id}));
  TRY(const auto workspace, load(who));
  TRY(const auto* stored, workspace.find(model_id));
  TRY(auto rows, database_.query("SELECT h.version, h.name, h.description, h.note, h.created_at, "
                                 "h.schema_definition, u.full_name FROM semantic_model_history h "
                                 "LEFT JOIN users u ON u.id = h.user_id WHERE h.model_id = $1 "
                                 "ORDER BY h.version DESC LIMIT $2",
                                 {stored->model.id, kHistory}));
  std::vector<ModelVersion> out;
  for (const auto& row : rows) {
    ModelVersion version{row.integer("version"),
                         row.text("name"),
                         row.maybe_text("description"),
                         row.text("note"),
                         row.maybe_text("full_name"),
                         row.text("created_at"),
                         {}};
    TRY(version.schema_definition, row.document<catalog::SemanticModel>("schema_definition"));
    out.push_back(std::move(version));
  }
  return out;
}

Result<ModelDetail> ModelService::restore(const catalog::Principal& who,
                                          const std::string& model_id, std::int64_t version,
                                          std::stop_token stop) {
  TRY_VOID(authorise(who, Action::write, {"model", who.workspace_id}));
  TRY(const auto workspace, load(who));
  TRY(const auto* stored, workspace.find(model_id));
  TRY(const auto row, database_.one("SELECT name, description, edits FROM semantic_model_history "
                                    "WHERE model_id = $1 AND version = $2",
                                    {model_id, version}, "version of this model"));
  Change change;
  TRY(change.edits, row.document<catalog::ModelEdits>("edits"));
  // The data may have changed since: metrics and joins of then are checked on those of now.
  for (auto& metric : std::exchange(change.edits.metrics, {})) {
    change.metrics.push_back({"metrics." + metric.name, std::move(metric)});
  }
  for (auto& join : std::exchange(change.edits.added_joins, {})) {
    change.joins.push_back({"joins." + join.left.table + "." + join.left.column, std::move(join)});
  }
  TRY_VOID(check(workspace, change, stop));
  Commit next{workspace,
              *stored,
              row.text("name"),
              row.maybe_text("description"),
              change.edits,
              change.edits.added_joins,
              change.edits.removed_joins,
              fmt::format("version {} restored", version)};
  TRY_VOID(commit(who, next));
  return get(who, model_id);
}

Result<> ModelService::commit(const catalog::Principal& who, const Commit& next) {
  const auto write = [&](store::Transaction& tx, const StoredModel& stored, sources::Model model,
                         const catalog::ModelEdits& edits, const std::string& note) -> Result<> {
    model.version = stored.model.version + 1;
    TRY(const auto changed,
        tx.execute("UPDATE semantic_models SET name = $3, description = $4, edits = $5, "
                   "version = $6, updated_at = $7 WHERE id = $1 AND version = $2",
                   {model.id, stored.model.version, model.name, model.description,
                    store::Value::json(edits), model.version, now()}));
    if (changed == 0) {
      return fail(ErrorCode::conflict, "The model was changed by somebody else meanwhile.",
                  "Load it again and repeat the change.");
    }
    catalog::apply(edits, model.schema_definition);
    TRY_VOID(sources::add_model_history(tx, model, edits, note, who.user_id));
    TRY_VOID(events_.append(tx, who.workspace_id, "model.updated", stored.source_id,
                            json::Object{{"model_id", model.id}, {"version", model.version}}));
    return {};
  };
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    sources::Model model = next.stored.model;
    model.name = next.name;
    model.description = next.description;
    TRY_VOID(write(tx, next.stored, std::move(model), next.edits, next.note));
    for (const auto& other : next.workspace.models) {
      if (other.model.id == next.stored.model.id) continue;
      catalog::ModelEdits edits = other.edits;
      for (const auto& join : next.added) erase_join(edits.removed_joins, join);
      for (const auto& join : next.removed) erase_join(edits.added_joins, join);
      if (edits.removed_joins.size() == other.edits.removed_joins.size() &&
          edits.added_joins.size() == other.edits.added_joins.size()) {
        continue;
      }
      TRY_VOID(write(tx, other, other.model, edits, "joins as changed in " + next.name));
    }
    return {};
  });
}

}  // namespace sextant::models
