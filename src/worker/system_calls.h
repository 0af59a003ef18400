#pragma once
// The system calls that a worker may make.

#include "base/result.h"

namespace sextant::worker {

// Installs the filter for all threads of the process. Needs no-new-privileges.
Result<> filter_system_calls();

}  // namespace sextant::worker
