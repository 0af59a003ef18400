// The ingest job: what follows a published version. Its passages become searchable, its columns are
// profiled, its model is made, and the features learn of it.

#include <algorithm>

#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "platform/sources/ingest_work.h"
#include "platform/workers/typed_run.h"

namespace sextant::sources {
namespace {

constexpr std::int64_t kPreviewRows = 20;
constexpr int kModelRounds = 50;

std::string counted(std::int64_t n, const std::string& one) {
  return text::grouped(n) + " " + one + (n == 1 ? "" : "s");
}

// What a source is: its only table in words, how many there are, or how much text.
std::string sentence_of(const std::vector<catalog::TableProfile>& tables,
                        const catalog::LoadReport& report) {
  if (tables.size() == 1) return tables.front().sentence;
  if (!tables.empty()) {
    std::int64_t rows = 0;
    for (const auto& table : tables) rows += table.rows;
    return counted(std::ssize(tables), "table") + ", " + counted(rows, "row");
  }
  if (report.pages) return counted(*report.pages, "page") + " of text";
  return report.passages ? counted(*report.passages, "passage") + " of text" : std::string();
}

// Whether the profile is as this version of the program makes it.
bool is_complete(const std::vector<catalog::TableProfile>& tables) {
  const auto says_what_is_exact = [](const auto& column) {
    return column.quantiles_are_exact.has_value();
  };
  return !tables.empty() && std::ranges::all_of(tables, [&](const auto& table) {
    return (table.quality || table.rows == 0) &&
           std::ranges::all_of(table.columns, says_what_is_exact);
  });
}

}  // namespace

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
  TRY(const auto present, get_profiles(database_, file.source_id, work.version));
  if (is_complete(present)) return {};
  wire::ProfileRequest request;
  TRY(request.source,
      get_source_version(database_, work.payload.workspace_id, file.source_id, work.version));
  TRY(auto reply, workers::run<wire::ProfileReply>(pool_, work.workspace, wire::Operation::profile,
                                                   request, work.options));
  TRY(const auto version,
      find_version(database_, work.payload.workspace_id, file.source_id, work.version));
  const auto sentence =
      sentence_of(reply.tables, version ? version->load_report : catalog::LoadReport{});
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
    TRY_VOID(drop_joins(tx, work.payload.workspace_id, reply.superseded));
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

}  // namespace sextant::sources
