#include "platform/conversations/conversation_service.h"

#include <algorithm>
#include <chrono>

#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "platform/accounts/authorise.h"
#include "platform/accounts/records.h"
#include "platform/conversations/quoting.h"
#include "platform/models/ask_request.h"
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

// A LIKE pattern that finds the text wherever it stands.
std::string pattern_of(const std::string& search) {
  std::string pattern = "%";
  for (const char c : text::lower_ascii(text::trim(search))) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern == "%" ? pattern : pattern + "%";
}

constexpr const char* kHeadColumns =
    "SELECT c.id, c.title, c.created_at, c.updated_at, "
    "(SELECT count(*) FROM conversation_turns t WHERE t.conversation_id = c.id) AS turns "
    "FROM conversations c WHERE c.workspace_id = $1 AND c.user_id = $2 ";

}  // namespace

// Where a question goes on from, and what that changes in what is asked.
struct ConversationService::Start {
  std::optional<std::string> follows;          // the turn it is asked after
  std::optional<boost::json::value> previous;  // the reading that a follow-up edits
  std::optional<boost::json::value> reading;   // answered as it stands
  std::optional<catalog::Answer> answer;       // nothing is left to be worked on
  bool chosen = false;                         // `reading` is one of the choices offered before
};

ConversationService::ConversationService(store::Database& database,
                                         const blobs::WorkspaceFiles& files, workers::Pool& pool,
                                         sources::WorkspaceData& data,
                                         search::SearchService& search,
                                         models::TeachingService& teachings,
                                         const Settings& settings)
    : database_(database),
      files_(files),
      pool_(pool),
      data_(data),
      search_(search),
      teachings_(teachings),
      settings_(settings) {}

Result<std::optional<boost::json::value>> ConversationService::reading_of(
    const std::optional<std::string>& turn_id) {
  if (!turn_id) return std::nullopt;
  TRY(auto row, database_.one("SELECT logical FROM conversation_turns WHERE id = $1", {*turn_id},
                              "turn of this conversation"));
  TRY(auto logical, row.json("logical"));
  return std::optional(std::move(logical));
}

// The step before the reading in force is answered again; what follows goes on from there.
Result<> ConversationService::go_back(const Thread& thread, Start& start) {
  const auto now_at = thread.understood(start.follows);
  const auto target =
      now_at ? thread.understood(thread.before(*now_at)) : std::optional<std::string>();
  if (!target) {
    start.answer.emplace();
    start.answer->response = "There is no earlier step in this conversation to go back to.";
    return {};
  }
  TRY(start.reading, reading_of(target));
  start.follows = thread.before(*target).value_or("");
  return {};
}

Result<ConversationService::Start> ConversationService::start_of(const catalog::Principal& who,
                                                                 const Question& question) {
  Start start;
  start.previous = question.previous;
  start.reading = question.reading;
  if (!question.conversation_id) {
    if (question.after_turn_id) {
      return fail(json::field_errors(
          {{"after_turn_id", "needs the conversation_id of the conversation it is in"}}));
    }
    return start;
  }
  TRY_VOID(find(who, *question.conversation_id));
  TRY(const auto thread, Thread::read(database_, *question.conversation_id));
  if (question.after_turn_id && !thread.has(*question.after_turn_id)) {
    return fail(ErrorCode::not_found, "This conversation has no such turn.",
                "Load the conversation again.");
  }
  start.follows = question.after_turn_id ? question.after_turn_id : thread.last();
  TRY(start.previous, reading_of(thread.understood(start.follows)));
  if (question.reading && start.follows) {
    TRY(const auto row,
        database_.one("SELECT question, answer FROM conversation_turns WHERE id = $1",
                      {*start.follows}, "turn of this conversation"));
    TRY(const auto answer, row.document<catalog::Answer>("answer"));
    start.chosen = row.text("question") == question.message &&
                   std::ranges::any_of(answer.choices, [&](const catalog::Choice& choice) {
                     return choice.logical == *question.reading;
                   });
  } else if (wants_back(question.message)) {
    TRY_VOID(go_back(thread, start));
  }
  return start;
}

Result<Reply> ConversationService::ask(const catalog::Principal& who, const Question& question,
                                       const OnStage& on_stage, std::stop_token stop) {
  TRY_VOID(authorise(who, Action::read, {"conversation", who.workspace_id}));
  TRY(auto start, start_of(who, question));
  if (start.answer) return keep(who, question, start.follows, std::move(*start.answer));
  TRY(auto catalog, data_.catalog(who.workspace_id, question.data_source_ids));
  if (catalog.sources.empty()) return keep(who, question, start.follows, nothing_to_ask());
  TRY(auto said, ask_documents(who, question, false));
  if (said.answer) return keep(who, question, start.follows, std::move(*said.answer));
  TRY(auto request, models::ask_request(data_, std::move(catalog)));
  request.previous = std::move(start.previous);
  TRY(request.taught, teachings_.taught(who.workspace_id));
  request.question = question.message;
  request.reading = std::move(start.reading);
  TRY(const auto settings, accounts::read_settings(database_, who.workspace_id));
  request.today =
      local_date(now(), settings.time_zone.empty() ? question.time_zone : settings.time_zone);
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
  if (answer.status == catalog::AnswerStatus::abstained && !answer.teaching) {
    TRY(said, ask_documents(who, question, true));
    if (said.answer) {
      answer = std::move(*said.answer);
    } else if (said.note) {
      answer.response += " The documents do not say it either. " + *said.note;
    }
  }
  TRY_VOID(learn(who, question, start, answer, stop));
  return keep(who, question, start.follows, std::move(answer));
}

