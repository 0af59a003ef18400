#pragma once
// JSON Web Tokens signed by HMAC (RFC 7515, 7519): exactly what this server issues, and nothing
// else. Pure functions; thread-safe.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace sextant::accounts {

enum class JwtAlgorithm { HS256, HS384, HS512 };
BOOST_DESCRIBE_ENUM(JwtAlgorithm, HS256, HS384, HS512)

// Times are seconds since 1970.
struct Claims {
  std::string iss;
  std::string aud;
  std::string sub;  // user
  std::string ws;   // workspace
  std::string sid;  // session: the log-in that the token comes from
  std::int64_t iat = 0;
  std::int64_t nbf = 0;
  std::int64_t exp = 0;
};
BOOST_DESCRIBE_STRUCT(Claims, (), (iss, aud, sub, ws, sid, iat, nbf, exp))

std::string sign_jwt(const Claims& claims, std::string_view secret, JwtAlgorithm algorithm);

// What a token must be besides genuine.
struct Expected {
  std::string issuer;
  std::string audience;
  std::int64_t now = 0;
};

// Errors: unauthenticated, in words that say whether it is expired or not genuine.
Result<Claims> verify_jwt(std::string_view token, std::string_view secret, JwtAlgorithm algorithm,
                          const Expected& expected);

}  // namespace sextant::accounts
