#include "platform/models/teaching_service.h"

#include <algorithm>
#include <chrono>

#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "catalog/model_edits.h"
#include "platform/accounts/authorise.h"
#include "platform/models/ask_request.h"
#include "platform/workers/typed_run.h"

namespace sextant::models {
namespace {

using accounts::Action;
using accounts::authorise;
using catalog::TeachingKind;

constexpr std::int64_t kMost = 500;  // of a workspace
constexpr std::size_t kPhraseBytes = 80;
constexpr std::size_t kQuestionBytes = 4'000;
constexpr std::size_t kSqlBytes = 64 << 10;

constexpr const char* kSelect =
    "SELECT t.id, t.kind, t.phrase, t.meaning, t.origin, t.created_at, u.full_name FROM teachings "
    "t "
    "LEFT JOIN users u ON u.id = t.user_id WHERE t.workspace_id = $1 ";

std::string key_of(const std::string& phrase) { return text::snake_case(phrase, "_"); }

std::string words_of(const catalog::SemanticModel& model, TeachingKind kind,
                     const catalog::Meaning& meaning) {
  if (kind == TeachingKind::term) return catalog::meaning_words(model, meaning).value_or("");
  return meaning.sql_query ? "this SQL" : "the reading that was chosen";
}

Result<TeachingDetail> detail_of(const store::Row& row, const catalog::SemanticModel& model) {
  TeachingDetail out;
  out.id = row.text("id");
  out.kind = json::enum_from<TeachingKind>(row.text("kind")).value_or(TeachingKind::term);
  out.phrase = row.text("phrase");
  TRY(out.meaning, row.document<catalog::Meaning>("meaning"));
  out.words = words_of(model, out.kind, out.meaning);
  out.origin = json::enum_from<TeachingOrigin>(row.text("origin")).value_or(TeachingOrigin::page);
  out.user = row.maybe_text("full_name");
  out.created_at = row.text("created_at");
  return out;
}

}  // namespace

TeachingService::TeachingService(store::Database& database, const blobs::WorkspaceFiles& files,
                                 workers::Pool& pool, sources::WorkspaceData& data,
                                 events::EventLog& events, const Settings& settings)
    : database_(database),
      files_(files),
      pool_(pool),
      data_(data),
      events_(events),
      settings_(settings) {}

Result<catalog::SemanticModel> TeachingService::model(const std::string& workspace_id) {
  TRY(const auto catalog, data_.catalog(workspace_id));
  return data_.model(catalog);
}

Result<std::vector<TeachingDetail>> TeachingService::list(const catalog::Principal& who) {
  TRY_VOID(authorise(who, Action::read, {"teaching", who.workspace_id}));
  TRY(const auto whole, model(who.workspace_id));
  TRY(const auto rows,
      database_.query(std::string(kSelect) + "ORDER BY t.id DESC", {who.workspace_id}));
  std::vector<TeachingDetail> out;
  for (const auto& row : rows) {
    TRY(auto detail, detail_of(row, whole));
    out.push_back(std::move(detail));
  }
  return out;
}

Result<std::vector<catalog::Teaching>> TeachingService::taught(const std::string& workspace_id) {
  TRY(const auto rows,
      database_.query("SELECT kind, phrase, meaning FROM teachings WHERE workspace_id = $1 "
                      "ORDER BY id",
                      {workspace_id}));
  std::vector<catalog::Teaching> out;
  for (const auto& row : rows) {
    catalog::Teaching teaching;
    teaching.kind = json::enum_from<TeachingKind>(row.text("kind")).value_or(TeachingKind::term);
    teaching.phrase = row.text("phrase");
    TRY(teaching.meaning, row.document<catalog::Meaning>("meaning"));
    out.push_back(std::move(teaching));
  }
  return out;
}

Result<> TeachingService::check(const catalog::Principal& who, const catalog::Teaching& teaching,
                                std::stop_token stop) {
  const auto& meaning = teaching.meaning;
  const bool term = teaching.kind == TeachingKind::term;
  std::vector<json::FieldError> errors;
  const std::size_t most = term ? kPhraseBytes : kQuestionBytes;
  if (key_of(teaching.phrase) == "_" || teaching.phrase.size() > most) {
    errors.push_back({"phrase", "must be words of at most " + std::to_string(most) + " bytes"});
  }
  if (term) {
    TRY(const auto whole, model(who.workspace_id));
    if (!catalog::meaning_words(whole, meaning)) {
      errors.push_back({"meaning", "must name a table, a column of it or a metric of the models"});
    }
  } else if (meaning.reading.has_value() == meaning.sql_query.has_value()) {
    errors.push_back({"meaning", "must have either a reading or an sql_query"});
  } else if (meaning.sql_query && meaning.sql_query->size() > kSqlBytes) {
    errors.push_back({"meaning.sql_query", "must be at most 64 KB"});
  }
  if (!errors.empty()) return fail(json::field_errors(errors));
  if (term) return {};
  // A question is taught only what answers it.
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.query_timeout_seconds);
  options.stop = std::move(stop);
  options.on_data = [](std::string_view) -> Result<> { return {}; };
  const workers::WorkspaceRef workspace{who.workspace_id, files_.folder(who.workspace_id)};
  TRY_VOID(files_.prepare(who.workspace_id));
  TRY(const auto catalog, data_.catalog(who.workspace_id));
  if (meaning.sql_query) {
    wire::QueryRequest request;
    request.catalog = catalog;
    request.sql = *meaning.sql_query;
    request.limits.max_rows = 1;
    const auto ran =
        workers::run<wire::QueryReply>(pool_, workspace, wire::Operation::query, request, options);
    if (ran) return {};
    if (ran.error().code != ErrorCode::invalid_sql) return fail(ran.error());
    return fail(json::field_errors({{"meaning.sql_query", ran.error().message}}));
  }
  TRY(auto request, ask_request(data_, catalog));
  request.question = teaching.phrase;
  request.reading = meaning.reading;
  const auto ran =
      workers::run<catalog::Answer>(pool_, workspace, wire::Operation::ask, request, options);
  if (ran) return {};
  if (ran.error().code != ErrorCode::invalid_fields) return fail(ran.error());
  return fail(json::field_errors({{"meaning.reading", ran.error().message}}));
}

