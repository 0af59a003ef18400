#pragma once
// One request on one worker: frames out and in, deadline, cancellation.

#include <chrono>
#include <string>

#include "platform/workers/pool.h"
#include "platform/workers/process.h"

namespace sextant::workers {

struct Outcome {
  Result<json::Value> reply;
  bool begun = false;   // the worker had accepted the request
  bool alive = true;    // the worker answered and can serve the next request
  bool killed = false;  // the deadline passed without an answer
};

// `payload` is a wire::Request as JSON. Blocks until the answer, the worker's end or the deadline
// plus kill_after. Does not kill the process itself.
Outcome converse(Process& process, const std::string& payload, const RunOptions& options,
                 std::chrono::milliseconds kill_after);

}  // namespace sextant::workers
