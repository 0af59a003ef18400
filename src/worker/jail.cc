#include "worker/jail.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <linux/landlock.h>
#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "worker/system_calls.h"

namespace sextant::worker {
namespace {

std::unexpected<Error> refused(const char* what) {
  return fail(ErrorCode::internal,
              fmt::format("The worker's jail: {}: {}", what, std::strerror(errno)));
}

Result<> limit(__rlimit_resource resource, std::int64_t value, const char* name) {
  const rlimit both{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
  if (setrlimit(resource, &both) != 0) return refused(name);
  return {};
}

// --- landlock ----------------------------------------------------------------------------------

// Rights of later versions than the headers may know.
constexpr std::uint64_t kTruncate = 1ull << 14;     // version 3
constexpr std::uint64_t kIoctlDevice = 1ull << 15;  // version 5
constexpr std::uint64_t kNetwork = 3;               // version 4: bind and connect TCP

struct Ruleset {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;
  std::uint64_t scoped;
};

constexpr std::uint64_t kReadFiles = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kWriteFiles =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR;

Result<> permit(int ruleset, const std::filesystem::path& path, std::uint64_t rights) {
  const int fd = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (fd < 0) return errno == ENOENT ? Result<>() : Result<>(refused(path.c_str()));
  const landlock_path_beneath_attr rule{rights, fd};
  const long done = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(fd);
  if (done != 0) return refused("landlock rule");
  return {};
}

Result<> apply_landlock(const std::filesystem::path& workspace, const std::filesystem::path& temp) {
  const int version = landlock_version();
  if (version == 0) return {};
  Ruleset rules{(1ull << 13) - 1, 0, 0};
  std::uint64_t write = kWriteFiles;
  if (version >= 2) {
    rules.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
    write |= LANDLOCK_ACCESS_FS_REFER;
  }
  if (version >= 3) {
    rules.handled_access_fs |= kTruncate;
    write |= kTruncate;
  }
  std::size_t size = sizeof rules.handled_access_fs;
  if (version >= 4) {
    rules.handled_access_net = kNetwork;
    size = offsetof(Ruleset, scoped);
  }
  if (version >= 5) rules.handled_access_fs |= kIoctlDevice;
  if (version >= 6) {
    rules.scoped = 3;  // abstract Unix sockets and signals
    size = sizeof rules;
  }
  const int fd = static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, size, 0));
  if (fd < 0) return refused("landlock");
  TRY_VOID(permit(fd, workspace, kReadFiles));
  for (const char* folder : {"tmp", "results", "sources"}) {
    TRY_VOID(permit(fd, workspace / folder, kReadFiles | write));
  }
  TRY_VOID(permit(fd, temp, kReadFiles | write));
  TRY_VOID(permit(fd, "/usr/share", kReadFiles));
  // DuckDB looks up its memory limit there at every open, and crashes when it may stat but not
  // read.
  TRY_VOID(permit(fd, "/proc/self/cgroup", LANDLOCK_ACCESS_FS_READ_FILE));
  TRY_VOID(permit(fd, "/sys/fs/cgroup", kReadFiles));
  TRY_VOID(permit(fd, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE));
  TRY_VOID(permit(fd, "/dev/urandom", LANDLOCK_ACCESS_FS_READ_FILE));
  const long done = syscall(SYS_landlock_restrict_self, fd, 0);
  close(fd);
  if (done != 0) return refused("landlock");
  return {};
}

}  // namespace

int landlock_version() {
  const long version =
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<int>(version) : 0;
}

Result<> enter_jail(const JailOptions& options) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("no new privileges");
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return refused("parent death signal");
  if (prctl(PR_SET_DUMPABLE, 0) != 0) return refused("dumpable");
  TRY_VOID(limit(RLIMIT_CORE, 0, "core size"));
  TRY_VOID(limit(RLIMIT_FSIZE, options.file_size, "file size"));
  TRY_VOID(limit(RLIMIT_NOFILE, options.open_files, "open files"));
#ifndef SEXTANT_SANITIZED
  TRY_VOID(limit(RLIMIT_AS, options.address_space, "address space"));
#endif
  signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit fails with EFBIG instead
  signal(SIGPIPE, SIG_IGN);
  clearenv();
  setenv("TZ", "UTC", 1);
  setenv("LC_ALL", "C.UTF-8", 1);
  const auto keep = static_cast<unsigned>(options.keep_fd);
  if (keep > 3) close_range(3, keep - 1, 0);
  close_range(keep + 1, ~0u, 0);
  // Few arenas: memory that one thread freed serves the next. Fewer than the loading threads hold
  // at a time would let them wait for each other.
  mallopt(M_ARENA_MAX, 8);
  return filter_system_calls();
}

Result<> confine(const std::filesystem::path& workspace, const std::filesystem::path& temp) {
  std::error_code ec;
  for (const auto& folder :
       {workspace / "tmp", workspace / "results", workspace / "sources", temp}) {
    std::filesystem::create_directories(folder, ec);
    if (ec) {
      return fail(ErrorCode::internal,
                  fmt::format("The folder {} can not be made: {}", folder.string(), ec.message()));
    }
  }
  if (chdir(workspace.c_str()) != 0) return refused(workspace.c_str());
  return apply_landlock(workspace, temp);
}

void allow_cpu_seconds(std::int64_t seconds) {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  rlimit now{};
  getrlimit(RLIMIT_CPU, &now);
  now.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 +
                                     std::max<std::int64_t>(seconds, 1));
  setrlimit(RLIMIT_CPU, &now);
}

}  // namespace sextant::worker
