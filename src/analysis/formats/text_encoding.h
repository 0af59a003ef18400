#pragma once
// Which encoding a text file has, and turning it into UTF-8. Thread-safe.

#include <stop_token>
#include <string>

#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats {

struct TextEncoding {
  std::string name = "UTF-8";   // as shown to people: UTF-8, UTF-16LE, windows-1252, Shift_JIS, …
  std::int64_t mark_bytes = 0;  // length of a byte order mark
  std::int64_t end_bytes = 0;   // length of an end mark
  bool utf8 = true;             // needs no conversion
  std::string rest = {};        // what bytes without meaning in it are read as; empty: as U+FFFD
};

// Looks at the byte order mark, then at every byte for UTF-8, then at a sample for everything else.
// Error: unreadable_file, it is no text.
Result<TextEncoding> detect_encoding(const InputFile& file, std::stop_token stop);

// The encoding that somebody named. Error: invalid_fields, there is none of this name.
Result<TextEncoding> chosen_encoding(const InputFile& file, const std::string& name);

// Writes the whole file as UTF-8 without mark. Returns how many byte sequences had no meaning in
// the encoding.
Result<std::int64_t> convert_to_utf8(const InputFile& file, const TextEncoding& encoding,
                                     const std::string& output, std::stop_token stop);

}  // namespace sextant::formats
