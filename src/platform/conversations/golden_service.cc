#include "platform/conversations/golden_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/id.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "platform/accounts/authorise.h"
#include "platform/events/notice.h"
#include "platform/models/ask_request.h"
#include "platform/workers/typed_run.h"

namespace sextant::conversations {
namespace {

using accounts::Action;
using accounts::authorise;

constexpr std::size_t kRows = 200;
constexpr std::int64_t kMost = 200;  // of a workspace

constexpr const char* kSelect =
    "SELECT g.id, g.question, g.reading, g.sql_query, g.expected, g.outcome, g.found, "
    "g.checked_at, "
    "g.user_id, g.created_at, u.full_name FROM golden_questions g LEFT JOIN users u "
    "ON u.id = g.user_id WHERE g.workspace_id = $1 AND (CAST($2 AS TEXT) IS NULL OR g.id = $2) "
    "ORDER BY g.id DESC";

GoldenResult result_of(const catalog::Answer& answer, const catalog::Catalog& catalog) {
  GoldenResult out{answer.columns, answer.rows, answer.total_rows, {}};
  if (out.rows.size() > kRows) out.rows.resize(kRows);
  for (const auto& source : catalog.sources) {
    if (std::ranges::find(answer.data_sources_used, source.source_id) !=
        answer.data_sources_used.end()) {
      out.versions[source.source_id] = source.version;
    }
  }
  return out;
}

// Whether a source that the result rests on has another version now, or is gone.
bool outdated(const GoldenResult& result, const catalog::Catalog& catalog) {
  return std::ranges::any_of(result.versions, [&](const auto& known) {
    return std::ranges::none_of(catalog.sources, [&](const catalog::SourceVersion& source) {
      return source.source_id == known.first && source.version == known.second;
    });
  });
}

}  // namespace

struct GoldenService::Stored {
  GoldenQuestion golden;
  std::optional<json::Value> reading;  // none: a pinned query
  std::optional<std::string> user_id;
};

GoldenService::GoldenService(store::Database& database, const blobs::WorkspaceFiles& files,
                             workers::Pool& pool, sources::WorkspaceData& data,
                             events::EventLog& events, const Settings& settings)
    : database_(database),
      files_(files),
      pool_(pool),
      data_(data),
      events_(events),
      settings_(settings) {}

Result<std::vector<GoldenService::Stored>> GoldenService::load(
    const std::string& workspace_id, const std::optional<std::string>& id) {
  TRY(const auto rows, database_.query(kSelect, {workspace_id, id}));
  std::vector<Stored> out;
  for (const auto& row : rows) {
    Stored stored;
    GoldenQuestion& golden = stored.golden;
    golden.id = row.text("id");
    golden.question = row.text("question");
    golden.sql_query = row.text("sql_query");
    TRY(golden.expected, row.document<GoldenResult>("expected"));
    if (const auto outcome = row.maybe_text("outcome")) {
      golden.outcome = json::enum_from<GoldenOutcome>(*outcome);
    }
    if (!row.is_null("found")) {
      TRY(golden.found, row.document<GoldenRun>("found"));
    }
    golden.checked_at = row.maybe_text("checked_at");
    golden.user = row.maybe_text("full_name");
    golden.created_at = row.text("created_at");
    stored.user_id = row.maybe_text("user_id");
    if (!row.is_null("reading")) {
      TRY(stored.reading, row.json("reading"));
    }
    out.push_back(std::move(stored));
  }
  return out;
}

Result<GoldenService::Stored> GoldenService::find(const std::string& workspace_id,
                                                  const std::string& id) {
  TRY(auto found, load(workspace_id, id));
  if (found.empty()) {
    return fail(ErrorCode::not_found, "There is no such golden question.",
                "GET /api/ai/golden lists them.");
  }
  return std::move(found.front());
}

Result<std::vector<GoldenQuestion>> GoldenService::list(const catalog::Principal& who) {
  TRY_VOID(authorise(who, Action::read, {"golden question", who.workspace_id}));
  TRY(auto stored, load(who.workspace_id, std::nullopt));
  std::vector<GoldenQuestion> out;
  for (auto& one : stored) out.push_back(std::move(one.golden));
  return out;
}

Result<GoldenQuestion> GoldenService::mark(const catalog::Principal& who,
                                           const std::string& turn_id) {
  TRY_VOID(authorise(who, Action::create, {"golden question", who.workspace_id}));
  TRY(const auto row,
      database_.one("SELECT t.question, t.answer FROM conversation_turns t JOIN conversations c "
                    "ON c.id = t.conversation_id "
                    "WHERE t.id = $1 AND c.workspace_id = $2 AND c.user_id = $3",
                    {turn_id, who.workspace_id, who.user_id}, "turn"));
  TRY(const auto answer, row.document<catalog::Answer>("answer"));
  if (answer.status != catalog::AnswerStatus::answered || !answer.generated_query) {
    return fail(json::field_errors({{"turn_id", "must be a turn that was answered from data"}}));
  }
  TRY(const auto catalog, data_.catalog(who.workspace_id));
  // The versions that the answer was computed from, which may not be the present ones.
  GoldenResult expected = result_of(answer, catalog);
  if (answer.receipt) {
    for (const auto& table : answer.receipt->tables) {
      expected.versions[table.source_id] = table.version;
    }
  }
  const std::string id = new_id();
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(const auto count,
        tx.one("SELECT count(*) AS n FROM golden_questions WHERE workspace_id = $1",
               {who.workspace_id}, "workspace"));
    if (count.integer("n") >= kMost) {
      return fail(ErrorCode::conflict, "This workspace has 200 golden questions already.",
                  "Remove one that is not needed any more.");
    }
    TRY_VOID(tx.execute(
        "INSERT INTO golden_questions (id, workspace_id, question, reading, sql_query, expected, "
        "user_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {id, who.workspace_id, row.text("question"),
         answer.reading ? store::Value::json(answer.reading->logical) : store::Value(),
         *answer.generated_query, store::Value::json(expected), who.user_id, now()}));
    return {};
  }));
  TRY(auto made, find(who.workspace_id, id));
  return std::move(made.golden);
}

