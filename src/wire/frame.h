#pragma once
// The framing between the server and a worker, over one Unix stream socket.
//
//   u32 little-endian payload length · u8 kind · payload
//
// The server sends `request` (JSON Request) and `cancel` (empty). A worker answers one request at a
// time with any number of `progress` (JSON Progress) and `data` (bytes in the encoding that was
// asked for, cut at arbitrary places) and then exactly one `result` (JSON, the operation's reply)
// or `error` (JSON WireError). After start a worker sends one `ready`.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace sextant::wire {

enum class FrameKind : std::uint8_t { ready = 1, request, cancel, progress, data, result, error };

struct Frame {
  FrameKind kind = FrameKind::ready;
  std::string payload;
};

inline constexpr std::size_t kMaxPayload = 64u << 20;
inline constexpr std::size_t kHeaderSize = 5;

// Blocking, whole-frame I/O on a socket. A closed peer is worker_lost ("closed").
// Not thread-safe per descriptor and direction.
Result<> write_frame(int fd, FrameKind kind, std::string_view payload);
Result<Frame> read_frame(int fd);

// Waits up to timeout_ms (-1: for ever) for something to read; false on time-out.
Result<bool> wait_readable(int fd, int timeout_ms);

}  // namespace sextant::wire
