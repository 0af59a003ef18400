#pragma once
// The files of a ZIP archive, unpacked one by one under bounds. Thread-safe.

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats {

struct Member {
  std::string name;                     // path in the archive
  std::unique_ptr<TemporaryFile> file;  // unpacked
};

struct Archive {
  std::vector<Member> members;       // files whose extension a decoder reads, in their order
  std::vector<std::string> skipped;  // names of the others
};

// Errors: unreadable_file (damaged, encrypted, nothing to read in it), too_large (too many files,
// or more bytes than a bomb's).
Result<Archive> unpack_archive(const std::string& path, const std::string& temp_directory,
                               std::stop_token stop);

}  // namespace sextant::formats
