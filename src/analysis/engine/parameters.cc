#include "analysis/engine/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/time.h"

namespace sextant::engine {
namespace {

using catalog::ParameterType;
using Kind = Parameter::Value;

template <class T>
std::optional<T> number_in(std::string_view text) {
  T value{};
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string> text_in(const json::Value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_number() || value.is_bool()) return json::dump(value);
  return std::nullopt;
}

std::optional<std::int64_t> integer_in(const json::Value& value) {
  if (value.is_string()) return number_in<std::int64_t>(value.get_string());
  boost::system::error_code ec;
  if (!value.is_number()) return std::nullopt;
  const auto number = value.to_number<std::int64_t>(ec);
  return ec ? std::nullopt : std::optional(number);
}

std::optional<double> real_in(const json::Value& value) {
  if (value.is_string()) return number_in<double>(value.get_string());
  if (!value.is_number()) return std::nullopt;
  return value.to_number<double>();
}

std::optional<bool> boolean_in(const json::Value& value) {
  if (value.is_bool()) return value.get_bool();
  if (value.is_string() && value.get_string() == "true") return true;
  if (value.is_string() && value.get_string() == "false") return false;
  return std::nullopt;
}

// "2026-01-31" and "2026-01-31T10:00:00" (also with a blank, a fraction, or a zone).
std::optional<Timestamp> moment_in(const json::Value& value, bool with_time) {
  if (!value.is_string()) return std::nullopt;
  std::string text(value.get_string());
  if (text.size() == 10) {
    text += "T00:00:00Z";
  } else if (!with_time) {
    return std::nullopt;
  } else {
    if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
    const bool zoned = text.ends_with('Z') || text.find_first_of("+-", 11) != std::string::npos;
    if (!zoned) text += 'Z';
  }
  return parse_time(text);
}

template <class T, class Read>
std::optional<Kind> list_of(const json::Value& value, Read read) {
  if (!value.is_array()) return std::nullopt;
  std::vector<T> items;
  for (const auto& element : value.get_array()) {
    auto item = read(element);
    if (!item) return std::nullopt;
    items.push_back(std::move(*item));
  }
  return Kind(std::move(items));
}

template <class T>
std::optional<Kind> kind_of(std::optional<T> value) {
  if (!value) return std::nullopt;
  return Kind(std::move(*value));
}

std::optional<Kind> read(const json::Value& value, ParameterType type) {
  using std::chrono::days;
  using std::chrono::floor;
  using std::chrono::microseconds;
  switch (type) {
    case ParameterType::text:
      return kind_of(text_in(value));
    case ParameterType::integer:
      return kind_of(integer_in(value));
    case ParameterType::number:
      return kind_of(real_in(value));
    case ParameterType::boolean:
      return kind_of(boolean_in(value));
    case ParameterType::date: {
      const auto moment = moment_in(value, false);
      if (!moment) return std::nullopt;
      return Kind(Parameter::Date{
          static_cast<std::int32_t>(floor<days>(*moment).time_since_epoch().count())});
    }
    case ParameterType::timestamp: {
      const auto moment = moment_in(value, true);
      if (!moment) return std::nullopt;
      return Kind(Parameter::Timestamp{microseconds(moment->time_since_epoch()).count()});
    }
    case ParameterType::text_list:
      return list_of<std::string>(value, text_in);
    case ParameterType::integer_list:
      return list_of<std::int64_t>(value, integer_in);
    case ParameterType::number_list:
      return list_of<double>(value, real_in);
  }
  return std::nullopt;
}

std::string_view in_words(ParameterType type) {
  switch (type) {
    case ParameterType::text:
      return "a text";
    case ParameterType::integer:
      return "a whole number";
    case ParameterType::number:
      return "a number";
    case ParameterType::boolean:
      return "true or false";
    case ParameterType::date:
      return "a date such as 2026-01-31";
    case ParameterType::timestamp:
      return "a time such as 2026-01-31T10:00:00";
    case ParameterType::text_list:
      return "a list of texts";
    case ParameterType::integer_list:
      return "a list of whole numbers";
    case ParameterType::number_list:
      return "a list of numbers";
  }
  return "";
}

}  // namespace

Result<Parameter> typed_parameter(const std::string& name, const json::Value& value,
                                  ParameterType type) {
  if (value.is_null()) return Parameter(nullptr);
  auto kind = read(value, type);
  if (!kind) {
    return fail(ErrorCode::invalid_sql,
                fmt::format("The value of {} must be {}.", name, in_words(type)),
                "Give another value, or change the parameter's type.", {{"parameter", name}});
  }
  return Parameter(std::move(*kind));
}

Result<> bind_parameters(Statement& statement, const json::Object& values,
                         const ParameterTypes& types) {
  const auto& names = statement.parameters();
  for (const auto& name : names) {
    const auto* value = values.if_contains(name);
    if (!value) {
      return fail(ErrorCode::invalid_sql, fmt::format("The parameter ${} has no value.", name),
                  fmt::format("Send it in `parameters` as \"{}\".", name), {{"parameter", name}});
    }
    const auto type = types.find(name);
    if (type == types.end()) {
      TRY_VOID(statement.bind(name, Parameter::from_json(*value)));
    } else {
      TRY(const auto parameter, typed_parameter(name, *value, type->second));
      TRY_VOID(statement.bind(name, parameter));
    }
  }
  for (const auto& member : values) {
    const std::string_view name = member.key();
    if (std::ranges::find(names, name) == names.end()) {
      return fail(ErrorCode::invalid_sql,
                  fmt::format("The statement does not use the parameter ${}.", name),
                  "Remove it, or write it in the SQL.", {{"parameter", name}});
    }
  }
  return {};
}

}  // namespace sextant::engine
