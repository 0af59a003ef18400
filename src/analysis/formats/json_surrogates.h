#pragma once
// Escapes of half a character: programs that cut texts by UTF-16 units write "\ud83d" without its
// other half, which no UTF-8 text can hold. Thread-safe.

#include <cstddef>
#include <cstdint>
#include <span>

namespace sextant::formats {

// Writes \ufffd over every such escape in the JSON `text` and adds their number to `replaced`.
// Returns how many bytes are settled: fewer than all when an escape at the end may go on in what
// follows (`last`: nothing follows).
std::size_t replace_lone_surrogates(std::span<char> text, bool last, std::int64_t& replaced);

}  // namespace sextant::formats
