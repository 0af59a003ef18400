#pragma once
// What every call about a statement takes.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "http/schema.h"
#include "platform/queries/query_service.h"

namespace sextant::api {

struct StatementInput {
  std::string sql_query;
  std::optional<json::Object> parameters;
  std::optional<std::map<std::string, catalog::ParameterType>> parameter_types;
  std::optional<std::vector<std::string>> data_source_ids;

  static constexpr http::FieldDoc kDocs[] = {
      {"sql_query", "One SELECT; {{name}} and $name are parameters"},
      {"parameters", "Values by name; bound, never pasted"},
      {"parameter_types", "By name; not given: the type that the statement needs there"},
      {"data_source_ids", "Only the tables of these sources can be read"}};

  std::vector<json::FieldError> validate() const;
  queries::Execution execution() const;
};
BOOST_DESCRIBE_STRUCT(StatementInput, (), (sql_query, parameters, parameter_types, data_source_ids))

// A client_run_id: 1 to 64 of A-Z a-z 0-9 _ -.
void check_run_name(const std::optional<std::string>& name, std::vector<json::FieldError>& errors);

}  // namespace sextant::api
