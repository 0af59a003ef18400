#include "platform/accounts/account_service.h"

#include <fmt/format.h>

#include "base/id.h"
#include "base/log.h"
#include "base/text.h"
#include "platform/accounts/secret.h"

namespace sextant::accounts {
namespace {

constexpr std::size_t kShortestPassword = 8;    // characters
constexpr std::size_t kLongestPassword = 1024;  // bytes
constexpr std::size_t kLongestEmail = 254;      // bytes
constexpr std::size_t kLongestName = 200;       // bytes

constexpr char kUser[] =
    "SELECT id, email, full_name, is_active, created_at, updated_at, owns_install FROM users WHERE "
    "id = $1";
constexpr char kWorkspaces[] =
    "SELECT w.id, w.name, w.created_at, m.role FROM workspace_members m JOIN workspaces w ON w.id "
    "= m.workspace_id "
    "WHERE m.user_id = $1 ORDER BY m.created_at, w.id";

bool plain(std::string_view s) {
  return text::valid_utf8(s) && std::ranges::none_of(s, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

std::optional<std::string> name_problem(std::string_view name) {
  const auto trimmed = text::trim(name);
  if (trimmed.empty()) return "must not be empty";
  if (trimmed.size() > kLongestName) return fmt::format("must have at most {} bytes", kLongestName);
  if (!plain(trimmed)) return "must be one line of text";
  return std::nullopt;
}

std::optional<std::string> password_problem(std::string_view password) {
  const auto characters = std::ranges::count_if(
      password, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  if (characters < static_cast<std::ptrdiff_t>(kShortestPassword)) {
    return fmt::format("must have at least {} characters", kShortestPassword);
  }
  if (password.size() > kLongestPassword)
    return fmt::format("must have at most {} bytes", kLongestPassword);
  return std::nullopt;
}

Error email_taken() {
  return Error(ErrorCode::conflict, "There is an account with this e-mail address already.",
               "Log in, or use another address.",
               {{"fields", json::Array{json::Object{{"path", "email"}, {"message", "is taken"}}}}});
}

Error wrong_credentials() {
  return Error(ErrorCode::unauthenticated, "The e-mail address or the password is wrong.",
               "Check both. An administrator of the server can set a new password.");
}

std::string workspace_name(std::string_view full_name) {
  const auto first = full_name.substr(0, full_name.find(' '));
  return fmt::format("{}'s workspace", first);
}

}  // namespace

std::optional<std::string> normal_email(std::string_view given) {
  const std::string email = text::lower_ascii(text::trim(given));
  const auto at = email.find('@');
  if (email.size() > kLongestEmail || at == std::string::npos || at == 0 || at > 64 ||
      email.find('@', at + 1) != std::string::npos || !plain(email)) {
    return std::nullopt;
  }
  if (email.find_first_of(" ,;:<>()[]\\\"") != std::string::npos) return std::nullopt;
  for (const auto& label : text::split(std::string_view(email).substr(at + 1), '.')) {
    if (label.empty() || label.front() == '-' || label.back() == '-') return std::nullopt;
  }
  return email;
}

Result<AccountOptions> account_options(const Settings& settings) {
  AccountOptions options;
  TRY(options.tokens.secret,
      signing_secret(settings.secret_key, settings.data_dir, settings.environment == "production"));
  options.tokens.algorithm =
      json::enum_from<JwtAlgorithm>(settings.algorithm).value_or(JwtAlgorithm::HS256);
  options.tokens.access_life = std::chrono::minutes(settings.access_token_expire_minutes);
  options.tokens.refresh_life = std::chrono::hours(24 * settings.refresh_token_expire_days);
  options.signup_mode =
      json::enum_from<SignupMode>(settings.signup_mode).value_or(SignupMode::closed);
  return options;
}

AccountService::AccountService(store::Database& database, AccountOptions options)
    : database_(database),
      signup_mode_(options.signup_mode),
      guard_(database),
      sessions_(database, std::move(options.tokens)) {}

Result<Session> AccountService::sign_up(const SignUp& form, const Origin& origin) {
  std::vector<json::FieldError> wrong;
  const auto email = normal_email(form.email);
  if (!email) wrong.push_back({"email", "is not an e-mail address"});
  if (auto problem = name_problem(form.full_name)) wrong.push_back({"full_name", *problem});
  if (auto problem = password_problem(form.password)) wrong.push_back({"password", *problem});
  if (!wrong.empty()) return fail(json::field_errors(wrong));

  const std::string full_name(text::trim(form.full_name));
  TRY(const std::string hashed, passwords_.hash(form.password));
  auto made = database_.transaction([&](store::Transaction& tx) -> Result<Tokens> {
    TRY(const auto any, tx.first("SELECT id FROM users LIMIT 1"));
    const bool first = !any;
    if (!first && signup_mode_ == SignupMode::closed) {
      return fail(ErrorCode::forbidden, "New accounts can not be made on this server.",
                  "Ask its owner, who can set SIGNUP_MODE.");
    }
    if (!first && signup_mode_ == SignupMode::invite && !form.invite_token) {
      return fail(ErrorCode::forbidden, "An account on this server needs an invitation.",
                  "Ask a member to invite you, and follow the link.");
    }
    TRY(const auto taken, tx.first("SELECT id FROM users WHERE email = $1", {*email}));
    if (taken) return fail(email_taken());
    const std::string user_id = new_id();
    const Timestamp time = now();
    TRY_VOID(
        tx.execute("INSERT INTO users (id, email, full_name, hashed_password, created_at, "
                   "updated_at, owns_install) "
                   "VALUES ($1, $2, $3, $4, $5, $5, $6)",
                   {user_id, *email, full_name, hashed, time, first}));
    std::string workspace_id;
    if (form.invite_token) {
      TRY(const Membership joined, join(tx, *form.invite_token, user_id, *email));
      workspace_id = joined.id;
    } else {
      workspace_id = new_id();
      TRY_VOID(tx.execute("INSERT INTO workspaces (id, name, created_at) VALUES ($1, $2, $3)",
                          {workspace_id, workspace_name(full_name), time}));
      TRY_VOID(
          tx.execute("INSERT INTO workspace_members (workspace_id, user_id, role, created_at) "
                     "VALUES ($1, $2, 'owner', $3)",
                     {workspace_id, user_id, time}));
    }
    return sessions_.open(tx, user_id, workspace_id, origin.user_agent);
  });
  if (!made) return fail(std::move(made).error());
  log::info("accounts.signed_up", {{"user_id", made->user_id}});
  return session_of(*made);
}

Result<Session> AccountService::log_in(const std::string& given, const std::string& password,
                                       const Origin& origin) {
  const std::string email(text::truncate_utf8(text::lower_ascii(text::trim(given)), kLongestEmail));
  if (!plain(email)) return fail(wrong_credentials());
  TRY_VOID(guard_.attempt(email, origin.address));
  TRY(const auto row,
      database_.first(
          "SELECT u.id, u.hashed_password, u.is_active, (SELECT m.workspace_id FROM "
          "workspace_members m "
          "WHERE m.user_id = u.id ORDER BY m.created_at, m.workspace_id LIMIT 1) AS workspace_id "
          "FROM users u WHERE u.email = $1",
          {email}));
  // The same work whether there is such an account or not, so that the time tells nothing.
  const bool right = password.size() <= kLongestPassword && row
                         ? passwords_.matches(password, row->text("hashed_password"))
                         : passwords_.matches_nobody(password.substr(0, kLongestPassword));
  if (!right) return fail(wrong_credentials());
  TRY_VOID(guard_.succeeded(email, origin.address));
  if (!row->boolean("is_active")) {
    return fail(ErrorCode::forbidden, "This account is switched off.", "Ask the server's owner.");
  }
  if (row->is_null("workspace_id")) {
    return fail(ErrorCode::forbidden, "This account belongs to no workspace any more.",
                "Ask a member to invite you, and follow the link.");
  }
  TRY(const Tokens tokens, database_.transaction([&](store::Transaction& tx) {
    return sessions_.open(tx, row->text("id"), row->text("workspace_id"), origin.user_agent);
  }));
  return session_of(tokens);
}

Result<Session> AccountService::refresh(const std::string& refresh_token, const Origin& origin) {
  TRY(const Tokens tokens, sessions_.refresh(refresh_token, origin.user_agent));
  return session_of(tokens);
}

Result<> AccountService::log_out(const std::string& refresh_token) {
  return sessions_.close(refresh_token);
}

Result<Session> AccountService::switch_workspace(const catalog::Principal& who,
                                                 const std::string& workspace_id,
                                                 const Origin& origin) {
  TRY(const Tokens tokens, sessions_.switch_workspace(who, workspace_id, origin.user_agent));
  return session_of(tokens);
}

Result<catalog::Principal> AccountService::authenticate(std::string_view bearer_token,
                                                        std::string_view workspace_id) {
  TRY(catalog::Principal who, sessions_.authenticate(bearer_token));
  if (!workspace_id.empty() && workspace_id != who.workspace_id) {
    TRY(const auto row,
        database_.one("SELECT role FROM workspace_members WHERE user_id = $1 AND workspace_id = $2",
                      {who.user_id, workspace_id}, "workspace"));
    who.workspace_id = workspace_id;
    who.role = json::enum_from<catalog::MemberRole>(row.text("role"))
                   .value_or(catalog::MemberRole::viewer);
  }
  return who;
}

Result<User> AccountService::me(const catalog::Principal& who) {
  return load_user(who.user_id, who.workspace_id);
}

Result<User> AccountService::rename(const catalog::Principal& who, const std::string& full_name) {
  if (auto problem = name_problem(full_name))
    return fail(json::field_errors({{"full_name", *problem}}));
  TRY_VOID(database_.execute("UPDATE users SET full_name = $2, updated_at = $3 WHERE id = $1",
                             {who.user_id, text::trim(full_name), now()}));
  return me(who);
}

Result<> AccountService::change_password(const catalog::Principal& who,
                                         const std::string& current_password,
                                         const std::string& new_password) {
  if (auto problem = password_problem(new_password))
    return fail(json::field_errors({{"new_password", *problem}}));
  TRY_VOID(guard_.attempt(who.email, ""));
  TRY(const auto row,
      database_.one("SELECT hashed_password FROM users WHERE id = $1", {who.user_id}, "account"));
  if (current_password.size() > kLongestPassword ||
      !passwords_.matches(current_password, row.text("hashed_password"))) {
    return fail(json::field_errors({{"current_password", "is not your present password"}}));
  }
  TRY_VOID(guard_.succeeded(who.email, ""));
  TRY(const std::string hashed, passwords_.hash(new_password));
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(
        tx.execute("UPDATE users SET hashed_password = $2, password_changed_at = $3, updated_at = "
                   "$3 WHERE id = $1",
                   {who.user_id, hashed, now()}));
    return sessions_.close_others(tx, who.user_id, who.session_id);
  });
}

Result<> AccountService::reset_password(const std::string& given, const std::string& new_password) {
  if (auto problem = password_problem(new_password))
    return fail(json::field_errors({{"password", *problem}}));
  const std::string email = normal_email(given).value_or("");
  TRY(const std::string hashed, passwords_.hash(new_password));
  TRY_VOID(database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY(const auto row, tx.one("SELECT id FROM users WHERE email = $1", {email}, "account"));
    TRY_VOID(
        tx.execute("UPDATE users SET hashed_password = $2, password_changed_at = $3, updated_at = "
                   "$3 WHERE id = $1",
                   {row.text("id"), hashed, now()}));
    return sessions_.close_others(tx, row.text("id"), "");
  }));
  log::info("accounts.password_reset", {{"email", email}});
  return guard_.forget(email);
}

Result<Session> AccountService::session_of(const Tokens& tokens) {
  Session session;
  session.access_token = tokens.access_token;
  session.refresh_token = tokens.refresh_token;
  session.expires_in = tokens.expires_in;
  TRY(session.user, load_user(tokens.user_id, tokens.workspace_id));
  return session;
}

Result<User> AccountService::load_user(const std::string& user_id,
                                       const std::string& workspace_id) {
  TRY(const auto row, database_.one(kUser, {user_id}, "account"));
  TRY(const auto workspaces, database_.query(kWorkspaces, {user_id}));
  User user;
  user.id = row.text("id");
  user.email = row.text("email");
  user.full_name = row.text("full_name");
  user.is_active = row.boolean("is_active");
  user.created_at = row.text("created_at");
  user.updated_at = row.text("updated_at");
  user.owns_install = row.boolean("owns_install");
  user.workspace_id = workspace_id;
  for (const auto& w : workspaces) {
    user.workspaces.push_back(
        {w.text("id"), w.text("name"),
         json::enum_from<catalog::MemberRole>(w.text("role")).value_or(catalog::MemberRole::viewer),
         w.text("created_at")});
  }
  return user;
}

}  // namespace sextant::accounts
