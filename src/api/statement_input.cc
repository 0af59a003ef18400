#include "api/statement_input.h"

#include <algorithm>

#include "base/text.h"

namespace sextant::api {

std::vector<json::FieldError> StatementInput::validate() const {
  if (text::trim(sql_query).empty()) return {{"sql_query", "must not be empty"}};
  if (sql_query.find('\0') != std::string::npos) {
    return {{"sql_query", "must not hold the character NUL"}};
  }
  return {};
}

queries::Execution StatementInput::execution() const {
  queries::Execution out;
  out.sql = sql_query;
  out.parameters = parameters.value_or(json::Object{});
  if (parameter_types) out.parameter_types = *parameter_types;
  if (data_source_ids) out.data_source_ids = *data_source_ids;
  return out;
}

void check_run_name(const std::optional<std::string>& name, std::vector<json::FieldError>& errors) {
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; };
  if (name && (name->empty() || name->size() > 64 || !std::ranges::all_of(*name, is_plain))) {
    errors.push_back({"client_run_id", "must be 1 to 64 of A-Z a-z 0-9 _ -"});
  }
}

}  // namespace sextant::api
