#pragma once
// Values from outside, bound to the parameters of a statement. Thread-safe.

#include <map>
#include <string>
#include <vector>

#include "analysis/engine/duckdb.h"
#include "base/json.h"
#include "catalog/query.h"

namespace sextant::engine {

using ParameterTypes = std::map<std::string, catalog::ParameterType>;

// The value as this type; invalid_sql with detail.parameter when it is none.
Result<Parameter> typed_parameter(const std::string& name, const json::Value& value,
                                  catalog::ParameterType type);

// Binds every parameter of the statement. Values without a declared type are bound as JSON has
// them, and texts become what the statement needs there. A parameter without a value, and a value
// without a parameter, are invalid_sql with detail.parameter.
Result<> bind_parameters(Statement& statement, const json::Object& values,
                         const ParameterTypes& types);

}  // namespace sextant::engine
