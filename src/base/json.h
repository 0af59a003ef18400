#pragma once
// JSON for plain described structs (Boost.Describe): one description of a type serves parsing with
// field paths, serialisation and the OpenAPI document.
//
//   struct Point { double x = 0; std::optional<std::string> label; };
//   BOOST_DESCRIBE_STRUCT(Point, (), (x, label))
//   std::string text = json::dump(point);
//   Result<Point> back = json::parse_as<Point>(text);
//
// Supported members: bool, integers, double, std::string, described enums (as their names),
// std::optional (absent or null = none; none is not written), std::vector, std::map<std::string,
// T>, json::Value / Object / Array (passed through), and other described structs. Reading: a
// missing member that is not optional is an error, unless `Missing::use_default` is asked for
// (stored documents written by an older version). Unknown members are ignored. All functions are
// thread-safe.

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"

namespace sextant::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

enum class Missing { is_error, use_default };

// One thing wrong with a document; `path` is like `context.available_data_sources[2]`.
struct FieldError {
  std::string path;
  std::string message;
};

// Parses one JSON document. Nesting is limited to 64 levels; the error names the byte offset.
Result<Value> parse(std::string_view text);

// Writes valid JSON always: NaN and infinities become null, whole doubles keep no exponent (100.0).
std::string dump(const Value& value);

// Builds the invalid_fields error from a list of field errors (must not be empty).
Error field_errors(const std::vector<FieldError>& errors);

namespace detail {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T, class A>
struct is_vector<std::vector<T, A>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class T>
struct is_map<std::map<std::string, T>> : std::true_type {};

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_any_access |
                                                         boost::describe::mod_inherited>;

struct Reader {
  Missing missing = Missing::is_error;
  std::vector<FieldError> errors;
  void error(const std::string& path, std::string message) {
    errors.push_back({path, std::move(message)});
  }
};

std::string_view kind_name(const Value& v);

}  // namespace detail

// The names of a described enum, in order of declaration.
template <detail::DescribedEnum E>
std::vector<std::string> enum_names() {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
      [&](auto d) { names.emplace_back(d.name); });
  return names;
}

template <detail::DescribedEnum E>
std::string_view enum_name(E value) {
  std::string_view name;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (d.value == value) name = d.name;
  });
  return name;
}

template <detail::DescribedEnum E>
std::optional<E> enum_from(std::string_view name) {
  std::optional<E> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (name == d.name) found = d.value;
  });
  return found;
}

template <class T>
Value to_value(const T& value) {
  using namespace detail;
  if constexpr (std::same_as<T, Value>) {
    return value;
  } else if constexpr (std::same_as<T, Object> || std::same_as<T, Array>) {
    return Value(value);
  } else if constexpr (DescribedEnum<T>) {
    return Value(boost::json::string(enum_name(value)));
  } else if constexpr (std::same_as<T, std::string> || std::convertible_to<T, std::string_view>) {
    return Value(boost::json::string(std::string_view(value)));
  } else if constexpr (std::is_arithmetic_v<T>) {
    return Value(value);
  } else if constexpr (is_optional<T>::value) {
    return value ? to_value(*value) : Value(nullptr);
  } else if constexpr (is_vector<T>::value) {
    Array out;
    out.reserve(value.size());
    for (const auto& item : value)
      out.push_back(to_value(static_cast<typename T::value_type>(item)));
    return out;
  } else if constexpr (is_map<T>::value) {
    Object out;
    for (const auto& [key, item] : value) out[key] = to_value(item);
    return out;
  } else {
    static_assert(Described<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
    Object out;
    boost::mp11::mp_for_each<Members<T>>([&](auto d) {
      const auto& member = value.*d.pointer;
      if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>::value) {
        if (!member) return;
      }
      out[d.name] = to_value(member);
    });
    return out;
  }
}

