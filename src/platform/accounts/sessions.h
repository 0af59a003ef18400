#pragma once
// Log-ins: short access tokens (JWT, checked against the store at each request, so that a log-out
// holds at once) and refresh tokens for one use each. A refresh token that comes a second time was
// stolen from one of its two users: the whole log-in ends. Thread-safe.

#include <chrono>
#include <string>
#include <string_view>

#include "catalog/principal.h"
#include "platform/accounts/jwt.h"
#include "platform/store/database.h"

namespace sextant::accounts {

struct TokenOptions {
  std::string secret;
  JwtAlgorithm algorithm = JwtAlgorithm::HS256;
  std::chrono::minutes access_life{30};
  std::chrono::hours refresh_life{24 * 30};
};

struct Tokens {
  std::string access_token;
  std::string refresh_token;
  std::int64_t expires_in = 0;  // seconds
  std::string user_id;
  std::string workspace_id;
};

class Sessions {
 public:
  Sessions(store::Database& database, TokenOptions options)
      : database_(database), options_(std::move(options)) {}

  // A new log-in; in the caller's transaction.
  Result<Tokens> open(store::Transaction& tx, const std::string& user_id,
                      const std::string& workspace_id, const std::string& user_agent);

  // The next tokens of a log-in. Errors: unauthenticated.
  Result<Tokens> refresh(const std::string& refresh_token, const std::string& user_agent);

  // Ends the log-in that the token belongs to; nothing happens when there is none.
  Result<> close(const std::string& refresh_token);

  // Ends all log-ins of a user but one ("" for none); in the caller's transaction.
  Result<> close_others(store::Transaction& tx, const std::string& user_id,
                        const std::string& session_id);

  // Who an access token stands for, with the role as it is now. Errors: unauthenticated.
  Result<catalog::Principal> authenticate(std::string_view access_token);

  // Another workspace for the same log-in.
  Result<Tokens> switch_workspace(const catalog::Principal& who, const std::string& workspace_id,
                                  const std::string& user_agent);

 private:
  Result<Tokens> issue(store::Transaction& tx, const std::string& family,
                       const std::string& user_id, const std::string& workspace_id,
                       const std::string& user_agent);

  store::Database& database_;
  const TokenOptions options_;
};

// SHA-256 in hex: what is kept of a random token.
std::string token_hash(std::string_view token);

}  // namespace sextant::accounts
