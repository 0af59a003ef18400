#pragma once
// The functions that users' SQL may call (functions.txt), by kind. Thread-safe.

#include <optional>
#include <string>
#include <string_view>

namespace sextant::engine {

extern const char* const kFunctionsText;

// Names are compared without regard to case.
bool is_allowed_function(std::string_view name);        // operators, aggregates, scalars
bool is_allowed_table_function(std::string_view name);  // what may stand after FROM
bool is_volatile_function(std::string_view name);       // answers differ from run to run

// The allowed function that is spelled most like this one, if any is close.
std::optional<std::string> similar_function(std::string_view name);

}  // namespace sextant::engine
