#include "api/workspaces.h"

namespace sextant::api {
namespace {

using accounts::AccountService;
using accounts::Invite;
using accounts::Member;
using accounts::Membership;
using http::Empty;
using http::Method;
using http::RequestContext;

struct WorkspaceList {
  std::vector<Membership> workspaces;
};
BOOST_DESCRIBE_STRUCT(WorkspaceList, (), (workspaces))

struct WorkspaceChange {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(WorkspaceChange, (), (name))

struct SettingsInput {
  std::optional<std::string> time_zone;
  std::optional<catalog::WeekStart> week_start;
  std::optional<std::int64_t> fiscal_year_start;

  static constexpr http::FieldDoc kDocs[] = {
      {"time_zone", "IANA name such as Europe/Berlin; \"\": that of whoever asks"},
      {"fiscal_year_start", "Month 1 … 12; fiscal year 2026 is the one that ends in 2026"}};
};
BOOST_DESCRIBE_STRUCT(SettingsInput, (), (time_zone, week_start, fiscal_year_start))

struct MemberList {
  std::vector<Member> members;
};
BOOST_DESCRIBE_STRUCT(MemberList, (), (members))

struct RoleChange {
  std::string user_id;
  catalog::MemberRole role = catalog::MemberRole::viewer;
};
BOOST_DESCRIBE_STRUCT(RoleChange, (), (user_id, role))

struct MemberId {
  std::string user_id;
};
BOOST_DESCRIBE_STRUCT(MemberId, (), (user_id))

struct NewInvite {
  std::optional<std::string> email;
  std::optional<catalog::MemberRole> role;

  static constexpr http::FieldDoc kDocs[] = {
      {"email", "Only this address may use it; none: whoever has the link"},
      {"role", "viewer, editor (when not given) or admin"}};
};
BOOST_DESCRIBE_STRUCT(NewInvite, (), (email, role))

struct InviteList {
  std::vector<Invite> invites;
};
BOOST_DESCRIBE_STRUCT(InviteList, (), (invites))

struct InviteId {
  std::string invite_id;
};
BOOST_DESCRIBE_STRUCT(InviteId, (), (invite_id))

struct InviteToken {
  std::string invite_token;
};
BOOST_DESCRIBE_STRUCT(InviteToken, (), (invite_token))

void add_member_routes(http::Router& router, AccountService& accounts) {
  router.route<Empty, WorkspaceList>(
      {.method = Method::get,
       .path = "/api/workspaces",
       .tag = "workspaces",
       .summary = "The user's workspaces"},
      [&accounts](const RequestContext& context, Empty) -> Result<WorkspaceList> {
        TRY(auto user, accounts.me(*context.principal));
        return WorkspaceList{std::move(user.workspaces)};
      });
  router.route<WorkspaceChange, Membership>(
      {.method = Method::patch,
       .path = "/api/workspaces/current",
       .tag = "workspaces",
       .summary = "Rename the workspace"},
      [&accounts](const RequestContext& context, WorkspaceChange change) {
        return accounts.rename_workspace(*context.principal, change.name);
      });
  router.route<Empty, accounts::WorkspaceSettings>(
      {.method = Method::get,
       .path = "/api/workspaces/current/settings",
       .tag = "workspaces",
       .summary = "What questions of the workspace take for granted"},
      [&accounts](const RequestContext& context, Empty) {
        return accounts.settings(*context.principal);
      });
  router.route<SettingsInput, accounts::WorkspaceSettings>(
      {.method = Method::patch,
       .path = "/api/workspaces/current/settings",
       .tag = "workspaces",
       .summary = "Change time zone, first day of the week or start of the fiscal year"},
      [&accounts](const RequestContext& context, SettingsInput in) {
        return accounts.change_settings(*context.principal,
                                        {in.time_zone, in.week_start, in.fiscal_year_start});
      });
  router.route<Empty, MemberList>(
      {.method = Method::get,
       .path = "/api/workspaces/members",
       .tag = "workspaces",
       .summary = "Members of the workspace"},
      [&accounts](const RequestContext& context, Empty) -> Result<MemberList> {
        TRY(auto members, accounts.members(*context.principal));
        return MemberList{std::move(members)};
      });
  router.route<RoleChange, Member>({.method = Method::patch,
                                    .path = "/api/workspaces/members/{user_id}",
                                    .tag = "workspaces",
                                    .summary = "Give a member another role"},
                                   [&accounts](const RequestContext& context, RoleChange change) {
                                     return accounts.set_role(*context.principal, change.user_id,
                                                              change.role);
                                   });
  router.route<MemberId, Empty>(
      {.method = Method::del,
       .path = "/api/workspaces/members/{user_id}",
       .tag = "workspaces",
       .summary = "Remove a member, or leave"},
      [&accounts](const RequestContext& context, MemberId member) -> Result<Empty> {
        TRY_VOID(accounts.remove_member(*context.principal, member.user_id));
        return Empty{};
      });
}

void add_invite_routes(http::Router& router, AccountService& accounts) {
  router.route<NewInvite, Invite>(
      {.method = Method::post,
       .path = "/api/auth/invites",
       .tag = "workspaces",
       .summary = "Invite someone into the workspace",
       .description = "The token is shown this once; it is good for 7 days and one use.",
       .status = 201},
      [&accounts](const RequestContext& context, NewInvite wanted) {
        return accounts.invite(*context.principal, wanted.email,
                               wanted.role.value_or(catalog::MemberRole::editor));
      });
  router.route<Empty, InviteList>(
      {.method = Method::get,
       .path = "/api/auth/invites",
       .tag = "workspaces",
       .summary = "Invitations into the workspace, newest first"},
      [&accounts](const RequestContext& context, Empty) -> Result<InviteList> {
        TRY(auto invites, accounts.invites(*context.principal));
        return InviteList{std::move(invites)};
      });
  router.route<InviteId, Empty>(
      {.method = Method::del,
       .path = "/api/auth/invites/{invite_id}",
       .tag = "workspaces",
       .summary = "Take an open invitation back"},
      [&accounts](const RequestContext& context, InviteId invite) -> Result<Empty> {
        TRY_VOID(accounts.revoke_invite(*context.principal, invite.invite_id));
        return Empty{};
      });
  router.route<InviteToken, Membership>(
      {.method = Method::post,
       .path = "/api/auth/accept-invite",
       .tag = "workspaces",
       .summary = "Join a workspace with the account one has"},
      [&accounts](const RequestContext& context, InviteToken invite) {
        return accounts.accept_invite(*context.principal, invite.invite_token);
      });
}

}  // namespace

void add_workspace_routes(http::Router& router, AccountService& accounts) {
  add_member_routes(router, accounts);
  add_invite_routes(router, accounts);
}

}  // namespace sextant::api
