#include "platform/accounts/jwt.h"

#include <gtest/gtest.h>
#include <openssl/hmac.h>
#include <sodium.h>

namespace sextant::accounts {
namespace {

constexpr char kSecret[] = "0123456789abcdef0123456789abcdef";
const Expected kExpected{"sextant", "sextant-api", 1'000'000};

Claims good_claims() {
  return {.iss = "sextant",
          .aud = "sextant-api",
          .sub = "u",
          .ws = "w",
          .sid = "s",
          .iat = 999'000,
          .nbf = 999'000,
          .exp = 1'000'100};
}

std::string base64url(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                  '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();
  return out;
}

// A token with any header and claims, rightly signed by this digest.
std::string forge(std::string_view header, const std::string& claims, const EVP_MD* digest) {
  const std::string part = base64url(header) + "." + base64url(claims);
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(digest, kSecret, sizeof kSecret - 1, reinterpret_cast<const unsigned char*>(part.data()),
       part.size(), mac, &size);
  return part + "." + base64url({reinterpret_cast<const char*>(mac), size});
}

ErrorCode code_of(std::string_view token, JwtAlgorithm algorithm = JwtAlgorithm::HS256) {
  const auto verified = verify_jwt(token, kSecret, algorithm, kExpected);
  EXPECT_FALSE(verified.has_value()) << "accepted: " << token;
  return verified ? ErrorCode::internal : verified.error().code;
}

TEST(Jwt, what_is_signed_is_verified_with_each_algorithm) {
  for (const auto algorithm : {JwtAlgorithm::HS256, JwtAlgorithm::HS384, JwtAlgorithm::HS512}) {
    const auto verified =
        verify_jwt(sign_jwt(good_claims(), kSecret, algorithm), kSecret, algorithm, kExpected);
    ASSERT_TRUE(verified.has_value()) << verified.error().message;
    EXPECT_EQ(verified->sub, "u");
    EXPECT_EQ(verified->ws, "w");
    EXPECT_EQ(verified->sid, "s");
  }
}

TEST(Jwt, verifies_the_example_that_any_library_makes) {
  // Header {"alg":"HS256","typ":"JWT"} and the claims below, signed elsewhere by the same secret.
  const std::string claims = json::dump(good_claims());
  const auto token = forge(R"({"alg":"HS256","typ":"JWT"})", claims, EVP_sha256());
  EXPECT_EQ(token, sign_jwt(good_claims(), kSecret, JwtAlgorithm::HS256));
}

TEST(Jwt, no_other_algorithm_is_accepted) {
  const std::string claims = json::dump(good_claims());
  const std::string unsigned_part =
      base64url(R"({"alg":"none","typ":"JWT"})") + "." + base64url(claims);
  EXPECT_EQ(code_of(unsigned_part + "."), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(unsigned_part), ErrorCode::unauthenticated);
  for (const char* header :
       {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"hs256"})", R"({"alg":"RS256"})",
        R"({"alg":"HS512"})", R"({"alg":["HS256"]})", R"({"alg":null})", R"({})", R"([])", "",
        R"({"alg":"HS256","crit":["b64"]})"}) {
    EXPECT_EQ(code_of(forge(header, claims, EVP_sha256())), ErrorCode::unauthenticated) << header;
  }
  // Signed by another algorithm of the family, and saying so.
  EXPECT_EQ(code_of(sign_jwt(good_claims(), kSecret, JwtAlgorithm::HS512)),
            ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(sign_jwt(good_claims(), kSecret, JwtAlgorithm::HS256), JwtAlgorithm::HS384),
            ErrorCode::unauthenticated);
}

TEST(Jwt, expired_early_or_foreign_tokens_are_refused) {
  const auto with = [](auto change) {
    Claims claims = good_claims();
    change(claims);
    return sign_jwt(claims, kSecret, JwtAlgorithm::HS256);
  };
  const auto expired = verify_jwt(with([](Claims& c) { c.exp = 1'000'000; }), kSecret,
                                  JwtAlgorithm::HS256, kExpected);
  ASSERT_FALSE(expired.has_value());
  EXPECT_NE(expired.error().message.find("expired"), std::string::npos);
  EXPECT_EQ(code_of(with([](Claims& c) { c.nbf = 1'000'060; })), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(with([](Claims& c) { c.aud = "other"; })), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(with([](Claims& c) { c.iss = "other"; })), ErrorCode::unauthenticated);
  EXPECT_EQ(
      code_of(sign_jwt(good_claims(), "another secret of thirty-two bytes", JwtAlgorithm::HS256)),
      ErrorCode::unauthenticated);
}

TEST(Jwt, claims_that_are_missing_or_of_the_wrong_type_are_refused) {
  for (
      const char* claims :
      {R"({})", R"("text")", "not json",
       R"({"iss":"sextant","aud":"sextant-api","sub":"u","ws":"w","sid":"s","iat":1,"nbf":1})",
       R"({"iss":"sextant","aud":"sextant-api","sub":"u","ws":"w","sid":"s","iat":1,"nbf":1,"exp":"9999999999"})",
       R"({"iss":"sextant","aud":["sextant-api"],"sub":"u","ws":"w","sid":"s","iat":1,"nbf":1,"exp":9999999999})"}) {
    EXPECT_EQ(code_of(forge(R"({"alg":"HS256"})", claims, EVP_sha256())),
              ErrorCode::unauthenticated)
        << claims;
  }
}

TEST(Jwt, any_changed_byte_is_noticed) {
  const std::string token = sign_jwt(good_claims(), kSecret, JwtAlgorithm::HS256);
  // The last character carries bits that no byte needs; the decoder refuses other values of them.
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(code_of(changed), ErrorCode::unauthenticated) << i;
  }
  EXPECT_EQ(code_of(""), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(".."), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(token + "."), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(token + "="), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(std::string(1 << 20, 'a')), ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace sextant::accounts
