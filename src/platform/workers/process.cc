#include "platform/workers/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "wire/frame.h"

namespace sextant::workers {
namespace {

constexpr int kChildDescriptor = 3;

// A stuck peer must not hold a server thread in the middle of a frame.
constexpr int kReceiveSeconds = 10;

struct SpawnSettings {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
};

// No secrets of the server reach a worker; sanitizers keep their options.
std::vector<std::string> environment() {
  std::vector<std::string> out{"PATH=/usr/bin:/bin", "TZ=UTC", "LC_ALL=C.UTF-8"};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) out.push_back(fmt::format("{}={}", name, value));
  }
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

Result<std::unique_ptr<Process>> Process::start(const std::vector<std::string>& command,
                                                std::chrono::milliseconds patience) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return fail(ErrorCode::unavailable,
                fmt::format("A worker could not be started: {}", std::strerror(errno)));
  }
  std::vector<std::string> arguments = command;
  arguments.insert(arguments.end(), {"--fd", std::to_string(kChildDescriptor)});
  std::vector<std::string> variables = environment();
  SpawnSettings settings;
  posix_spawn_file_actions_addopen(&settings.actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&settings.actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&settings.actions, ends[1], kChildDescriptor);
  pid_t pid = 0;
  const int failed =
      posix_spawn(&pid, arguments[0].c_str(), &settings.actions, &settings.attributes,
                  pointers(arguments).data(), pointers(variables).data());
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return fail(ErrorCode::unavailable, fmt::format("A worker could not be started: {}: {}",
                                                    arguments[0], std::strerror(failed)));
  }
  const timeval limit{kReceiveSeconds, 0};
  setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  std::unique_ptr<Process> process(new Process(pid, ends[0]));
  TRY(const bool ready, wire::wait_readable(ends[0], static_cast<int>(patience.count())));
  if (!ready) return fail(ErrorCode::unavailable, "A worker did not get ready in time.");
  auto frame = wire::read_frame(ends[0]);
  if (!frame || frame->kind != wire::FrameKind::ready) {
    const Ending ending = process->finish();
    return fail(ErrorCode::unavailable,
                fmt::format("A worker ended at its start ({} {}).",
                            ending.by_signal ? "signal" : "exit code", ending.code));
  }
  process->hello_ = std::move(frame->payload);
  return process;
}

Process::~Process() {
  finish();
  close(fd_);
}

void Process::note(int status, std::int64_t peak_memory) {
  reaped_ = true;
  ending_.by_signal = WIFSIGNALED(status);
  ending_.code = ending_.by_signal ? WTERMSIG(status) : WEXITSTATUS(status);
  ending_.peak_memory = peak_memory;
}

bool Process::has_ended() {
  if (reaped_) return true;
  int status = 0;
  rusage used{};
  if (wait4(pid_, &status, WNOHANG, &used) == pid_) note(status, used.ru_maxrss * 1024);
  return reaped_;
}

void Process::hang_up() { shutdown(fd_, SHUT_RDWR); }

Ending Process::finish() {
  if (has_ended()) return ending_;
  kill(pid_, SIGKILL);
  int status = 0;
  rusage used{};
  while (wait4(pid_, &status, 0, &used) < 0 && errno == EINTR) {
  }
  note(status, used.ru_maxrss * 1024);
  return ending_;
}

std::int64_t Process::resident_bytes() const {
  std::ifstream file(fmt::format("/proc/{}/statm", pid_));
  std::int64_t size = 0, resident = 0;
  file >> size >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

std::int64_t proportional_memory(pid_t process) {
  std::ifstream file(fmt::format("/proc/{}/smaps_rollup", process));
  std::string word;
  std::int64_t kilobytes = 0;
  while (file >> word) {
    if (word == "Pss:") {
      file >> kilobytes;
      break;
    }
  }
  return kilobytes * 1024;
}

}  // namespace sextant::workers
