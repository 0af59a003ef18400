#pragma once
// What the accounts service gives: people, their workspaces, sessions and invitations.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "catalog/principal.h"
#include "catalog/semantic_model.h"
#include "platform/store/database.h"

namespace sextant::accounts {

// A workspace as one of its members sees it.
struct Membership {
  std::string id;
  std::string name;
  catalog::MemberRole role = catalog::MemberRole::viewer;
  std::string created_at;
};
BOOST_DESCRIBE_STRUCT(Membership, (), (id, name, role, created_at))

struct User {
  std::string id;
  std::string email;
  std::string full_name;
  bool is_active = true;
  std::string created_at;
  std::string updated_at;
  bool owns_install = false;
  std::string workspace_id;  // the one that the token is for
  std::vector<Membership> workspaces;
};
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, email, full_name, is_active, created_at, updated_at, owns_install,
                       workspace_id, workspaces))

// The tokens of a log-in.
struct Session {
  std::string access_token;
  std::string token_type = "bearer";
  std::int64_t expires_in = 0;  // seconds until the access token ends
  std::string refresh_token;    // for one use
  User user;
};
BOOST_DESCRIBE_STRUCT(Session, (), (access_token, token_type, expires_in, refresh_token, user))

struct Member {
  std::string user_id;
  std::string email;
  std::string full_name;
  catalog::MemberRole role = catalog::MemberRole::viewer;
  std::string created_at;
};
BOOST_DESCRIBE_STRUCT(Member, (), (user_id, email, full_name, role, created_at))

struct Invite {
  std::string id;
  std::string workspace_id;
  std::optional<std::string> email;  // only this address may use it
  catalog::MemberRole role = catalog::MemberRole::editor;
  std::optional<std::string> token;  // shown once, when it is made
  std::string created_at;
  std::string expires_at;
  std::optional<std::string> accepted_at;
};
BOOST_DESCRIBE_STRUCT(Invite, (),
                      (id, workspace_id, email, role, token, created_at, expires_at, accepted_at))

// What questions of a workspace take for granted.
struct WorkspaceSettings {
  std::string time_zone;  // IANA name; "": that of the person who asks
  catalog::WeekStart week_start = catalog::WeekStart::monday;
  std::int64_t fiscal_year_start = 1;  // month 1 … 12
};
BOOST_DESCRIBE_STRUCT(WorkspaceSettings, (), (time_zone, week_start, fiscal_year_start))

// Those of a workspace. Errors: not_found.
Result<WorkspaceSettings> read_settings(store::Session& session, const std::string& workspace_id);

}  // namespace sextant::accounts
