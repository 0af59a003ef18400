#include "base/json.h"

#include <fmt/format.h>

#include "base/json_text.h"

namespace sextant::json {
namespace {

void write_double(std::string& out, double d) {
  if (!std::isfinite(d)) {
    out += "null";
  } else {
    // Shortest text that reads back as the same number.
    fmt::format_to(std::back_inserter(out), "{}", d);
  }
}

void write(std::string& out, const Value& v) {
  switch (v.kind()) {
    case boost::json::kind::null:
      out += "null";
      break;
    case boost::json::kind::bool_:
      out += v.get_bool() ? "true" : "false";
      break;
    case boost::json::kind::int64:
      fmt::format_to(std::back_inserter(out), "{}", v.get_int64());
      break;
    case boost::json::kind::uint64:
      fmt::format_to(std::back_inserter(out), "{}", v.get_uint64());
      break;
    case boost::json::kind::double_:
      write_double(out, v.get_double());
      break;
    case boost::json::kind::string:
      write_string(out, v.get_string());
      break;
    case boost::json::kind::array: {
      out.push_back('[');
      bool first = true;
      for (const auto& item : v.get_array()) {
        if (!first) out.push_back(',');
        first = false;
        write(out, item);
      }
      out.push_back(']');
      break;
    }
    case boost::json::kind::object: {
      out.push_back('{');
      bool first = true;
      for (const auto& member : v.get_object()) {
        if (!first) out.push_back(',');
        first = false;
        write_string(out, member.key());
        out.push_back(':');
        write(out, member.value());
      }
      out.push_back('}');
      break;
    }
  }
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    }
  }
  out.append(text, plain, text.size() - plain);
  out.push_back('"');
}

namespace detail {

std::string_view kind_name(const Value& v) {
  switch (v.kind()) {
    case boost::json::kind::null:
      return "null";
    case boost::json::kind::bool_:
      return "true or false";
    case boost::json::kind::int64:
    case boost::json::kind::uint64:
    case boost::json::kind::double_:
      return "a number";
    case boost::json::kind::string:
      return "a text";
    case boost::json::kind::array:
      return "an array";
    case boost::json::kind::object:
      return "an object";
  }
  return "something else";
}

}  // namespace detail

Result<Value> parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 64;
  boost::json::stream_parser parser({}, options);
  boost::system::error_code ec;
  std::size_t used = parser.write_some(text.data(), text.size(), ec);
  if (!ec && used == text.size()) parser.finish(ec);
  if (ec || used != text.size()) {
    const std::string why = ec ? ec.message() : "extra characters after the document";
    return fail(ErrorCode::bad_request, fmt::format("not valid JSON near byte {}: {}", used, why),
                "Send one JSON document in UTF-8.", {{"position", used}});
  }
  return parser.release();
}

std::string dump(const Value& value) {
  std::string out;
  write(out, value);
  return out;
}

Error field_errors(const std::vector<FieldError>& errors) {
  Array fields;
  for (const auto& e : errors) fields.push_back(Object{{"path", e.path}, {"message", e.message}});
  const auto& first = errors.front();
  std::string message =
      first.path.empty() ? first.message : fmt::format("{}: {}", first.path, first.message);
  if (errors.size() > 1) message += fmt::format(" (and {} more)", errors.size() - 1);
  return Error(ErrorCode::invalid_fields, std::move(message), "Correct the fields named in detail.",
               Object{{"fields", std::move(fields)}});
}

}  // namespace sextant::json
