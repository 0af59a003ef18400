#pragma once
// The sandboxed process that computes everything from data. It serves one request at a time over
// the connection (wire/frame.h) and ends when that is closed.

#include <cstdint>

#include "worker/jail.h"

namespace sextant::worker {

// Runs until the connection is closed. Call it first thing in a fresh process: it closes every
// descriptor above 2 but `fd` and jails the process. `address_space` in bytes.
int worker_main(int fd, std::int64_t address_space = 3ll << 30);

}  // namespace sextant::worker
