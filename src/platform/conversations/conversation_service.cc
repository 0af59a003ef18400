#include "platform/conversations/conversation_service.h"

#include <algorithm>
#include <chrono>

#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "platform/accounts/authorise.h"
#include "platform/conversations/quoting.h"
#include "platform/workers/typed_run.h"
#include "wire/messages.h"

namespace sextant::conversations {
namespace {

using accounts::Action;
using accounts::authorise;

constexpr std::size_t kTitleBytes = 80;
constexpr std::int64_t kHits = 10;      // of a search in documents
constexpr std::size_t kKeptRows = 200;  // of an answer, for when the conversation is read again

std::string title_of(const std::string& message) {
  const std::string_view trimmed = text::trim(message);
  const std::string_view cut = text::truncate_utf8(trimmed, kTitleBytes);
  return std::string(cut) + (cut.size() < trimmed.size() ? "…" : "");
}

ConversationHead head_of(const store::Row& row) {
  return {row.text("id"), row.text("title"), row.integer("turns"), row.text("created_at"),
          row.text("updated_at")};
}

catalog::Answer nothing_to_ask() {
  catalog::Answer answer;
  answer.status = catalog::AnswerStatus::abstained;
  answer.response = "There is no data to ask about yet. Upload a file, or try the sample data.";
  return answer;
}

constexpr const char* kHeadColumns =
    "SELECT c.id, c.title, c.created_at, c.updated_at, "
    "(SELECT count(*) FROM conversation_turns t WHERE t.conversation_id = c.id) AS turns "
    "FROM conversations c WHERE c.workspace_id = $1 AND c.user_id = $2 ";

}  // namespace

ConversationService::ConversationService(store::Database& database,
                                         const blobs::WorkspaceFiles& files, workers::Pool& pool,
                                         sources::WorkspaceData& data,
                                         search::SearchService& search, const Settings& settings)
    : database_(database),
      files_(files),
      pool_(pool),
      data_(data),
      search_(search),
      settings_(settings) {}

Result<Reply> ConversationService::ask(const catalog::Principal& who, const Question& question,
                                       const OnStage& on_stage, std::stop_token stop) {
  TRY_VOID(authorise(who, Action::read, {"conversation", who.workspace_id}));
  wire::AskRequest request;
  request.previous = question.previous;
  if (question.conversation_id) {
    TRY_VOID(find(who, *question.conversation_id));
    TRY(request.previous, last_reading(*question.conversation_id));
  }
  TRY(request.catalog, data_.catalog(who.workspace_id, question.data_source_ids));
  if (request.catalog.sources.empty()) return keep(who, question, nothing_to_ask());
  TRY(auto said, ask_documents(who, question, false));
  if (said) return keep(who, question, std::move(*said));
  TRY(request.model, data_.model(request.catalog));
  request.question = question.message;
  request.reading = question.reading;
  request.today = format_time(now()).substr(0, 10);
  request.locale = question.locale;
  request.chart = question.chart;

  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.query_timeout_seconds);
  options.stop = stop;
  options.on_progress = on_stage;
  TRY_VOID(files_.prepare(who.workspace_id));
  TRY(auto answer,
      workers::run<catalog::Answer>(pool_, {who.workspace_id, files_.folder(who.workspace_id)},
                                    wire::Operation::ask, request, options));
  if (answer.status == catalog::AnswerStatus::abstained) {
    TRY(said, ask_documents(who, question, true));
    if (said) answer = std::move(*said);
  }
  return keep(who, question, std::move(answer));
}

Result<std::optional<catalog::Answer>> ConversationService::ask_documents(
    const catalog::Principal& who, const Question& question, bool last_resort) {
  if (question.reading) return std::nullopt;
  TRY(const auto names, search_.documents(who.workspace_id));
  if (names.empty()) return std::nullopt;
  const auto read = read_document_question(question.message, names);
  if (!read.about_documents && !last_resort) return std::nullopt;
  const auto& chosen = question.data_source_ids;
  TRY(auto hits,
      search_.find(who, read.query,
                   chosen.size() == 1 ? std::optional(chosen.front()) : std::nullopt, kHits));
  if (chosen.size() > 1) {
    std::erase_if(hits, [&](const search::Hit& hit) {
      return std::ranges::find(chosen, hit.source_id) == chosen.end();
    });
  }
  hits = good_hits(std::move(hits));
  if (hits.empty()) return std::nullopt;
  return std::optional(quote(hits));
}