Result<GoldenQuestion> GoldenService::accept(const catalog::Principal& who,
                                             const std::string& golden_id) {
  TRY_VOID(authorise(who, Action::write, {"golden question", who.workspace_id}));
  TRY(auto stored, find(who.workspace_id, golden_id));
  if (stored.golden.outcome != GoldenOutcome::different) {
    return fail(ErrorCode::conflict, "There is no other answer to accept.",
                "Ask the golden questions again first.");
  }
  TRY_VOID(database_.execute(
      "UPDATE golden_questions SET expected = $3, outcome = 'same', found = NULL "
      "WHERE workspace_id = $1 AND id = $2",
      {who.workspace_id, golden_id, store::Value::json(stored.golden.found->result)}));
  TRY(auto changed, find(who.workspace_id, golden_id));
  return std::move(changed.golden);
}

Result<> GoldenService::remove(const catalog::Principal& who, const std::string& golden_id) {
  TRY(const auto stored, find(who.workspace_id, golden_id));
  TRY_VOID(authorise(who, Action::remove, {"golden question", who.workspace_id, stored.user_id}));
  TRY_VOID(database_.execute("DELETE FROM golden_questions WHERE workspace_id = $1 AND id = $2",
                             {who.workspace_id, golden_id}));
  return {};
}

