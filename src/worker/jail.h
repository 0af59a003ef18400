#pragma once
// What a worker may do, taken away from the process that calls. Nothing of it can be undone.
//
// `enter` at start: no new privileges, dies with its parent, resource limits, empty environment, no
// other descriptors, and a system call filter: an allow-list without sockets, programs, processes,
// tracing, mounts, keys, bpf and io_uring (they fail with EPERM; threads are allowed).
// `confine` when the worker is bound: landlock, so that only the workspace's folder can be read,
// only its tmp, results and sources can be written, and of the system only shared data (time
// zones). Sanitizer builds have no address space limit (the sanitizer reserves terabytes).

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace sextant::worker {

struct JailOptions {
  int keep_fd = -1;                        // the connection to the server
  std::int64_t address_space = 3ll << 30;  // bytes
  std::int64_t file_size = 64ll << 30;     // bytes of one file
  std::int64_t open_files = 4096;
};

Result<> enter_jail(const JailOptions& options);

// 0 where the kernel has no landlock: then the paths are not confined by the kernel.
int landlock_version();

// Changes into the workspace's folder too. Creates tmp, results and sources in it.
Result<> confine(const std::filesystem::path& workspace, const std::filesystem::path& temp);

// From now on the process may use `seconds` more of processor time before it is killed (SIGXCPU).
void allow_cpu_seconds(std::int64_t seconds);

}  // namespace sextant::worker
