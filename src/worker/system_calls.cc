#include "worker/system_calls.h"

#include <fmt/format.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sextant::worker {
namespace {

// By name: a call that this machine does not have is skipped.
constexpr const char* kAllowed[] = {
    // files that landlock lets through, and the open connection
    "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "pwrite64", "pwritev",
    "pwritev2", "open", "openat", "openat2", "close", "close_range", "lseek", "stat", "fstat",
    "lstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2",
    "readlink", "readlinkat", "getdents64", "getcwd", "chdir", "fcntl", "flock", "fsync",
    "fdatasync", "sync_file_range", "ftruncate", "truncate", "fallocate", "fadvise64",
    "copy_file_range", "sendfile", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir",
    "mkdirat", "rmdir", "umask", "utimensat", "dup", "dup2", "dup3", "pipe2", "sendto", "recvfrom",
    "sendmsg", "recvmsg", "shutdown", "poll", "ppoll", "select", "pselect6", "epoll_create1",
    "epoll_ctl", "epoll_wait", "epoll_pwait", "eventfd2",
    // memory
    "mmap", "munmap", "mremap", "mprotect", "madvise", "mincore", "msync", "brk", "membarrier",
    // threads, signals to itself, time
    "futex", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address", "rseq",
    "arch_prctl", "sched_yield", "sched_getaffinity", "sched_getparam", "sched_getscheduler",
    "getpriority", "setpriority", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending",
    "sigaltstack", "restart_syscall", "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid",
    "getegid", "getrlimit", "setrlimit", "getrusage", "times", "sysinfo", "uname", "getcpu",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "getrandom", "exit", "exit_group",
    // the last step of the jail itself
    "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"};

struct Filter {
  scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  ~Filter() { seccomp_release(context); }
};

}  // namespace

Result<> filter_system_calls() {
  const Filter filter;
  int wrong = filter.context ? 0 : -ENOMEM;
  const auto note = [&](int result) {
    if (result != 0 && wrong == 0) wrong = result;
  };
  const auto allow_when = [&](int number, const scmp_arg_cmp& argument) {
    note(seccomp_rule_add_array(filter.context, SCMP_ACT_ALLOW, number, 1, &argument));
  };
  for (const char* name : kAllowed) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number < 0) continue;
    note(seccomp_rule_add(filter.context, SCMP_ACT_ALLOW, number, 0));
  }
  // Threads, not processes. clone3 hides its flags in memory: glibc falls back to clone.
  allow_when(SCMP_SYS(clone), {0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD});
  if (const int clone3 = seccomp_syscall_resolve_name("clone3"); clone3 >= 0) {
    note(seccomp_rule_add(filter.context, SCMP_ACT_ERRNO(ENOSYS), clone3, 0));
  }
  // Its own limits only: the server runs as the same user.
  allow_when(SCMP_SYS(prlimit64), {0, SCMP_CMP_EQ, 0, 0});
  // Names of threads.
  allow_when(SCMP_SYS(prctl), {0, SCMP_CMP_EQ, PR_SET_NAME, 0});
  // abort() signals its own thread; tgkill can reach only processes that the kernel lets it.
  allow_when(SCMP_SYS(tgkill), {0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()), 0});
  note(seccomp_attr_set(filter.context, SCMP_FLTATR_CTL_TSYNC, 1));
  if (wrong == 0) wrong = seccomp_load(filter.context);
  if (wrong != 0) {
    return fail(ErrorCode::internal,
                fmt::format("The worker's system call filter: {}", std::strerror(-wrong)));
  }
  return {};
}

}  // namespace sextant::worker