namespace detail {

template <class T>
void read(const Value& v, T& out, const std::string& path, Reader& reader) {
  const auto expected = [&](std::string_view what) {
    reader.error(path, "expected " + std::string(what) + ", got " + std::string(kind_name(v)));
  };
  if constexpr (std::same_as<T, Value>) {
    out = v;
  } else if constexpr (std::same_as<T, Object>) {
    if (v.is_object())
      out = v.get_object();
    else
      expected("an object");
  } else if constexpr (std::same_as<T, Array>) {
    if (v.is_array())
      out = v.get_array();
    else
      expected("an array");
  } else if constexpr (std::same_as<T, bool>) {
    if (v.is_bool())
      out = v.get_bool();
    else
      expected("true or false");
  } else if constexpr (std::same_as<T, std::string>) {
    if (v.is_string())
      out.assign(v.get_string().data(), v.get_string().size());
    else
      expected("a text");
  } else if constexpr (DescribedEnum<T>) {
    std::optional<T> found;
    if (v.is_string()) found = enum_from<T>(std::string_view(v.get_string()));
    if (found) {
      out = *found;
      return;
    }
    std::string names;
    for (const auto& name : enum_names<T>()) names += (names.empty() ? "" : ", ") + name;
    reader.error(path, "must be one of " + names);
  } else if constexpr (std::is_integral_v<T>) {
    boost::system::error_code ec;
    const T number = v.is_number() ? v.to_number<T>(ec) : T{};
    if (!v.is_number())
      expected("a whole number");
    else if (ec)
      reader.error(path, "must be a whole number in range");
    else
      out = number;
  } else if constexpr (std::is_floating_point_v<T>) {
    boost::system::error_code ec;
    if (v.is_number())
      out = v.to_number<T>(ec);
    else
      expected("a number");
  } else if constexpr (is_optional<T>::value) {
    if (v.is_null()) {
      out.reset();
      return;
    }
    typename T::value_type item{};
    read(v, item, path, reader);
    out = std::move(item);
  } else if constexpr (is_vector<T>::value) {
    if (!v.is_array()) {
      expected("an array");
      return;
    }
    out.clear();
    std::size_t i = 0;
    for (const auto& element : v.get_array()) {
      typename T::value_type item{};
      read(element, item, path + "[" + std::to_string(i++) + "]", reader);
      out.push_back(std::move(item));
    }
  } else if constexpr (is_map<T>::value) {
    if (!v.is_object()) {
      expected("an object");
      return;
    }
    out.clear();
    for (const auto& member : v.get_object()) {
      const std::string key(member.key());
      read(member.value(), out[key], path.empty() ? key : path + "." + key, reader);
    }
  } else {
    static_assert(Described<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
    if (!v.is_object()) {
      expected("an object");
      return;
    }
    const auto& object = v.get_object();
    boost::mp11::mp_for_each<Members<T>>([&](auto d) {
      auto& member = out.*d.pointer;
      const std::string at = path.empty() ? d.name : path + "." + d.name;
      if (const Value* found = object.if_contains(d.name)) {
        read(*found, member, at, reader);
      } else if constexpr (!is_optional<std::remove_cvref_t<decltype(member)>>::value) {
        if (reader.missing == Missing::is_error) reader.error(at, "is required");
      }
    });
  }
}

}  // namespace detail

// The value as T, or invalid_fields with the path of every wrong member. A type may add
// `std::vector<FieldError> validate() const`, which is then called on the outermost value.
template <class T>
Result<T> from_value(const Value& value, Missing missing = Missing::is_error) {
  detail::Reader reader{missing, {}};
  T out{};
  detail::read(value, out, "", reader);
  if constexpr (requires(const T& t) {
                  { t.validate() } -> std::same_as<std::vector<FieldError>>;
                }) {
    if (reader.errors.empty()) reader.errors = out.validate();
  }
  if (!reader.errors.empty()) return fail(field_errors(reader.errors));
  return out;
}

template <class T>
Result<T> parse_as(std::string_view text, Missing missing = Missing::is_error) {
  TRY(Value value, parse(text));
  return from_value<T>(value, missing);
}

// Text of any supported type.
template <class T>
  requires(!std::same_as<T, Value>)
std::string dump(const T& value) {
  return dump(to_value(value));
}

}  // namespace sextant::json
