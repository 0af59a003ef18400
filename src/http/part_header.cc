// What a part of a multipart body says about itself, and what of its file name can be trusted.

#include <fmt/format.h>

#include "base/text.h"
#include "http/input.h"
#include "http/multipart.h"

namespace sextant::http {
namespace {

constexpr std::size_t kMaxFilename = 255;
constexpr std::size_t kMaxExtension = 16;

auto malformed(std::string what) {
  return fail(ErrorCode::bad_request, "malformed multipart body: " + std::move(what),
              "Send multipart/form-data as browsers and curl -F do.");
}

std::string latin1_to_utf8(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto u = static_cast<unsigned char>(c);
    if (u < 0x80) {
      out.push_back(c);
    } else {
      out.push_back(static_cast<char>(0xC0 | (u >> 6)));
      out.push_back(static_cast<char>(0x80 | (u & 0x3F)));
    }
  }
  return out;
}

struct Parameter {
  std::string name;  // lower case
  std::string value;
};

// `; name=token; name="quoted"`. A backslash escapes only a quote or a backslash before a quote,
// since some clients send whole Windows paths.
std::vector<Parameter> parse_parameters(std::string_view s) {
  std::vector<Parameter> out;
  std::size_t i = 0;
  while ((i = s.find(';', i)) != std::string_view::npos) {
    ++i;
    const auto equals = s.find('=', i);
    if (equals == std::string_view::npos) break;
    Parameter parameter{text::lower_ascii(text::trim(s.substr(i, equals - i))), {}};
    i = equals + 1;
    while (i < s.size() && (s[i] == ' ' || s[i] == '\t')) ++i;
    if (i < s.size() && s[i] == '"') {
      for (++i; i < s.size() && s[i] != '"'; ++i) {
        if (s[i] == '\\' && i + 1 < s.size() && s[i + 1] == '"') ++i;
        parameter.value.push_back(s[i]);
      }
    } else {
      const auto end = std::min(s.find(';', i), s.size());
      parameter.value = text::trim(s.substr(i, end - i));
      i = end;
    }
    out.push_back(std::move(parameter));
  }
  return out;
}

// RFC 5987: charset'language'percent-encoded.
std::optional<std::string> decode_extended(std::string_view value) {
  const auto first = value.find('\'');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = value.find('\'', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string charset = text::lower_ascii(value.substr(0, first));
  if (charset != "utf-8") return std::nullopt;
  return percent_decode(value.substr(second + 1), false);
}

// Browsers write %22, %0D and %0A for what a quoted text can not hold, and leave % itself alone.
std::string undo_browser_escapes(std::string text) {
  for (std::size_t at = 0; (at = text.find("%22", at)) != std::string::npos; ++at) {
    text.replace(at, 3, "\"");
  }
  return text;
}

std::string to_utf8(std::string text) {
  return text::valid_utf8(text) ? std::move(text) : latin1_to_utf8(text);
}

}  // namespace

Result<std::string> multipart_boundary(std::string_view content_type) {
  const auto semicolon = content_type.find(';');
  const std::string media = text::lower_ascii(text::trim(content_type.substr(0, semicolon)));
  if (media != "multipart/form-data") {
    return fail(ErrorCode::unsupported_type,
                fmt::format("this route takes multipart/form-data, not {}",
                            media.empty() ? "a body without Content-Type" : media),
                "Send the file in a form field, e.g. curl -F file=@data.csv.");
  }
  for (const auto& parameter : parse_parameters(content_type)) {
    if (parameter.name != "boundary") continue;
    static constexpr std::string_view kAllowed =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ";
    const auto& value = parameter.value;
    if (value.empty() || value.size() > 70 || value.back() == ' ' ||
        value.find_first_not_of(kAllowed) != std::string::npos) {
      return malformed("its boundary must have 1 to 70 characters of those that RFC 2046 allows");
    }
    return value;
  }
  return malformed("Content-Type names no boundary");
}

Result<PartHeader> parse_part_header(std::string_view block) {
  PartHeader header;
  bool disposition = false;
  while (!block.empty()) {
    const auto end = block.find("\r\n");
    const auto line = block.substr(0, end);
    block = end == std::string_view::npos ? std::string_view{} : block.substr(end + 2);
    if (line.empty()) continue;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("a part's header line has no colon");
    const std::string name = text::lower_ascii(text::trim(line.substr(0, colon)));
    const auto value = text::trim(line.substr(colon + 1));
    if (name == "content-type") {
      header.content_type = to_utf8(std::string(value));
    } else if (name == "content-disposition") {
      if (!text::lower_ascii(value).starts_with("form-data")) {
        return malformed("a part is not form-data");
      }
      disposition = true;
      std::optional<std::string> extended;
      for (auto& parameter : parse_parameters(value)) {
        if (parameter.name == "name") {
          header.field = to_utf8(undo_browser_escapes(std::move(parameter.value)));
        } else if (parameter.name == "filename") {
          header.filename = to_utf8(undo_browser_escapes(std::move(parameter.value)));
        } else if (parameter.name == "filename*") {
          extended = decode_extended(parameter.value);
        }
      }
      if (extended) header.filename = std::move(extended);
    }
  }
  if (!disposition) return malformed("a part has no Content-Disposition");
  return header;
}

std::string safe_filename(std::string_view name) {
  const std::string utf8 = to_utf8(std::string(name));
  std::string_view base = utf8;
  if (const auto slash = base.find_last_of("/\\"); slash != std::string_view::npos) {
    base = base.substr(slash + 1);
  }
  std::string out;
  for (const char c : base) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x20 && u != 0x7F) out.push_back(c);
  }
  out = text::trim(out);
  if (out.empty() || out == "." || out == "..") return "upload";
  if (out.size() > kMaxFilename) {
    const auto dot = out.rfind('.');
    const std::string extension =
        dot != std::string::npos && out.size() - dot <= kMaxExtension ? out.substr(dot) : "";
    out = std::string(text::truncate_utf8(out, kMaxFilename - extension.size())) + extension;
  }
  return out;
}

}  // namespace sextant::http
