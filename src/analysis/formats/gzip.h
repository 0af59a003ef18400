#pragma once
// Unpacking .gz with a bound. Thread-safe.

#include <stop_token>
#include <string>

#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats {

// Writes the unpacked bytes (all members) to `output`. too_large above `limit` bytes;
// unreadable_file when the archive is damaged or cut off.
Result<> inflate_gzip(const InputFile& file, const std::string& output, std::int64_t limit,
                      std::stop_token stop);

}  // namespace sextant::formats
