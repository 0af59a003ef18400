#include "platform/accounts/login_guard.h"

#include <fmt/format.h>

namespace sextant::accounts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::string account_key(const std::string& email) { return "account:" + email; }
std::string address_key(const std::string& address) { return "address:" + address; }

// 1, 2, 4, … minutes, at most an hour.
minutes lock_time(std::int64_t failures, int limit) {
  const auto doublings = std::min<std::int64_t>(failures - limit, 6);
  return std::min(minutes(1 << doublings), minutes(60));
}

std::string in_words(seconds left) {
  if (left < seconds(90)) return fmt::format("{} seconds", std::max<std::int64_t>(left.count(), 1));
  return fmt::format("{} minutes", (left.count() + 59) / 60);
}

Result<> count(store::Transaction& tx, const std::string& key, int limit, const char* what) {
  const Timestamp time = now();
  TRY(const auto row,
      tx.first("SELECT failures, first_at, locked_until FROM login_failures WHERE subject = $1",
               {key}));
  std::int64_t failures = 1;
  Timestamp first = time;
  if (row) {
    const auto locked_until = row->time("locked_until");
    if (locked_until && *locked_until > time) {
      const auto left = std::chrono::ceil<seconds>(*locked_until - time);
      return fail(ErrorCode::locked_out,
                  fmt::format("There were too many failed log-ins {}.", what),
                  fmt::format("Try again in {}.", in_words(left)), {{"retry_after", left.count()}});
    }
    const Timestamp began = row->time("first_at").value_or(time);
    // A lock that ended counts as the last failure.
    if (std::max(began, locked_until.value_or(began)) + LoginGuard::kWindow > time) {
      failures = row->integer("failures") + 1;
      first = began;
    }
  }
  std::optional<Timestamp> locked;
  if (failures >= limit) locked = time + lock_time(failures, limit);
  TRY_VOID(tx.execute(
      "INSERT INTO login_failures (subject, failures, first_at, locked_until) VALUES ($1, $2, $3, "
      "$4) "
      "ON CONFLICT (subject) DO UPDATE SET failures = $2, first_at = $3, locked_until = $4",
      {key, failures, first, locked}));
  return {};
}

}  // namespace

Result<> LoginGuard::attempt(const std::string& email, const std::string& address) {
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute("DELETE FROM login_failures WHERE first_at < $1",
                        {now() - std::chrono::days(1)}));
    if (!address.empty())
      TRY_VOID(count(tx, address_key(address), kAddressLimit, "from your network"));
    return count(tx, account_key(email), kAccountLimit, "for this account");
  });
}

Result<> LoginGuard::succeeded(const std::string& email, const std::string& address) {
  return database_.transaction([&](store::Transaction& tx) -> Result<> {
    TRY_VOID(tx.execute("DELETE FROM login_failures WHERE subject = $1", {account_key(email)}));
    // Only this attempt is taken back: one's own account must not wash off guesses at others.
    TRY_VOID(tx.execute(
        "UPDATE login_failures SET failures = failures - 1, locked_until = NULL WHERE subject = $1",
        {address_key(address)}));
    return {};
  });
}

Result<> LoginGuard::forget(const std::string& email) {
  TRY_VOID(
      database_.execute("DELETE FROM login_failures WHERE subject = $1", {account_key(email)}));
  return {};
}

}  // namespace sextant::accounts