Result<TeachingDetail> TeachingService::teach(const catalog::Principal& who,
                                              const catalog::Teaching& teaching,
                                              TeachingOrigin origin, std::stop_token stop) {
  TRY_VOID(authorise(who, Action::write, {"teaching", who.workspace_id}));
  TRY_VOID(check(who, teaching, std::move(stop)));
  const std::string id = new_id();
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute(
        "DELETE FROM teachings WHERE workspace_id = $1 AND kind = $2 AND phrase_key = $3",
        {who.workspace_id, std::string(json::enum_name(teaching.kind)), key_of(teaching.phrase)}));
    TRY(const auto count, tx.one("SELECT count(*) AS n FROM teachings WHERE workspace_id = $1",
                                 {who.workspace_id}, "workspace"));
    if (count.integer("n") >= kMost) {
      return fail(ErrorCode::conflict, "This workspace was taught 500 things already.",
                  "Take back what is not needed any more.");
    }
    TRY_VOID(tx.execute(
        "INSERT INTO teachings (id, workspace_id, kind, phrase, phrase_key, meaning, origin, "
        "user_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {id, who.workspace_id, std::string(json::enum_name(teaching.kind)),
         std::string(text::trim(teaching.phrase)), key_of(teaching.phrase),
         store::Value::json(teaching.meaning), std::string(json::enum_name(origin)), who.user_id,
         now()}));
    TRY_VOID(events_.append(tx, who.workspace_id, "teaching.updated", std::nullopt,
                            json::Object{{"teaching_id", id}}));
    return {};
  }));
  TRY(const auto whole, model(who.workspace_id));
  TRY(const auto row,
      database_.one(std::string(kSelect) + "AND t.id = $2", {who.workspace_id, id}, "teaching"));
  return detail_of(row, whole);
}

Result<> TeachingService::forget(const catalog::Principal& who, const std::string& teaching_id) {
  TRY_VOID(authorise(who, Action::write, {"teaching", who.workspace_id}));
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(const auto removed, tx.execute("DELETE FROM teachings WHERE workspace_id = $1 AND id = $2",
                                       {who.workspace_id, teaching_id}));
    if (removed == 0) {
      return fail(ErrorCode::not_found, "There is no such teaching.",
                  "GET /api/ai/teachings lists them.");
    }
    TRY_VOID(events_.append(tx, who.workspace_id, "teaching.updated", std::nullopt,
                            json::Object{{"teaching_id", teaching_id}}));
    return {};
  });
}

}  // namespace sextant::models
