#include "platform/accounts/jwt.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/base64.h"
#include "base/text.h"

namespace sextant::accounts {
namespace {

constexpr std::size_t kMaxToken = 4096;
constexpr std::int64_t kClockSkew = 5;  // seconds that another server's clock may be ahead

const EVP_MD* digest(JwtAlgorithm algorithm) {
  switch (algorithm) {
    case JwtAlgorithm::HS256:
      return EVP_sha256();
    case JwtAlgorithm::HS384:
      return EVP_sha384();
    case JwtAlgorithm::HS512:
      return EVP_sha512();
  }
  return EVP_sha256();
}

std::string signature(std::string_view signed_part, std::string_view secret,
                      JwtAlgorithm algorithm) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(digest(algorithm), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(signed_part.data()), signed_part.size(), mac, &size);
  return std::string(reinterpret_cast<const char*>(mac), size);
}

std::unexpected<Error> not_genuine() {
  return fail(ErrorCode::unauthenticated, "The access token is not genuine.", "Log in again.");
}

}  // namespace

std::string sign_jwt(const Claims& claims, std::string_view secret, JwtAlgorithm algorithm) {
  const json::Object header{{"alg", std::string(json::enum_name(algorithm))}, {"typ", "JWT"}};
  const std::string part = base64url(json::dump(header)) + "." + base64url(json::dump(claims));
  return part + "." + base64url(signature(part, secret, algorithm));
}

Result<Claims> verify_jwt(std::string_view token, std::string_view secret, JwtAlgorithm algorithm,
                          const Expected& expected) {
  if (token.size() > kMaxToken) return not_genuine();
  const auto parts = text::split(token, '.');
  if (parts.size() != 3) return not_genuine();
  const auto header_text = from_base64url(parts[0]), claims_text = from_base64url(parts[1]),
             given = from_base64url(parts[2]);
  if (!header_text || !claims_text || !given) return not_genuine();

  // The signature first, by our algorithm and never by the one that the token names.
  const std::string right =
      signature(token.substr(0, parts[0].size() + 1 + parts[1].size()), secret, algorithm);
  if (given->size() != right.size() ||
      CRYPTO_memcmp(given->data(), right.data(), right.size()) != 0) {
    return not_genuine();
  }
  const auto header = json::parse(*header_text);
  if (!header || !header->is_object()) return not_genuine();
  const auto* alg = header->get_object().if_contains("alg");
  if (alg == nullptr || !alg->is_string() || alg->get_string() != json::enum_name(algorithm) ||
      header->get_object().contains("crit")) {
    return not_genuine();
  }
  const auto claims = json::parse_as<Claims>(*claims_text);
  if (!claims || claims->iss != expected.issuer || claims->aud != expected.audience)
    return not_genuine();
  if (claims->nbf > expected.now + kClockSkew) return not_genuine();
  if (claims->exp <= expected.now) {
    return fail(ErrorCode::unauthenticated, "The access token has expired.",
                "Get a new one from POST /api/auth/refresh, or log in again.");
  }
  return *claims;
}

}  // namespace sextant::accounts
