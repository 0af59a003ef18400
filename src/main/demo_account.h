#pragma once
// The account that `--demo` makes: to look around without typing anything in.

#include <string>

#include "base/result.h"
#include "main/application.h"

namespace sextant {

struct DemoAccount {
  std::string email;
  std::string password;
};

// Makes the account with the sample data on the first start; gives the same one later.
Result<DemoAccount> make_demo_account(Application& application);

}  // namespace sextant
