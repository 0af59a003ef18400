#include "platform/queries/downloads.h"

#include <chrono>

#include "base/id.h"
#include "base/time.h"
#include "platform/accounts/absent.h"
#include "platform/accounts/authorise.h"
#include "platform/accounts/sessions.h"

namespace sextant::queries {

Result<std::string> Downloads::issue(const catalog::Principal& who, const json::Value& request) {
  TRY_VOID(accounts::authorise(who, accounts::Action::read, {"query", who.workspace_id}));
  std::string ticket = random_token();
  const Timestamp time = now();
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute("DELETE FROM download_tickets WHERE expires_at < $1", {time}));
    TRY_VOID(tx.execute(
        "INSERT INTO download_tickets (token_hash, workspace_id, user_id, request, "
        "expires_at) VALUES ($1, $2, $3, $4, $5)",
        {accounts::token_hash(ticket), who.workspace_id, who.user_id, store::Value::json(request),
         time + std::chrono::seconds(kDownloadTicketSeconds)}));
    return {};
  }));
  return ticket;
}

Result<Downloads::Redeemed> Downloads::redeem(const std::string& ticket) {
  const auto refused = [] {
    return fail(ErrorCode::unauthenticated, "The ticket is unknown, expired or was used already.",
                "Get a new one from POST /api/queries/export/ticket; it serves one download.");
  };
  TRY(const auto row, database_.first("DELETE FROM download_tickets WHERE token_hash = $1 "
                                      "RETURNING workspace_id, user_id, request, expires_at",
                                      {accounts::token_hash(ticket)}));
  if (!row || *row->time("expires_at") < now()) return refused();
  TRY(auto who,
      accounts::find_principal(database_, row->text("workspace_id"), row->text("user_id")));
  if (!who) return refused();
  TRY(auto request, row->document<json::Object>("request"));
  return Redeemed{std::move(*who), std::move(request)};
}

}  // namespace sextant::queries
