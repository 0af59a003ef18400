#pragma once
// Accounts: signing up, logging in, profile, workspaces and their members. Thread-safe; calls block
// (a log-in takes about 20 ms for the password's hash).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/settings.h"
#include "platform/accounts/authorise.h"
#include "platform/accounts/login_guard.h"
#include "platform/accounts/passwords.h"
#include "platform/accounts/records.h"
#include "platform/accounts/sessions.h"
#include "platform/store/database.h"

namespace sextant::accounts {

enum class SignupMode { open, invite, closed };  // the first account can always be made
BOOST_DESCRIBE_ENUM(SignupMode, open, invite, closed)

struct AccountOptions {
  TokenOptions tokens;
  SignupMode signup_mode = SignupMode::open;
};

// Options from the settings; makes the install's secret when there is none. The data folder must be
// there. Errors: invalid_fields for a SECRET_KEY that production must not have.
Result<AccountOptions> account_options(const Settings& settings);

// Where a request comes from, for the session list and for slowing down guesses; empty on the
// command line.
struct Origin {
  std::string address;
  std::string user_agent;
};

struct SignUp {
  std::string email;
  std::string full_name;
  std::string password;
  std::optional<std::string> invite_token = std::nullopt;
};

class AccountService {
 public:
  AccountService(store::Database& database, AccountOptions options);

  // Makes the account and its own workspace, or joins the invitation's. Errors: invalid_fields,
  // conflict (e-mail taken), forbidden (sign-up closed), gone (invitation used or expired).
  Result<Session> sign_up(const SignUp& form, const Origin& origin);
  // Errors: unauthenticated, locked_out.
  Result<Session> log_in(const std::string& email, const std::string& password,
                         const Origin& origin);
  Result<Session> refresh(const std::string& refresh_token, const Origin& origin);
  Result<> log_out(const std::string& refresh_token);
  // The tokens of another workspace of the user. Errors: not_found.
  Result<Session> switch_workspace(const catalog::Principal& who, const std::string& workspace_id,
                                   const Origin& origin);

  // Errors: unauthenticated. With a workspace: the principal in that one; not_found when the user
  // is no member of it.
  Result<catalog::Principal> authenticate(std::string_view bearer_token,
                                          std::string_view workspace_id = {});

  Result<User> me(const catalog::Principal& who);
  Result<User> rename(const catalog::Principal& who, const std::string& full_name);
  // Ends all other sessions of the user. Errors: invalid_fields at current_password or
  // new_password.
  Result<> change_password(const catalog::Principal& who, const std::string& current_password,
                           const std::string& new_password);
  // For the command line: no questions asked; ends all sessions and opens a lock.
  Result<> reset_password(const std::string& email, const std::string& new_password);

  // Members and invitations of the principal's workspace.
  Result<std::vector<Member>> members(const catalog::Principal& who);
  Result<Member> set_role(const catalog::Principal& who, const std::string& user_id,
                          catalog::MemberRole role);
  Result<> remove_member(const catalog::Principal& who, const std::string& user_id);
  Result<Membership> rename_workspace(const catalog::Principal& who, const std::string& name);

  Result<WorkspaceSettings> settings(const catalog::Principal& who);
  // Members that are not set stay. Errors: invalid_fields.
  struct SettingsChange {
    std::optional<std::string> time_zone;
    std::optional<catalog::WeekStart> week_start;
    std::optional<std::int64_t> fiscal_year_start;
  };
  Result<WorkspaceSettings> change_settings(const catalog::Principal& who,
                                            const SettingsChange& change);

  Result<Invite> invite(const catalog::Principal& who, const std::optional<std::string>& email,
                        catalog::MemberRole role);
  Result<std::vector<Invite>> invites(const catalog::Principal& who);
  Result<> revoke_invite(const catalog::Principal& who, const std::string& invite_id);
  // Joins the invitation's workspace with an account that is there already.
  Result<Membership> accept_invite(const catalog::Principal& who, const std::string& token);

 private:
  Result<Session> session_of(const Tokens& tokens);
  Result<User> load_user(const std::string& user_id, const std::string& workspace_id);
  Result<Membership> join(store::Transaction& tx, const std::string& token,
                          const std::string& user_id, const std::string& email);

  store::Database& database_;
  const SignupMode signup_mode_;
  Passwords passwords_;
  LoginGuard guard_;
  Sessions sessions_;
};

// Trimmed and in lower case; none when it is not an address.
std::optional<std::string> normal_email(std::string_view given);

}  // namespace sextant::accounts
