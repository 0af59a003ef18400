// Every rule of the jail, tried for real in a child process.

#include "worker/jail.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "base/id.h"

namespace sextant::worker {
namespace {

using ::testing::HasSubstr;

// "fine" when the call succeeded, else the name of the error.
std::string outcome(long result) { return result >= 0 ? "fine" : strerrorname_np(errno); }

std::string open_outcome(const std::filesystem::path& path, int flags = O_RDONLY) {
  return outcome(open(path.c_str(), flags | O_CLOEXEC, 0600));
}

struct JailTest : ::testing::Test {
  JailTest() {
    std::filesystem::create_directories(mine / "uploads");
    std::filesystem::create_directories(other / "sources");
    std::ofstream(mine / "uploads/file.csv") << "a\n1\n";
    std::ofstream(other / "sources/secret.duckdb") << "secret";
    std::filesystem::create_symlink(other / "sources/secret.duckdb", mine / "uploads/link");
  }
  ~JailTest() override { std::filesystem::remove_all(root); }

  // What `probe` returns in a jailed child; "signal N" when that ended it.
  std::string jailed(const std::function<std::string()>& probe, JailOptions options = {}) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const pid_t child = fork();
    if (child == 0) {
      options.keep_fd = ends[1];
      std::string text;
      if (auto entered = enter_jail(options); !entered) {
        text = "not entered: " + entered.error().message;
      } else if (auto confined = confine(mine, mine / "tmp/w1"); !confined) {
        text = "not confined: " + confined.error().message;
      } else {
        text = probe();
      }
      if (write(ends[1], text.data(), text.size()) < 0) _exit(1);
      _exit(0);
    }
    close(ends[1]);
    std::string out;
    char buffer[4096];
    for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;) {
      out.append(buffer, static_cast<std::size_t>(n));
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status)) : out;
  }

  std::filesystem::path root =
      std::filesystem::temp_directory_path() / ("sextant-" + random_token(9));
  std::filesystem::path mine = root / "mine", other = root / "other";
};

TEST_F(JailTest, ReadsItsOwnFolderAndTheTimeZones) {
  EXPECT_EQ(jailed([&] { return open_outcome(mine / "uploads/file.csv"); }), "fine");
  EXPECT_EQ(jailed([&] { return open_outcome("uploads/file.csv"); }), "fine");
  EXPECT_EQ(jailed([&] { return open_outcome("/usr/share"); }), "fine");
}

TEST_F(JailTest, ReadsNothingElse) {
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no landlock";
  for (const std::filesystem::path& path :
       {std::filesystem::path("/etc/passwd"), std::filesystem::path("/etc/hostname"),
        std::filesystem::path("/proc/self/environ"), std::filesystem::path("/proc/1/cmdline"),
        std::filesystem::path("/proc/self/mem"), std::filesystem::path("/root"),
        std::filesystem::path("/tmp"), std::filesystem::path("/dev/mem"), root,
        other / "sources/secret.duckdb", mine / "uploads/link",
        mine / "uploads/../../other/sources/secret.duckdb"}) {
    EXPECT_NE(jailed([&] { return open_outcome(path); }), "fine") << path;
  }
}

TEST_F(JailTest, WritesOnlyWhereResultsGo) {
  for (const char* folder : {"tmp", "tmp/w1", "results", "sources"}) {
    EXPECT_EQ(jailed([&] { return open_outcome(mine / folder / "new", O_CREAT | O_WRONLY); }),
              "fine")
        << folder;
  }
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no landlock";
  EXPECT_EQ(jailed([&] { return open_outcome(mine / "uploads/file.csv", O_WRONLY); }), "EACCES");
  EXPECT_EQ(jailed([&] { return outcome(truncate((mine / "uploads/file.csv").c_str(), 0)); }),
            "EACCES");
  EXPECT_EQ(jailed([&] { return outcome(unlink((mine / "uploads/file.csv").c_str())); }), "EACCES");
  EXPECT_EQ(jailed([&] { return open_outcome("/tmp/sextant-jail-test", O_CREAT | O_WRONLY); }),
            "EACCES");
  EXPECT_EQ(jailed([&] { return open_outcome(other / "new", O_CREAT | O_WRONLY); }), "EACCES");
  EXPECT_NE(jailed([&] { return outcome(symlink("/etc/passwd", (mine / "results/l").c_str())); }),
            "fine");
  EXPECT_NE(
      jailed([&] {
        return outcome(link((mine / "uploads/file.csv").c_str(), (mine / "results/l").c_str()));
      }),
      "fine");
}

