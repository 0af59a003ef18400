#pragma once
// Errors of SQL as problems in the text that the person wrote. Thread-safe.

#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/queries/query_service.h"

namespace sextant::queries {

// An invalid_sql error of this statement.
Problem problem_of(const Error& error, std::string_view sql);

}  // namespace sextant::queries
