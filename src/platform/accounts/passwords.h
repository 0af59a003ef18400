#pragma once
// Password hashes: Argon2id with 19 MiB and two passes, about 10 ms each. Thread-safe; at most two
// at a time, so that a flood of log-ins takes neither the memory nor the processors.

#include <semaphore>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sextant::accounts {

class Passwords {
 public:
  Passwords();

  // In libsodium's text form, with its own salt and parameters. Errors: resource_exhausted.
  Result<std::string> hash(std::string_view password);

  bool matches(std::string_view password, const std::string& hash);

  // Takes the time of matches() and gives false: for accounts that do not exist.
  bool matches_nobody(std::string_view password) { return matches(password, nobody_) && false; }

 private:
  std::counting_semaphore<2> running_{2};
  std::string nobody_;
};

}  // namespace sextant::accounts
