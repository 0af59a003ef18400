#pragma once
// What several commands do first: read the settings, open the metadata store, say what is wrong.

#include <memory>

#include "base/result.h"
#include "base/settings.h"
#include "platform/store/database.h"

namespace sextant {

inline constexpr const char* kEnvFile = ".env";

// Writes the error for a person to standard error; gives the exit status 1.
int complain(const Error& error);

std::string database_url(const Settings& settings);

// Opens and migrates.
Result<std::unique_ptr<store::Database>> open_database(const Settings& settings);

}  // namespace sextant
