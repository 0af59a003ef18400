#pragma once
// {{name}} in SQL: parameters as people write them. Thread-safe.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sextant::queries {

// The text with $name for every {{name}}, filled up with blanks, so that every position stays.
// {{name}} as the whole of a quoted text is refused: it would not be a parameter.
Result<std::string> bind_placeholders(const std::string& sql);

// The names after $, each once, in order.
std::vector<std::string> parameters_in(std::string_view sql);

}  // namespace sextant::queries
