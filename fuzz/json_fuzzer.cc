// JSON: parsing into nodes and writing them; what was written must parse to the same text again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analysis/formats/json_stream.h"

using namespace sextant::formats;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::int64_t surrogates = 0;
  const auto node = parse_json_node({reinterpret_cast<const char*>(data), size}, surrogates);
  if (!node) return 0;
  std::string first;
  node->write(first);
  const auto again = parse_json_node(first, surrogates = 0);
  if (!again || surrogates > 0) std::abort();
  std::string second;
  again->write(second);
  if (first != second) std::abort();
  return 0;
}
