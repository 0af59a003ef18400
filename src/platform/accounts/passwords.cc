#include "platform/accounts/passwords.h"

#include <sodium.h>

#include "base/id.h"

namespace sextant::accounts {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19 * 1024 * 1024;

struct Slot {
  explicit Slot(std::counting_semaphore<2>& running) : running(running) { running.acquire(); }
  ~Slot() { running.release(); }
  std::counting_semaphore<2>& running;
};

}  // namespace

Passwords::Passwords() {
  // A hash that no password matches, with the cost of a real one.
  if (auto made = hash(random_token())) nobody_ = *made;
}

Result<std::string> Passwords::hash(std::string_view password) {
  const Slot slot(running_);
  char out[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(out, password.data(), password.size(), kPasses, kMemory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::resource_exhausted, "There is not enough memory to check a password.",
                "Try again in a moment.");
  }
  return std::string(out);
}

bool Passwords::matches(std::string_view password, const std::string& hash) {
  const Slot slot(running_);
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace sextant::accounts
