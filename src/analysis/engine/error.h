#pragma once
// DuckDB's error messages as errors for people. Thread-safe.

#include <string>
#include <string_view>

#include "base/result.h"

namespace sextant::engine {

// `message` is what DuckDB reports with `errors_as_json`; plain texts are understood too.
Error convert_error(std::string_view message);

// "1.5 GiB", "300 MiB", "512 bytes".
std::string bytes_in_words(std::int64_t bytes);

}  // namespace sextant::engine
