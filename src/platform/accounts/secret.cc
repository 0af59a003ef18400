#include "platform/accounts/secret.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "base/id.h"
#include "base/text.h"

namespace sextant::accounts {
namespace {

constexpr std::size_t kShortest = 32;

// Keys that stand in examples and tutorials, in lower case; the first two in this product's own.
constexpr std::string_view kWellKnown[] = {
    "your_super_secret_key_here",
    "your_very_secure_production_secret_key",
    "your-secret-key",
    "your_secret_key",
    "changeme",
    "change_me",
    "change-me",
    "secret_key",
    "supersecret",
    "super_secret",
    "super-secret",
    "thisissecret",
    "this_is_a_secret",
    "this-is-a-secret",
    "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
};

std::unexpected<Error> refused(std::string why) {
  return fail(
      ErrorCode::invalid_fields, fmt::format("SECRET_KEY {}.", why),
      "Leave SECRET_KEY empty to have one made, or give 32 or more random characters, e.g. from: "
      "openssl rand -hex 32");
}

Result<> check(const std::string& key) {
  if (key.size() < kShortest)
    return refused(fmt::format("has {} characters; production needs {}", key.size(), kShortest));
  const std::string lower = text::lower_ascii(key);
  for (const auto known : kWellKnown) {
    if (lower.find(known) != std::string::npos) return refused("is a well-known example");
  }
  if (std::set<char>(key.begin(), key.end()).size() < 8)
    return refused("repeats a few characters only");
  return {};
}

std::unexpected<Error> unusable(const std::filesystem::path& file) {
  return fail(
      ErrorCode::unavailable,
      fmt::format("{} can not be used: {}.", file.string(), std::system_category().message(errno)),
      "Check who may write in DATA_DIR.");
}

}  // namespace

Result<std::string> signing_secret(const std::string& given, const std::filesystem::path& data_dir,
                                   bool production) {
  if (!given.empty()) {
    if (production) TRY_VOID(check(given));
    return given;
  }
  const auto file = data_dir / "secret_key";
  if (!std::filesystem::exists(file)) {
    // Complete under a name of its own first; link() lets one of several win.
    const auto fresh = data_dir / ("secret_key." + new_id());
    const int out = ::open(fresh.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (out < 0) return unusable(fresh);
    const std::string key = random_token(48);
    const bool written = ::write(out, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                         ::fsync(out) == 0;
    ::close(out);
    const bool linked = written && (::link(fresh.c_str(), file.c_str()) == 0 || errno == EEXIST);
    const int problem = errno;
    ::unlink(fresh.c_str());
    if (!linked) {
      errno = problem;
      return unusable(file);
    }
  }
  ::chmod(file.c_str(), 0600);
  std::ifstream in(file);
  std::string key;
  std::getline(in, key);
  if (key.size() < kShortest) {
    return fail(ErrorCode::unavailable, fmt::format("{} does not hold a key.", file.string()),
                "Delete the file to have a new one made; everybody then logs in again.");
  }
  return key;
}

}  // namespace sextant::accounts
