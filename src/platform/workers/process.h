#pragma once
// One worker process and the connection to it.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace sextant::workers {

// How a process ended.
struct Ending {
  bool by_signal = false;
  int code = 0;                  // signal or exit code
  std::int64_t peak_memory = 0;  // bytes resident at most
};

class Process {
 public:
  // Starts `command` with `--fd N` added, an empty environment and one descriptor, and waits for
  // its `ready`. Call from a thread that lives as long as the process: the worker dies with that
  // thread.
  static Result<std::unique_ptr<Process>> start(const std::vector<std::string>& command,
                                                std::chrono::milliseconds patience);
  ~Process();  // kills
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  int connection() const { return fd_; }
  pid_t id() const { return pid_; }
  const std::string& hello() const { return hello_; }  // JSON: landlock version, …

  // Ends it if it runs still, and says how it ended. Blocks shortly.
  Ending finish();
  bool has_ended();  // without blocking
  void hang_up();    // closes the conversation; the worker ends

  std::int64_t resident_bytes() const;  // 0 when it is gone

 private:
  Process(pid_t pid, int fd) : pid_(pid), fd_(fd) {}
  pid_t pid_;
  int fd_;
  std::string hello_;
  bool reaped_ = false;
  Ending ending_;
  void note(int status, std::int64_t peak_memory);
};

// PSS of a process in bytes; 0 when it is gone. Takes milliseconds.
std::int64_t proportional_memory(pid_t process);

}  // namespace sextant::workers