Result<Reply> ConversationService::keep(const catalog::Principal& who, const Question& question,
                                        catalog::Answer answer) {
  catalog::Answer kept = answer;
  if (kept.rows.size() > kKeptRows) kept.rows.resize(kKeptRows);
  // An answer that understood nothing leaves the reading before it in force.
  std::optional<boost::json::value> logical;
  if (answer.reading && answer.status == catalog::AnswerStatus::answered)
    logical = answer.reading->logical;

  const std::string turn_id = new_id();
  TRY(auto conversation_id, database_.transaction([&](store::Transaction& tx)
                                                      -> Result<std::string> {
    std::string id = question.conversation_id.value_or("");
    if (id.empty()) {
      id = new_id();
      TRY_VOID(tx.execute(
          "INSERT INTO conversations (id, workspace_id, user_id, title, created_at, updated_at) "
          "VALUES ($1, $2, $3, $4, $5, $5)",
          {id, who.workspace_id, who.user_id, title_of(question.message), now()}));
    } else {
      TRY_VOID(tx.execute("UPDATE conversations SET updated_at = $2 WHERE id = $1", {id, now()}));
    }
    TRY_VOID(tx.execute(
        "INSERT INTO conversation_turns (id, conversation_id, ordinal, question, answer, logical, "
        "created_at) "
        "SELECT $1, $2, COALESCE(MAX(ordinal), 0) + 1, $3, $4, $5, $6 FROM conversation_turns "
        "WHERE conversation_id = $2",
        {turn_id, id, question.message, store::Value::json(kept),
         logical ? store::Value::json(*logical) : store::Value(), now()}));
    return id;
  }));
  return Reply{std::move(conversation_id), turn_id, std::move(answer)};
}

Result<double> ConversationService::engine_latency_ms(const catalog::Principal& who,
                                                      std::stop_token stop) {
  TRY_VOID(files_.prepare(who.workspace_id));
  wire::QueryRequest request;
  request.catalog.workspace_id = who.workspace_id;
  request.sql = "SELECT 1";
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(10);
  options.stop = stop;
  options.on_data = [](std::string_view) -> Result<> { return {}; };
  const auto start = std::chrono::steady_clock::now();
  TRY_VOID(workers::run<wire::QueryReply>(pool_,
                                          {who.workspace_id, files_.folder(who.workspace_id)},
                                          wire::Operation::query, request, options));
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

Result<std::vector<ConversationHead>> ConversationService::list(const catalog::Principal& who,
                                                                std::int64_t limit) {
  TRY_VOID(authorise(who, Action::read, {"conversation", who.workspace_id}));
  TRY(auto rows,
      database_.query(std::string(kHeadColumns) + "ORDER BY c.updated_at DESC, c.id DESC LIMIT $3",
                      {who.workspace_id, who.user_id, limit}));
  std::vector<ConversationHead> out;
  for (const auto& row : rows) out.push_back(head_of(row));
  return out;
}

Result<ConversationHead> ConversationService::find(const catalog::Principal& who,
                                                   const std::string& conversation_id) {
  TRY_VOID(authorise(who, Action::read, {"conversation", who.workspace_id, who.user_id, true}));
  TRY(auto row, database_.one(std::string(kHeadColumns) + "AND c.id = $3",
                              {who.workspace_id, who.user_id, conversation_id}, "conversation"));
  return head_of(row);
}

Result<std::optional<boost::json::value>> ConversationService::last_reading(
    const std::string& conversation_id) {
  TRY(auto row,
      database_.first(
          "SELECT logical FROM conversation_turns "
          "WHERE conversation_id = $1 AND logical IS NOT NULL ORDER BY ordinal DESC LIMIT 1",
          {conversation_id}));
  if (!row) return std::nullopt;
  TRY(auto logical, row->json("logical"));
  return std::optional(std::move(logical));
}

Result<std::pair<ConversationHead, std::vector<Turn>>> ConversationService::get(
    const catalog::Principal& who, const std::string& conversation_id) {
  TRY(auto head, find(who, conversation_id));
  TRY(auto rows, database_.query("SELECT id, question, answer, created_at FROM conversation_turns "
                                 "WHERE conversation_id = $1 ORDER BY ordinal",
                                 {conversation_id}));
  std::vector<Turn> turns;
  for (const auto& row : rows) {
    TRY(auto answer, row.document<catalog::Answer>("answer"));
    turns.push_back(
        {row.text("id"), row.text("question"), std::move(answer), row.text("created_at")});
  }
  return std::pair(std::move(head), std::move(turns));
}

Result<ConversationHead> ConversationService::rename(const catalog::Principal& who,
                                                     const std::string& conversation_id,
                                                     const std::string& title) {
  TRY_VOID(find(who, conversation_id));
  TRY_VOID(database_.execute("UPDATE conversations SET title = $2 WHERE id = $1",
                             {conversation_id, std::string(text::trim(title))}));
  return find(who, conversation_id);
}

Result<> ConversationService::remove(const catalog::Principal& who,
                                     const std::string& conversation_id) {
  TRY_VOID(find(who, conversation_id));
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(
        tx.execute("DELETE FROM conversation_turns WHERE conversation_id = $1", {conversation_id}));
    TRY_VOID(tx.execute("DELETE FROM conversations WHERE id = $1", {conversation_id}));
    return {};
  });
}

}  // namespace sextant::conversations
