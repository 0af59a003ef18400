#pragma once
// The one place where a text becomes a JSON string. Thread-safe.

#include <string>
#include <string_view>

namespace sextant::json {

// Appends the quoted, escaped text; the bytes are taken for UTF-8 as they are.
void write_string(std::string& out, std::string_view s);

}  // namespace sextant::json