Result<> ConversationService::learn(const catalog::Principal& who, const Question& question,
                                    const Start& start, catalog::Answer& answer,
                                    std::stop_token stop) {
  if (answer.teaching) {
    const auto kept = teachings_.teach(who, *answer.teaching, models::TeachingOrigin::conversation,
                                       std::move(stop));
    if (kept) return {};
    if (kept.error().code == ErrorCode::unavailable) return fail(kept.error());
    answer.teaching.reset();
    answer.status = catalog::AnswerStatus::abstained;
    answer.response = kept.error().message + " " + kept.error().hint;
    return {};
  }
  if (!start.chosen || answer.status != catalog::AnswerStatus::answered) return {};
  catalog::Teaching teaching;
  teaching.kind = catalog::TeachingKind::question;
  teaching.phrase = question.message;
  teaching.meaning.reading = question.reading;
  const auto kept =
      teachings_.teach(who, teaching, models::TeachingOrigin::choice, std::move(stop));
  // Who may only look answers for this once.
  if (!kept && kept.error().code == ErrorCode::forbidden) return {};
  if (!kept) return fail(kept.error());
  if (answer.receipt) {
    answer.receipt->remembered.emplace_back("from now on this question is read so");
  }
  return {};
}

Result<ConversationService::FromDocuments> ConversationService::ask_documents(
    const catalog::Principal& who, const Question& question, bool last_resort) {
  if (question.reading) return FromDocuments{};
  TRY(const auto names, search_.documents(who.workspace_id));
  if (names.empty()) return FromDocuments{};
  const auto read = read_document_question(question.message, names);
  if (!read.about_documents && !last_resort) return FromDocuments{};
  const auto& chosen = question.data_source_ids;
  TRY(auto found,
      search_.find(who, read.query,
                   chosen.size() == 1 ? std::optional(chosen.front()) : std::nullopt, kHits));
  auto hits = std::move(found.passages);
  if (chosen.size() > 1) {
    std::erase_if(hits, [&](const search::Hit& hit) {
      return std::ranges::find(chosen, hit.source_id) == chosen.end();
    });
  }
  auto good = good_hits(hits);
  if (good.empty()) {
    search_.narrow(read.query, hits);
    good = near_hits(std::move(hits));
  }
  if (good.empty()) return FromDocuments{std::nullopt, std::move(found.note)};
  return FromDocuments{quote(good), std::nullopt};
}

Result<Reply> ConversationService::keep(const catalog::Principal& who, const Question& question,
                                        const std::optional<std::string>& follows,
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
        "follows, created_at) "
        "SELECT $1, $2, COALESCE(MAX(ordinal), 0) + 1, $3, $4, $5, $6, $7 FROM conversation_turns "
        "WHERE conversation_id = $2",
        {turn_id, id, question.message, store::Value::json(kept),
         logical ? store::Value::json(*logical) : store::Value(), follows, now()}));
    return id;
  }));
  return Reply{std::move(conversation_id), turn_id, follows, std::move(answer)};
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
                                                                const std::string& search,
                                                                std::int64_t limit) {
  TRY_VOID(authorise(who, Action::read, {"conversation", who.workspace_id}));
  TRY(auto rows,
      database_.query(
          std::string(kHeadColumns) +
              "AND (lower(c.title) LIKE $4 ESCAPE '\\' OR EXISTS (SELECT 1 FROM "
              "conversation_turns s WHERE s.conversation_id = c.id AND lower(s.question) LIKE $4 "
              "ESCAPE '\\')) ORDER BY c.updated_at DESC, c.id DESC LIMIT $3",
          {who.workspace_id, who.user_id, limit, pattern_of(search)}));
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

Result<std::pair<ConversationHead, std::vector<Turn>>> ConversationService::get(
    const catalog::Principal& who, const std::string& conversation_id) {
  TRY(auto head, find(who, conversation_id));
  TRY(auto rows,
      database_.query("SELECT id, question, answer, follows, created_at FROM conversation_turns "
                      "WHERE conversation_id = $1 ORDER BY ordinal",
                      {conversation_id}));
  std::vector<Turn> turns;
  for (const auto& row : rows) {
    TRY(auto answer, row.document<catalog::Answer>("answer"));
    turns.push_back({row.text("id"), row.text("question"), std::move(answer),
                     row.text("created_at"), row.maybe_text("follows")});
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
