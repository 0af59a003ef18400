#include "main/demo_account.h"

#include "base/log.h"

namespace sextant {
namespace {

constexpr const char* kEmail = "demo@example.com";
constexpr const char* kPassword = "sextant-demo";

}  // namespace

Result<DemoAccount> make_demo_account(Application& application) {
  auto session = application.accounts().sign_up({kEmail, "Demo User", kPassword}, {});
  if (!session && session.error().code == ErrorCode::conflict) {
    session = application.accounts().log_in(kEmail, kPassword, {});
    // Somebody has given the account another password: then it is theirs, and its data too.
    if (!session) return DemoAccount{kEmail, "(changed)"};
  }
  if (!session) return fail(std::move(session).error());
  TRY(auto who, application.accounts().authenticate(session->access_token));
  TRY(auto files, application.sample_data().load(who));
  log::info("demo.ready", {{"files", files.size()}});
  return DemoAccount{kEmail, kPassword};
}

}  // namespace sextant
