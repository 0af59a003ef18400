#include "http/input.h"

#include <charconv>

#include "base/text.h"

namespace sextant::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(text[i] == '+' && plus_is_blank ? ' ' : text[i]);
    }
  }
  if (!text::valid_utf8(out) || out.find('\0') != std::string::npos) return std::nullopt;
  return out;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto item = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    if (item.empty()) continue;
    const auto equals = item.find('=');
    auto name = percent_decode(item.substr(0, equals), true);
    auto value = percent_decode(
        equals == std::string_view::npos ? std::string_view{} : item.substr(equals + 1), true);
    if (!name || !value) {
      return fail(ErrorCode::bad_request, "the query string is not valid percent-encoded UTF-8",
                  "Encode parameter values, e.g. with encodeURIComponent.");
    }
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

namespace detail {

json::Value value_from_text(std::string_view text, TextKind kind) {
  // A text that does not fit stays a text: the reader then says what was expected.
  const json::Value as_text(boost::json::string(text.data(), text.size()));
  const char* end = text.data() + text.size();
  switch (kind) {
    case TextKind::text:
      return as_text;
    case TextKind::boolean:
      if (text == "true" || text == "1" || text.empty()) return true;  // `?unread` alone means yes
      if (text == "false" || text == "0") return false;
      return as_text;
    case TextKind::integer: {
      std::int64_t number = 0;
      const auto [stop, error] = std::from_chars(text.data(), end, number);
      if (error == std::errc{} && stop == end) return number;
      std::uint64_t big = 0;
      const auto [stop_big, error_big] = std::from_chars(text.data(), end, big);
      if (error_big == std::errc{} && stop_big == end) return big;
      return as_text;
    }
    case TextKind::real: {
      double number = 0;
      const auto [stop, error] = std::from_chars(text.data(), end, number);
      return error == std::errc{} && stop == end && std::isfinite(number) ? json::Value(number)
                                                                          : as_text;
    }
    case TextKind::document: {
      auto parsed = json::parse(text);
      return parsed ? std::move(*parsed) : as_text;
    }
  }
  return as_text;
}

json::Value list_from_texts(const std::vector<std::string_view>& texts, TextKind kind) {
  json::Array items;
  for (const auto text : texts) {
    if (kind == TextKind::document) {
      items.push_back(value_from_text(text, kind));
      continue;
    }
    for (const auto& piece : text::split(text, ',')) {
      if (!piece.empty()) items.push_back(value_from_text(piece, kind));
    }
  }
  return items;
}

Result<json::Object> body_object(const RawInput& raw) {
  if (text::trim(raw.body).empty()) return json::Object{};
  const std::string media = text::lower_ascii(text::trim(
      std::string_view(raw.content_type).substr(0, std::string_view(raw.content_type).find(';'))));
  if (!media.empty() && media != "application/json" && !media.ends_with("+json")) {
    return fail(ErrorCode::unsupported_type, "this route takes JSON, not " + media,
                "Send the body with Content-Type: application/json.");
  }
  if (!text::valid_utf8(raw.body)) {
    return fail(ErrorCode::bad_request, "the body is not valid UTF-8", "Send JSON in UTF-8.");
  }
  TRY(json::Value value, json::parse(raw.body));
  if (!value.is_object()) {
    return fail(ErrorCode::bad_request, "the body must be a JSON object",
                "Send an object with the fields that /docs lists for this route.");
  }
  return std::move(value.get_object());
}

}  // namespace detail
}  // namespace sextant::http
