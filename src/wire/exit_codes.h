#pragma once
// How a worker process ends, for the pool that reads it.

namespace sextant::wire {

inline constexpr int kExitClosed = 0;        // the server closed the connection
inline constexpr int kExitNoJail = 70;       // the jail could not be set up
inline constexpr int kExitOutOfMemory = 77;  // memory ended where no error could be returned

}  // namespace sextant::wire
