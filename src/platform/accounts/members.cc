// Members and invitations of a workspace.

#include <fmt/format.h>

#include "base/id.h"
#include "base/text.h"
#include "platform/accounts/account_service.h"

namespace sextant::accounts {
namespace {

using catalog::MemberRole;

constexpr std::chrono::days kInviteLife{7};

constexpr char kMember[] =
    "SELECT u.id, u.email, u.full_name, m.role, m.created_at FROM workspace_members m JOIN users u "
    "ON "
    "u.id = m.user_id WHERE m.workspace_id = $1 AND (CAST($2 AS TEXT) IS NULL OR u.id = $2) "
    "ORDER BY m.created_at, u.id";
constexpr char kOwners[] =
    "SELECT count(*) AS n FROM workspace_members WHERE workspace_id = $1 AND role = 'owner' AND "
    "user_id <> $2";

MemberRole role_of(const store::Row& row) {
  return json::enum_from<MemberRole>(row.text("role")).value_or(MemberRole::viewer);
}

Member member_from(const store::Row& row) {
  return {row.text("id"), row.text("email"), row.text("full_name"), role_of(row),
          row.text("created_at")};
}

Invite invite_from(const store::Row& row) {
  Invite invite;
  invite.id = row.text("id");
  invite.workspace_id = row.text("workspace_id");
  invite.email = row.maybe_text("email");
  invite.role = role_of(row);
  invite.created_at = row.text("created_at");
  invite.expires_at = row.text("expires_at");
  invite.accepted_at = row.maybe_text("accepted_at");
  return invite;
}

// Whether `who` may give or take this role: nobody above one's own.
Result<> may_handle(const catalog::Principal& who, MemberRole role) {
  TRY_VOID(authorise(who, Action::administer, {"workspace", who.workspace_id}));
  if (role <= who.role) return {};
  return fail(ErrorCode::forbidden,
              fmt::format("As {} you may not change who is {}.", json::enum_name(who.role),
                          json::enum_name(role)),
              "Ask the workspace's owner.");
}

// A workspace never loses its last owner.
Result<> keeps_an_owner(store::Transaction& tx, const std::string& workspace_id,
                        const std::string& user_id) {
  TRY(const auto others, tx.one(kOwners, {workspace_id, user_id}, "workspace"));
  if (others.integer("n") > 0) return {};
  return fail(ErrorCode::conflict, "This is the workspace's only owner.",
              "Make another member its owner first.");
}

}  // namespace

Result<std::vector<Member>> AccountService::members(const catalog::Principal& who) {
  TRY(const auto rows, database_.query(kMember, {who.workspace_id, nullptr}));
  std::vector<Member> members;
  for (const auto& row : rows) members.push_back(member_from(row));
  return members;
}

Result<Member> AccountService::set_role(const catalog::Principal& who, const std::string& user_id,
                                        MemberRole role) {
  return database_.transaction([&](store::Transaction& tx) -> Result<Member> {
    TRY(const auto row, tx.one(kMember, {who.workspace_id, user_id}, "member"));
    TRY_VOID(may_handle(who, std::max(role, role_of(row))));
    if (role_of(row) == MemberRole::owner && role != MemberRole::owner) {
      TRY_VOID(keeps_an_owner(tx, who.workspace_id, user_id));
    }
    TRY_VOID(tx.execute(
        "UPDATE workspace_members SET role = $3 WHERE workspace_id = $1 AND user_id = $2",
        {who.workspace_id, user_id, json::enum_name(role)}));
    Member member = member_from(row);
    member.role = role;
    return member;
  });
}

Result<> AccountService::remove_member(const catalog::Principal& who, const std::string& user_id) {
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(const auto row, tx.one(kMember, {who.workspace_id, user_id}, "member"));
    // Everybody may leave.
    if (user_id != who.user_id) TRY_VOID(may_handle(who, role_of(row)));
    if (role_of(row) == MemberRole::owner) TRY_VOID(keeps_an_owner(tx, who.workspace_id, user_id));
    TRY_VOID(tx.execute("DELETE FROM workspace_members WHERE workspace_id = $1 AND user_id = $2",
                        {who.workspace_id, user_id}));
    return {};
  });
}

