#include "wire/frame.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace sextant::wire {
namespace {

std::unexpected<Error> lost(const char* what) {
  return fail(ErrorCode::worker_lost, std::string("the worker's connection is closed: ") + what);
}

Result<> write_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t n = ::send(fd, data, size, MSG_NOSIGNAL);
    if (n < 0) {
      if (errno == EINTR) continue;
      return lost(std::strerror(errno));
    }
    data += n;
    size -= static_cast<std::size_t>(n);
  }
  return {};
}

Result<> read_all(int fd, char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t n = ::read(fd, data, size);
    if (n < 0) {
      if (errno == EINTR) continue;
      return lost(std::strerror(errno));
    }
    if (n == 0) return lost("end of stream");
    data += n;
    size -= static_cast<std::size_t>(n);
  }
  return {};
}

}  // namespace

Result<> write_frame(int fd, FrameKind kind, std::string_view payload) {
  if (payload.size() > kMaxPayload) {
    return fail(ErrorCode::too_large, "a frame of " + std::to_string(payload.size()) + " bytes");
  }
  const auto size = static_cast<std::uint32_t>(payload.size());
  std::array<char, kHeaderSize> header{static_cast<char>(size & 255),
                                       static_cast<char>((size >> 8) & 255),
                                       static_cast<char>((size >> 16) & 255),
                                       static_cast<char>(size >> 24), static_cast<char>(kind)};
  TRY_VOID(write_all(fd, header.data(), header.size()));
  return write_all(fd, payload.data(), payload.size());
}

Result<Frame> read_frame(int fd) {
  std::array<unsigned char, kHeaderSize> header;
  TRY_VOID(read_all(fd, reinterpret_cast<char*>(header.data()), header.size()));
  const std::uint32_t size = header[0] | (header[1] << 8) | (header[2] << 16) |
                             (static_cast<std::uint32_t>(header[3]) << 24);
  if (size > kMaxPayload || header[4] < 1 || header[4] > 7) return lost("not a frame");
  Frame frame{static_cast<FrameKind>(header[4]), std::string(size, '\0')};
  TRY_VOID(read_all(fd, frame.payload.data(), frame.payload.size()));
  return frame;
}

Result<bool> wait_readable(int fd, int timeout_ms) {
  pollfd p{fd, POLLIN, 0};
  const int n = ::poll(&p, 1, timeout_ms);
  if (n < 0 && errno != EINTR) return lost(std::strerror(errno));
  return n > 0;
}

}  // namespace sextant::wire
