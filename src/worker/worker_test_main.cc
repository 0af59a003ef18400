// worker --fd N [--address-space BYTES]: a worker and nothing else, for tests.

#include <cstdlib>
#include <string_view>

#include "worker/worker.h"

int main(int argc, char** argv) {
  int fd = -1;
  std::int64_t address_space = 3ll << 30;
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::string_view(argv[i]) == "--fd") fd = std::atoi(argv[i + 1]);
    if (std::string_view(argv[i]) == "--address-space") address_space = std::atoll(argv[i + 1]);
  }
  return fd < 0 ? 2 : sextant::worker::worker_main(fd, address_space);
}