Result<Membership> AccountService::rename_workspace(const catalog::Principal& who,
                                                    const std::string& name) {
  TRY_VOID(authorise(who, Action::administer, {"workspace", who.workspace_id}));
  const std::string trimmed(text::trim(name));
  if (trimmed.empty() || trimmed.size() > 200 || !text::valid_utf8(trimmed)) {
    return fail(json::field_errors({{"name", "must have from 1 to 200 bytes"}}));
  }
  TRY(const auto row,
      database_.one("UPDATE workspaces SET name = $2 WHERE id = $1 RETURNING id, name, created_at",
                    {who.workspace_id, trimmed}, "workspace"));
  return Membership{row.text("id"), row.text("name"), who.role, row.text("created_at")};
}

Result<Invite> AccountService::invite(const catalog::Principal& who,
                                      const std::optional<std::string>& email, MemberRole role) {
  TRY_VOID(may_handle(who, role));
  if (role == MemberRole::owner) {
    return fail(json::field_errors({{"role", "must be viewer, editor or admin"}}));
  }
  std::optional<std::string> normal;
  if (email) {
    normal = normal_email(*email);
    if (!normal) return fail(json::field_errors({{"email", "is not an e-mail address"}}));
  }
  const std::string token = random_token();
  const Timestamp time = now();
  TRY(const auto row,
      database_.one(
          "INSERT INTO invites (id, workspace_id, email, role, token_hash, created_by, created_at, "
          "expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
          "RETURNING id, workspace_id, email, role, created_at, expires_at, accepted_at",
          {new_id(), who.workspace_id, normal, json::enum_name(role), token_hash(token),
           who.user_id, time, time + kInviteLife},
          "workspace"));
  Invite made = invite_from(row);
  made.token = token;
  return made;
}

Result<std::vector<Invite>> AccountService::invites(const catalog::Principal& who) {
  TRY_VOID(authorise(who, Action::administer, {"workspace", who.workspace_id}));
  TRY(const auto rows,
      database_.query(
          "SELECT id, workspace_id, email, role, created_at, expires_at, accepted_at FROM invites "
          "WHERE workspace_id = $1 ORDER BY created_at DESC, id DESC LIMIT 500",
          {who.workspace_id}));
  std::vector<Invite> invites;
  for (const auto& row : rows) invites.push_back(invite_from(row));
  return invites;
}

Result<> AccountService::revoke_invite(const catalog::Principal& who,
                                       const std::string& invite_id) {
  TRY_VOID(authorise(who, Action::administer, {"workspace", who.workspace_id}));
  TRY_VOID(
      database_.one("DELETE FROM invites WHERE id = $1 AND workspace_id = $2 AND accepted_at IS "
                    "NULL RETURNING id",
                    {invite_id, who.workspace_id}, "open invitation"));
  return {};
}

Result<Membership> AccountService::accept_invite(const catalog::Principal& who,
                                                 const std::string& token) {
  return database_.transaction(
      [&](store::Transaction& tx) { return join(tx, token, who.user_id, who.email); });
}

Result<Membership> AccountService::join(store::Transaction& tx, const std::string& token,
                                        const std::string& user_id, const std::string& email) {
  TRY(const auto row,
      tx.first("SELECT i.id, i.workspace_id, i.email, i.role, i.expires_at, i.accepted_at, w.name, "
               "w.created_at "
               "FROM invites i JOIN workspaces w ON w.id = i.workspace_id WHERE i.token_hash = $1",
               {token_hash(token)}));
  // One answer for all that is wrong with it: a guess learns nothing.
  const Timestamp time = now();
  if (!row || !row->is_null("accepted_at") || *row->time("expires_at") <= time ||
      (!row->is_null("email") && row->text("email") != email)) {
    return fail(
        ErrorCode::gone,
        "This invitation is not valid: it was used, has expired, or is for another address.",
        "Ask for a new one.");
  }
  TRY_VOID(tx.execute("UPDATE invites SET accepted_at = $2, accepted_by = $3 WHERE id = $1",
                      {row->text("id"), time, user_id}));
  TRY_VOID(
      tx.execute("INSERT INTO workspace_members (workspace_id, user_id, role, created_at) "
                 "VALUES ($1, $2, $3, $4) ON CONFLICT (workspace_id, user_id) DO NOTHING",
                 {row->text("workspace_id"), user_id, row->text("role"), time}));
  return Membership{row->text("workspace_id"), row->text("name"), role_of(*row),
                    row->text("created_at")};
}

}  // namespace sextant::accounts
