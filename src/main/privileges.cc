#include "main/privileges.h"

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sextant {
namespace fs = std::filesystem;
namespace {

Result<> hand_over(const fs::path& folder, uid_t uid, gid_t gid) {
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec)
    return fail(ErrorCode::internal,
                "The folder " + folder.string() + " can not be made: " + ec.message());
  const auto give = [&](const fs::path& path) -> Result<> {
    if (::lchown(path.c_str(), uid, gid) == 0) return {};
    return fail(ErrorCode::internal,
                fmt::format("{} can not be handed to the unprivileged user: {}", path.string(),
                            std::strerror(errno)));
  };
  struct stat info{};
  if (::stat(folder.c_str(), &info) == 0 && info.st_uid == uid)
    return {};  // done at an earlier start
  TRY_VOID(give(folder));
  for (const auto& entry : fs::recursive_directory_iterator(folder, ec))
    TRY_VOID(give(entry.path()));
  return {};
}

}  // namespace

Result<> drop_privileges(const std::string& user, const std::vector<fs::path>& owned,
                         const std::vector<fs::path>& readable) {
  if (::geteuid() != 0) return {};
  const passwd* entry = ::getpwnam(user.c_str());
  if (!entry) {
    return fail(ErrorCode::invalid_fields, "There is no user '" + user + "' to run as.",
                "Set RUN_AS_USER to an unprivileged user of this system.");
  }
  if (entry->pw_uid == 0) {
    return fail(ErrorCode::invalid_fields, "RUN_AS_USER is '" + user + "', which is root.",
                "Set it to an unprivileged user.");
  }
  for (const auto& folder : owned) TRY_VOID(hand_over(folder, entry->pw_uid, entry->pw_gid));
  if (::setgroups(0, nullptr) != 0 || ::setgid(entry->pw_gid) != 0 ||
      ::setuid(entry->pw_uid) != 0) {
    return fail(ErrorCode::internal, std::string("Giving up root failed: ") + std::strerror(errno));
  }
  for (const auto* group : {&owned, &readable}) {
    for (const auto& path : *group) {
      if (::access(path.c_str(), R_OK) != 0) {
        return fail(ErrorCode::invalid_fields,
                    fmt::format("The user '{}' can not reach {}: {}", user, path.string(),
                                std::strerror(errno)),
                    "Put it where that user can read it (not below /root), or set RUN_AS_USER.");
      }
    }
  }
  return {};
}

}  // namespace sextant