Result<GoldenResult> GoldenService::ask(const std::string& workspace_id, const Stored& golden,
                                        const catalog::Catalog& catalog, std::stop_token stop) {
  TRY(auto request, models::ask_request(data_, catalog));
  request.question = golden.golden.question;
  request.reading = golden.reading;
  if (!golden.reading) {
    catalog::Teaching pinned;
    pinned.kind = catalog::TeachingKind::question;
    pinned.phrase = golden.golden.question;
    pinned.meaning.sql_query = golden.golden.sql_query;
    request.taught = {std::move(pinned)};
  }
  workers::RunOptions options;
  options.timeout = std::chrono::seconds(settings_.query_timeout_seconds);
  options.stop = std::move(stop);
  TRY_VOID(files_.prepare(workspace_id));
  TRY(const auto answer,
      workers::run<catalog::Answer>(pool_, {workspace_id, files_.folder(workspace_id)},
                                    wire::Operation::ask, request, options));
  if (answer.status != catalog::AnswerStatus::answered) {
    return fail(ErrorCode::invalid_fields, answer.response);
  }
  return result_of(answer, catalog);
}

Result<> GoldenService::run_one(const std::string& workspace_id, Stored& stored,
                                const catalog::Catalog& catalog, std::stop_token stop) {
  GoldenQuestion& golden = stored.golden;
  auto result = ask(workspace_id, stored, catalog, stop);
  if (!result && (result.error().code == ErrorCode::cancelled ||
                  result.error().code == ErrorCode::unavailable)) {
    return fail(result.error());
  }
  const auto before = golden.outcome;
  GoldenRun run;
  if (result) {
    run.differences = differences_of(golden.expected, *result);
    run.result = std::move(*result);
    golden.outcome = run.differences.empty() ? GoldenOutcome::same : GoldenOutcome::different;
  } else {
    run.differences = {result.error().message};
    // Asked again only when the data change once more.
    run.result.versions = golden.expected.versions;
    for (auto& [source_id, version] : run.result.versions) {
      for (const auto& source : catalog.sources) {
        if (source.source_id == source_id) version = source.version;
      }
    }
    golden.outcome = GoldenOutcome::failed;
  }
  const bool news =
      golden.outcome != GoldenOutcome::same &&
      (before != golden.outcome || !golden.found || golden.found->differences != run.differences);
  golden.found = std::move(run);
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(
        tx.execute("UPDATE golden_questions SET outcome = $3, found = $4, checked_at = $5 "
                   "WHERE workspace_id = $1 AND id = $2",
                   {workspace_id, golden.id, std::string(json::enum_name(*golden.outcome)),
                    store::Value::json(*golden.found), now()}));
    if (!news || !stored.user_id) return {};
    const std::string title =
        golden.outcome == GoldenOutcome::failed ? "A golden question fails" : "An answer changed";
    const std::string message =
        golden.question + ": " + text::join(golden.found->differences, "; ");
    return events::notify(tx, events_,
                          {.workspace_id = workspace_id,
                           .user_id = *stored.user_id,
                           .type = "golden." + std::string(json::enum_name(*golden.outcome)),
                           .title = title,
                           .message = message,
                           .data = {{"golden_id", golden.id}}});
  });
}

Result<std::vector<GoldenQuestion>> GoldenService::run(const catalog::Principal& who,
                                                       std::stop_token stop) {
  TRY_VOID(authorise(who, Action::write, {"golden question", who.workspace_id}));
  TRY(const auto catalog, data_.catalog(who.workspace_id));
  TRY(auto stored, load(who.workspace_id, std::nullopt));
  for (auto& one : stored) TRY_VOID(run_one(who.workspace_id, one, catalog, stop));
  return list(who);
}

Result<> GoldenService::check_changed(const std::string& workspace_id, std::stop_token stop) {
  TRY(auto stored, load(workspace_id, std::nullopt));
  if (stored.empty()) return {};
  TRY(const auto catalog, data_.catalog(workspace_id));
  for (auto& one : stored) {
    const GoldenResult& last = one.golden.found ? one.golden.found->result : one.golden.expected;
    if (!outdated(last, catalog)) continue;
    TRY_VOID(run_one(workspace_id, one, catalog, stop));
  }
  return {};
}

}  // namespace sextant::conversations
