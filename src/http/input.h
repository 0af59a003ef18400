#pragma once
// From the parts of a request (path, query string, JSON body) to a described struct, with the path
// of every wrong field in the error. Thread-safe.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "http/schema.h"

namespace sextant::http {

// What a handler's input is made from. All texts are percent-decoded.
struct RawInput {
  std::vector<std::pair<std::string, std::string>> path;   // parameter name, value
  std::vector<std::pair<std::string, std::string>> query;  // in order, names may repeat
  std::string content_type;
  std::string body;
};

// Splits and decodes "a=1&b=x%20y"; nothing when an escape is malformed or not UTF-8.
Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

// Decodes %XX (and + as a blank when `plus_is_blank`); nothing when malformed.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank);

namespace detail {

// The JSON value that `text` stands for in a member of this kind; the reader then checks it.
enum class TextKind { text, boolean, integer, real, document };
json::Value value_from_text(std::string_view text, TextKind kind);

// The body as an object; an empty body is an empty object. Fails on other media types than JSON.
Result<json::Object> body_object(const RawInput& raw);

template <class T>
constexpr TextKind text_kind() {
  if constexpr (std::same_as<T, bool>)
    return TextKind::boolean;
  else if constexpr (std::is_integral_v<T>)
    return TextKind::integer;
  else if constexpr (std::is_floating_point_v<T>)
    return TextKind::real;
  else if constexpr (std::same_as<T, std::string> || json::detail::DescribedEnum<T>)
    return TextKind::text;
  else
    return TextKind::document;
}

// Value of one member from its texts; lists may repeat the name or separate by commas.
json::Value list_from_texts(const std::vector<std::string_view>& texts, TextKind kind);

template <class Member>
json::Value member_from_texts(const std::vector<std::string_view>& texts) {
  if constexpr (json::detail::is_optional<Member>::value) {
    using Inner = typename Member::value_type;
    // `?limit=` means "not given", except for a text, where it is the empty text.
    if (!std::same_as<Inner, std::string> && texts.size() == 1 && texts[0].empty() &&
        !std::same_as<Inner, bool>) {
      return nullptr;
    }
    return member_from_texts<Inner>(texts);
  } else if constexpr (json::detail::is_vector<Member>::value) {
    return list_from_texts(texts, text_kind<typename Member::value_type>());
  } else {
    return value_from_text(texts.back(), text_kind<Member>());
  }
}

}  // namespace detail

// `query_input`: members that are not in the path come from the query string, else from the body.
template <class In>
Result<In> read_input(const RawInput& raw, bool query_input) {
  if constexpr (std::same_as<In, Empty>) {
    return In{};
  } else {
    json::Object merged;
    if (!query_input) {
      TRY(merged, detail::body_object(raw));
    }
    const auto take = [&](const auto& pairs) {
      boost::mp11::mp_for_each<json::detail::Members<In>>([&](auto d) {
        using Member = std::remove_cvref_t<decltype(std::declval<In>().*d.pointer)>;
        std::vector<std::string_view> texts;
        for (const auto& [name, value] : pairs) {
          if (name == d.name) texts.push_back(value);
        }
        if (!texts.empty()) merged[d.name] = detail::member_from_texts<Member>(texts);
      });
    };
    if (query_input) take(raw.query);
    take(raw.path);
    return json::from_value<In>(json::Value(std::move(merged)));
  }
}

}  // namespace sextant::http
