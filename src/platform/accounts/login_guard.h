#pragma once
// Slows down guessing: counts failed log-ins per account name and per network address, and locks
// either for a growing time. Names without an account are counted just so, hence a lock says
// nothing about whether the account exists. Thread-safe; kept in the store, so it outlives restarts
// and holds for all servers.

#include <chrono>
#include <string>

#include "base/time.h"
#include "platform/store/database.h"

namespace sextant::accounts {

class LoginGuard {
 public:
  static constexpr int kAccountLimit = 5;   // failures in a row until the first lock (1 minute)
  static constexpr int kAddressLimit = 50;  // the same for an address, which many may share
  static constexpr std::chrono::minutes kWindow{15};  // without a failure: forgotten

  explicit LoginGuard(store::Database& database) : database_(database) {}

  // Before the password is checked. Counts the attempt as failed in advance, so that many at once
  // get no more tries than one after the other. Errors: locked_out, with the time left.
  Result<> attempt(const std::string& email, const std::string& address);

  // The password was right.
  Result<> succeeded(const std::string& email, const std::string& address);

  // Opens the account's lock.
  Result<> forget(const std::string& email);

 private:
  store::Database& database_;
};

}  // namespace sextant::accounts
