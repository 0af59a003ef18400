#include "platform/accounts/sessions.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "base/id.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"

namespace sextant::accounts {
namespace {

constexpr char kIssuer[] = "sextant";
constexpr char kAudience[] = "sextant-api";

constexpr char kWho[] =
    "SELECT u.email, u.is_active, u.owns_install, m.role, "
    "(SELECT count(*) FROM refresh_tokens t WHERE t.family = $3 AND t.user_id = u.id AND "
    "t.revoked_at IS NULL) "
    "AS living FROM users u JOIN workspace_members m ON m.user_id = u.id AND m.workspace_id = $2 "
    "WHERE u.id = $1";
constexpr char kRevokeFamily[] =
    "UPDATE refresh_tokens SET revoked_at = $2 WHERE family = $1 AND revoked_at IS NULL";

std::int64_t seconds_of(Timestamp t) {
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}

Error session_over() {
  return Error(ErrorCode::unauthenticated, "This session has ended.", "Log in again.");
}

}  // namespace

std::string token_hash(std::string_view token) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size());
  std::string hex;
  for (const unsigned char byte : hash) hex += fmt::format("{:02x}", byte);
  return hex;
}

Result<Tokens> Sessions::open(store::Transaction& tx, const std::string& user_id,
                              const std::string& workspace_id, const std::string& user_agent) {
  TRY_VOID(tx.execute("DELETE FROM refresh_tokens WHERE user_id = $1 AND expires_at < $2",
                      {user_id, now()}));
  return issue(tx, new_id(), user_id, workspace_id, user_agent);
}

Result<Tokens> Sessions::refresh(const std::string& refresh_token, const std::string& user_agent) {
  // A stolen token must be remembered although the answer is an error, hence the value inside.
  auto outcome =
      database_.transaction([&](store::Transaction& tx) -> Result<std::optional<Tokens>> {
        const Timestamp time = now();
        TRY(const auto row,
            tx.first("SELECT id, family, user_id, workspace_id, expires_at, rotated_at, revoked_at "
                     "FROM refresh_tokens WHERE token_hash = $1",
                     {token_hash(refresh_token)}));
        if (!row || !row->is_null("revoked_at") || *row->time("expires_at") <= time)
          return std::nullopt;
        if (!row->is_null("rotated_at")) {
          log::warn("accounts.refresh_token_reused", {{"user_id", row->text("user_id")}});
          TRY_VOID(tx.execute(kRevokeFamily, {row->text("family"), time}));
          return std::nullopt;
        }
        // The workspace of the token, or another one of the user's when that membership has ended.
        TRY(const auto member,
            tx.first(
                "SELECT m.workspace_id FROM workspace_members m JOIN users u ON u.id = m.user_id "
                "WHERE m.user_id = $1 AND u.is_active = TRUE "
                "ORDER BY CASE WHEN m.workspace_id = $2 THEN 0 ELSE 1 END, m.created_at LIMIT 1",
                {row->text("user_id"), row->text("workspace_id")}));
        if (!member) return std::nullopt;
        TRY_VOID(tx.execute("UPDATE refresh_tokens SET rotated_at = $2 WHERE id = $1",
                            {row->text("id"), time}));
        TRY(Tokens tokens, issue(tx, row->text("family"), row->text("user_id"),
                                 member->text("workspace_id"), user_agent));
        return tokens;
      });
  if (!outcome) return fail(std::move(outcome).error());
  if (!*outcome) return fail(session_over());
  return std::move(**outcome);
}

Result<> Sessions::close(const std::string& refresh_token) {
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(const auto row, tx.first("SELECT family FROM refresh_tokens WHERE token_hash = $1",
                                 {token_hash(refresh_token)}));
    if (row) TRY_VOID(tx.execute(kRevokeFamily, {row->text("family"), now()}));
    return {};
  });
}

Result<> Sessions::close_others(store::Transaction& tx, const std::string& user_id,
                                const std::string& session_id) {
  TRY_VOID(
      tx.execute("UPDATE refresh_tokens SET revoked_at = $3 "
                 "WHERE user_id = $1 AND family <> $2 AND revoked_at IS NULL",
                 {user_id, session_id, now()}));
  return {};
}

Result<catalog::Principal> Sessions::authenticate(std::string_view access_token) {
  TRY(const Claims claims, verify_jwt(access_token, options_.secret, options_.algorithm,
                                      {kIssuer, kAudience, seconds_of(now())}));
  TRY(const auto row, database_.first(kWho, {claims.sub, claims.ws, claims.sid}));
  if (!row || !row->boolean("is_active") || row->integer("living") == 0)
    return fail(session_over());
  catalog::Principal who;
  who.user_id = claims.sub;
  who.email = row->text("email");
  who.workspace_id = claims.ws;
  who.role =
      json::enum_from<catalog::MemberRole>(row->text("role")).value_or(catalog::MemberRole::viewer);
  who.owns_install = row->boolean("owns_install");
  who.session_id = claims.sid;
  return who;
}

Result<Tokens> Sessions::switch_workspace(const catalog::Principal& who,
                                          const std::string& workspace_id,
                                          const std::string& user_agent) {
  return database_.transaction([&](store::Transaction& tx) -> Result<Tokens> {
    TRY_VOID(tx.one("SELECT role FROM workspace_members WHERE user_id = $1 AND workspace_id = $2",
                    {who.user_id, workspace_id}, "workspace"));
    // The tokens of the old workspace end when they are used up or with the log-in.
    return issue(tx, who.session_id, who.user_id, workspace_id, user_agent);
  });
}

Result<Tokens> Sessions::issue(store::Transaction& tx, const std::string& family,
                               const std::string& user_id, const std::string& workspace_id,
                               const std::string& user_agent) {
  const Timestamp time = now();
  Tokens tokens;
  tokens.user_id = user_id;
  tokens.workspace_id = workspace_id;
  tokens.expires_in = std::chrono::seconds(options_.access_life).count();
  tokens.refresh_token = random_token();
  TRY_VOID(
      tx.execute("INSERT INTO refresh_tokens (id, family, user_id, workspace_id, token_hash, "
                 "user_agent, created_at, "
                 "expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                 {new_id(), family, user_id, workspace_id, token_hash(tokens.refresh_token),
                  text::truncate_utf8(user_agent, 300), time, time + options_.refresh_life}));
  const std::int64_t issued = seconds_of(time);
  tokens.access_token = sign_jwt({.iss = kIssuer,
                                  .aud = kAudience,
                                  .sub = user_id,
                                  .ws = workspace_id,
                                  .sid = family,
                                  .iat = issued,
                                  .nbf = issued,
                                  .exp = issued + tokens.expires_in},
                                 options_.secret, options_.algorithm);
  return tokens;
}

}  // namespace sextant::accounts
