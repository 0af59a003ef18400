#pragma once
// The secret that signs this install's tokens.

#include <filesystem>
#include <string>

#include "base/result.h"

namespace sextant::accounts {

// The given SECRET_KEY, or, when it is empty, the one kept in <data_dir>/secret_key, which is made
// on the first start (mode 0600). Servers that start at once agree on one. In production a given
// key that is short, repetitive or well known is refused. Errors: invalid_fields, unavailable.
Result<std::string> signing_secret(const std::string& given, const std::filesystem::path& data_dir,
                                   bool production);

}  // namespace sextant::accounts
