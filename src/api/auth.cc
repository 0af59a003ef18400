#include "api/auth.h"

namespace sextant::api {
namespace {

using accounts::AccountService;
using accounts::Origin;
using accounts::Session;
using accounts::User;
using http::Empty;
using http::RequestContext;

struct SignupRequest {
  std::string email;
  std::string full_name;
  std::string password;
  std::optional<std::string> invite_token;

  static constexpr http::FieldDoc kDocs[] = {
      {"email", "Address to log in with"},
      {"password", "At least 8 characters"},
      {"invite_token", "Joins the workspace of this invitation instead of making one"}};
};
BOOST_DESCRIBE_STRUCT(SignupRequest, (), (email, full_name, password, invite_token))

struct LoginRequest {
  std::string email;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(LoginRequest, (), (email, password))

struct RefreshRequest {
  std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshRequest, (), (refresh_token))

struct ProfileChange {
  std::optional<std::string> full_name;
};
BOOST_DESCRIBE_STRUCT(ProfileChange, (), (full_name))

struct PasswordChange {
  std::string current_password;
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (current_password, new_password))

struct WorkspaceChoice {
  std::string workspace_id;
};
BOOST_DESCRIBE_STRUCT(WorkspaceChoice, (), (workspace_id))

Origin origin_of(const RequestContext& context) {
  return {context.remote_address, context.user_agent};
}

void add_session_routes(http::Router& router, AccountService& accounts) {
  using http::Access;
  using http::Cost;
  using http::Method;
  // Passwords are hashed for a while, hence slow.
  router.route<SignupRequest, Session>(
      {.method = Method::post,
       .path = "/api/auth/signup",
       .tag = "auth",
       .summary = "Make an account",
       .description = "The first account owns the server. Others need what SIGNUP_MODE asks for.",
       .access = Access::open,
       .status = 201,
       .cost = Cost::slow},
      [&accounts](const RequestContext& context, SignupRequest form) {
        return accounts.sign_up({std::move(form.email), std::move(form.full_name),
                                 std::move(form.password), std::move(form.invite_token)},
                                origin_of(context));
      });
  router.route<LoginRequest, Session>(
      {.method = Method::post,
       .path = "/api/auth/login",
       .tag = "auth",
       .summary = "Log in",
       .description =
           "After too many failures in a row the account, or the network address, is locked for "
           "a while.",
       .access = Access::open,
       .cost = Cost::slow},
      [&accounts](const RequestContext& context, LoginRequest form) {
        return accounts.log_in(form.email, form.password, origin_of(context));
      });
  router.route<RefreshRequest, Session>(
      {.method = Method::post,
       .path = "/api/auth/refresh",
       .tag = "auth",
       .summary = "Get new tokens",
       .description = "A refresh token is good for one use; using it twice ends the log-in.",
       .access = Access::open},
      [&accounts](const RequestContext& context, RefreshRequest form) {
        return accounts.refresh(form.refresh_token, origin_of(context));
      });
  router.route<RefreshRequest, Empty>(
      {.method = Method::post,
       .path = "/api/auth/logout",
       .tag = "auth",
       .summary = "End this log-in",
       .description = "Its access tokens end at once, too.",
       .access = Access::open},
      [&accounts](const RequestContext&, RefreshRequest form) -> Result<Empty> {
        TRY_VOID(accounts.log_out(form.refresh_token));
        return Empty{};
      });
  router.route<WorkspaceChoice, Session>(
      {.method = Method::post,
       .path = "/api/auth/workspace",
       .tag = "auth",
       .summary = "Tokens for another workspace of the user"},
      [&accounts](const RequestContext& context, WorkspaceChoice choice) {
        return accounts.switch_workspace(*context.principal, choice.workspace_id,
                                         origin_of(context));
      });
}

void add_profile_routes(http::Router& router, AccountService& accounts) {
  using http::Cost;
  using http::Method;
  router.route<Empty, User>({.method = Method::get,
                             .path = "/api/auth/me",
                             .tag = "auth",
                             .summary = "The signed-in user"},
                            [&accounts](const RequestContext& context, Empty) {
                              return accounts.me(*context.principal);
                            });
  router.route<ProfileChange, User>(
      {.method = Method::patch,
       .path = "/api/auth/me",
       .tag = "auth",
       .summary = "Change one's profile"},
      [&accounts](const RequestContext& context, ProfileChange change) {
        if (!change.full_name) return accounts.me(*context.principal);
        return accounts.rename(*context.principal, *change.full_name);
      });
  router.route<PasswordChange, Empty>(
      {.method = Method::post,
       .path = "/api/auth/password",
       .tag = "auth",
       .summary = "Change one's password",
       .description = "All other log-ins of the user end.",
       .cost = Cost::slow},
      [&accounts](const RequestContext& context, PasswordChange change) -> Result<Empty> {
        TRY_VOID(accounts.change_password(*context.principal, change.current_password,
                                          change.new_password));
        return Empty{};
      });
}

}  // namespace

void add_auth_routes(http::Router& router, AccountService& accounts) {
  add_session_routes(router, accounts);
  add_profile_routes(router, accounts);
}

}  // namespace sextant::api
