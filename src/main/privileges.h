#pragma once
// Giving up root: the product never runs with it.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace sextant {

// When the process is root: hands `owned` folders (made if missing) to `user`, checks that this
// user can reach `readable` paths, and becomes that user for good. Does nothing otherwise.
Result<> drop_privileges(const std::string& user, const std::vector<std::filesystem::path>& owned,
                         const std::vector<std::filesystem::path>& readable);

}  // namespace sextant