TEST_F(JailTest, HasNoNetwork) {
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET, AF_VSOCK}) {
    EXPECT_EQ(jailed([&] { return outcome(socket(family, SOCK_STREAM, 0)); }), "EPERM") << family;
  }
  EXPECT_EQ(jailed([] {
              int ends[2];
              return outcome(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
            }),
            "EPERM");
}

TEST_F(JailTest, StartsNoProcessesAndTracesNone) {
  EXPECT_EQ(jailed([] {
              char name[] = "/bin/true";
              char* arguments[] = {name, nullptr};
              return outcome(execve(name, arguments, nullptr));
            }),
            "EPERM");
  EXPECT_EQ(jailed([] { return outcome(fork()); }), "EPERM");
  EXPECT_EQ(jailed([] { return outcome(vfork()); }), "EPERM");
  EXPECT_EQ(jailed([] { return outcome(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }), "EPERM");
  EXPECT_EQ(jailed([] { return outcome(kill(getppid(), 0)); }), "EPERM");
  EXPECT_EQ(jailed([] {
              rlimit limit{};
              return outcome(prlimit(getppid(), RLIMIT_NOFILE, nullptr, &limit));
            }),
            "EPERM");
}

TEST_F(JailTest, RefusesOtherSystemCalls) {
  // bpf, mount, umount2, io_uring_setup, keyctl, add_key, request_key, unshare, setns, chroot,
  // pivot_root, process_vm_readv, userfaultfd, perf_event_open, memfd_create, execveat, setuid,
  // open_by_handle_at, kexec_load, init_module, name_to_handle_at, quotactl, swapon, reboot,
  // pidfd_open, pidfd_getfd, personality, mknod
  for (const long number : {SYS_bpf,
                            SYS_mount,
                            SYS_umount2,
                            SYS_io_uring_setup,
                            SYS_keyctl,
                            SYS_add_key,
                            SYS_request_key,
                            SYS_unshare,
                            SYS_setns,
                            SYS_chroot,
                            SYS_pivot_root,
                            SYS_process_vm_readv,
                            SYS_userfaultfd,
                            SYS_perf_event_open,
                            SYS_memfd_create,
                            SYS_execveat,
                            SYS_setuid,
                            SYS_open_by_handle_at,
                            SYS_kexec_load,
                            SYS_init_module,
                            SYS_name_to_handle_at,
                            SYS_quotactl,
                            SYS_swapon,
                            SYS_reboot,
                            SYS_pidfd_open,
                            SYS_pidfd_getfd,
                            SYS_personality,
                            SYS_mknod}) {
    EXPECT_EQ(jailed([&] { return outcome(syscall(number, 0, 0, 0, 0, 0, 0)); }), "EPERM")
        << number;
  }
  EXPECT_EQ(jailed([] { return outcome(syscall(SYS_clone3, nullptr, 0)); }), "ENOSYS");
}

TEST_F(JailTest, MayUseThreads) {
  EXPECT_EQ(jailed([] {
              std::string text;
              std::thread([&] { text = "from a thread"; }).join();
              return text;
            }),
            "from a thread");
  EXPECT_EQ(jailed([&] {
              std::string text;
              std::thread([&] { text = outcome(socket(AF_INET, SOCK_STREAM, 0)); }).join();
              return text;
            }),
            "EPERM");
}

TEST_F(JailTest, HasLimits) {
#ifndef SEXTANT_SANITIZED
  EXPECT_EQ(jailed([] {
              void* p = mmap(nullptr, 4ull << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              return p == MAP_FAILED ? std::string(strerrorname_np(errno)) : "fine";
            }),
            "ENOMEM");
#endif
  EXPECT_EQ(jailed(
                [&] {
                  const int fd = open("results/big", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
                  return outcome(ftruncate(fd, 2000));
                },
                {.file_size = 1000}),
            "EFBIG");
  EXPECT_EQ(jailed([] {
              rlimit limit{};
              getrlimit(RLIMIT_CORE, &limit);
              return std::to_string(limit.rlim_max);
            }),
            "0");
  EXPECT_EQ(jailed([]() -> std::string {
              allow_cpu_seconds(1);
              for (volatile std::uint64_t i = 0;; i = i + 1) {
              }
            }),
            "signal " + std::to_string(SIGXCPU));
}

TEST_F(JailTest, InheritsNothing) {
  setenv("SEXTANT_SECRET", "x", 1);
  const int inherited = open("/etc/passwd", O_RDONLY);
  EXPECT_EQ(jailed([] { return std::string(getenv("SEXTANT_SECRET") ? "seen" : "none"); }), "none");
  EXPECT_EQ(jailed([&] { return outcome(fcntl(inherited, F_GETFD)); }), "EBADF");
  close(inherited);
  unsetenv("SEXTANT_SECRET");
}

}  // namespace
}  // namespace sextant::worker
