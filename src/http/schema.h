#pragma once
// JSON Schema (the dialect of OpenAPI 3.1) of described types, for the API's document.
//
// Structs and enums become named components; std::optional members are not required;
// json::Value is the empty schema (anything). A struct may document its members:
//   static constexpr http::FieldDoc kDocs[] = {{"email", "Address to log in with"}};
// Not thread-safe: one Schemas object per document.

#include <string>
#include <string_view>
#include <type_traits>
#include <typeindex>
#include <unordered_map>
#include <vector>

#include "base/json.h"

namespace sextant::http {

struct FieldDoc {
  std::string_view name;
  std::string_view text;
};

struct Empty {};  // no input, or an answer without a body (204)
BOOST_DESCRIBE_STRUCT(Empty, (), ())

namespace detail {

template <class T>
concept Documented = requires { T::kDocs; };

template <class T>
std::string_view field_doc(std::string_view name) {
  if constexpr (Documented<T>) {
    for (const auto& [field, text] : T::kDocs) {
      if (std::string_view(field) == name) return text;
    }
  }
  return {};
}

}  // namespace detail

class Schemas {
 public:
  // The schema of T: inline for simple types, a reference for structs and enums.
  template <class T>
  json::Value of();

  // The schema behind a reference made by of().
  const json::Value& resolve(const json::Value& reference) const;

  // Replaces the references inside `document` by the final component names: the type's own name, or
  // with its namespace where two types share one. Returns the components that `document` uses,
  // sorted.
  json::Object finish(json::Value& document);

 private:
  // Whether this type is met for the first time; then set() must follow.
  bool enter(std::type_index type);
  void set(std::type_index type, json::Value schema);
  json::Value reference(std::type_index type) const;
  std::vector<std::string> names() const;

  struct Entry {
    std::string full_name;  // demangled
    json::Value schema;
  };
  std::vector<Entry> entries_;  // in order of first use
  std::unordered_map<std::type_index, std::size_t> index_;
};

template <class T>
json::Value Schemas::of() {
  namespace jd = json::detail;
  if constexpr (std::same_as<T, json::Value>) {
    return json::Object{};
  } else if constexpr (std::same_as<T, json::Object>) {
    return json::Object{{"type", "object"}, {"additionalProperties", true}};
  } else if constexpr (std::same_as<T, json::Array>) {
    return json::Object{{"type", "array"}, {"items", json::Object{}}};
  } else if constexpr (std::same_as<T, bool>) {
    return json::Object{{"type", "boolean"}};
  } else if constexpr (std::same_as<T, std::string>) {
    return json::Object{{"type", "string"}};
  } else if constexpr (std::is_integral_v<T>) {
    json::Object out{{"type", "integer"}, {"format", sizeof(T) > 4 ? "int64" : "int32"}};
    if (std::is_unsigned_v<T>) out["minimum"] = 0;
    return out;
  } else if constexpr (std::is_floating_point_v<T>) {
    return json::Object{{"type", "number"}, {"format", "double"}};
  } else if constexpr (jd::is_optional<T>::value) {
    return of<typename T::value_type>();
  } else if constexpr (jd::is_vector<T>::value) {
    return json::Object{{"type", "array"}, {"items", of<typename T::value_type>()}};
  } else if constexpr (jd::is_map<T>::value) {
    return json::Object{{"type", "object"},
                        {"additionalProperties", of<typename T::mapped_type>()}};
  } else if constexpr (jd::DescribedEnum<T>) {
    if (enter(typeid(T))) {
      json::Array values;
      for (const auto& name : json::enum_names<T>()) values.emplace_back(name);
      set(typeid(T), json::Object{{"type", "string"}, {"enum", std::move(values)}});
    }
    return reference(typeid(T));
  } else {
    static_assert(jd::Described<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
    if (enter(typeid(T))) {
      json::Object properties;
      json::Array required;
      boost::mp11::mp_for_each<jd::Members<T>>([&](auto d) {
        using Member = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
        json::Value schema = of<Member>();
        if (const auto doc = detail::field_doc<T>(d.name); !doc.empty()) {
          schema.get_object()["description"] = doc;
        }
        properties[d.name] = std::move(schema);
        if constexpr (!jd::is_optional<Member>::value) required.emplace_back(d.name);
      });
      json::Object out{{"type", "object"}, {"properties", std::move(properties)}};
      if (!required.empty()) out["required"] = std::move(required);
      set(typeid(T), std::move(out));
    }
    return reference(typeid(T));
  }
}

}  // namespace sextant::http
