#include "http/policy.h"

#include <fmt/format.h>

#include <ctime>

#include "base/id.h"
#include "base/text.h"
#include "http/errors.h"

namespace sextant::http {
namespace {

constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws: wss:; worker-src 'self' "
    "blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, std::min(host.find(']') + 1, host.size()));
  return host.substr(0, host.find(':'));
}

bool has_header(const Headers& headers, std::string_view lower_name) {
  return std::any_of(headers.begin(), headers.end(), [&](const auto& header) {
    return text::lower_ascii(header.first) == lower_name;
  });
}

void append_value(std::string& out, std::string_view value) {
  for (const char c : value) {
    if (c != '\r' && c != '\n' && c != '\0') out.push_back(c);
  }
}

// The Date header's text, made once a second per thread.
std::string_view http_date() {
  thread_local std::time_t made_for = 0;
  thread_local char text[40];
  const std::time_t seconds = std::time(nullptr);
  if (seconds != made_for) {
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    *fmt::format_to_n(text, sizeof text - 1, "{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                      kDays[parts.tm_wday], parts.tm_mday, kMonths[parts.tm_mon],
                      parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec)
         .out = '\0';
    made_for = seconds;
  }
  return text;
}

}  // namespace

bool host_allowed(std::string_view host, const std::vector<std::string>& allowed) {
  if (allowed.empty()) return true;
  const std::string name = text::lower_ascii(without_port(host));
  for (const auto& pattern : allowed) {
    if (pattern == "*" || text::lower_ascii(pattern) == name) return true;
    if (pattern.starts_with("*.") && name.size() > pattern.size() - 1 &&
        name.ends_with(text::lower_ascii(std::string_view(pattern).substr(1)))) {
      return true;
    }
  }
  return false;
}

bool origin_listed(std::string_view origin, const std::vector<std::string>& origins) {
  return std::any_of(origins.begin(), origins.end(), [&](const std::string& listed) {
    return listed == "*" || text::lower_ascii(listed) == text::lower_ascii(origin);
  });
}

bool origin_is_host(std::string_view origin, std::string_view host) {
  const auto scheme = origin.find("://");
  return scheme != std::string_view::npos &&
         text::lower_ascii(origin.substr(scheme + 3)) == text::lower_ascii(host);
}

std::string request_id_from(std::string_view header) {
  const bool sane =
      !header.empty() && header.size() <= 64 &&
      std::all_of(header.begin(), header.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
      });
  return sane ? std::string(header) : new_id();
}

std::optional<std::string_view> bearer_token(const RequestContext& context) {
  const std::string* header = context.header("authorization");
  if (!header || header->size() < 8 ||
      text::lower_ascii(std::string_view(*header).substr(0, 7)) != "bearer ") {
    return std::nullopt;
  }
  const auto token = text::trim(std::string_view(*header).substr(7));
  return token.empty() ? std::nullopt : std::optional(token);
}

std::string_view method_text(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
  }
  return "GET";
}

std::optional<Method> method_from(std::string_view text) {
  if (text == "GET" || text == "HEAD") return Method::get;
  if (text == "POST") return Method::post;
  if (text == "PUT") return Method::put;
  if (text == "PATCH") return Method::patch;
  if (text == "DELETE") return Method::del;
  return std::nullopt;
}

std::string allow_header(const std::vector<Method>& methods) {
  std::string out;
  for (const Method method : methods) {
    out += method_text(method);
    out += method == Method::get ? ", HEAD, " : ", ";
  }
  return out + "OPTIONS";
}

std::string format_head(const ResponseHead& head) {
  std::string out;
  out.reserve(1024);
  const auto line = [&](std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    append_value(out, value);
    out += "\r\n";
  };
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", head.status,
                 reason_phrase(head.status));
  line("Date", http_date());
  if (!head.content_type.empty()) line("Content-Type", head.content_type);
  if (head.content_length) {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *head.content_length);
  } else if (head.chunked) {
    out += "Transfer-Encoding: chunked\r\n";
  }
  if (!head.keep_alive)
    out += "Connection: close\r\n";
  else if (head.http_1_0)
    out += "Connection: keep-alive\r\n";
  line("X-Request-Id", head.request_id);
  if (!head.allowed_origin.empty()) {
    line("Access-Control-Allow-Origin", head.allowed_origin);
    out +=
        "Access-Control-Expose-Headers: X-Request-Id, Content-Disposition, Retry-After, "
        "Location, Tus-Resumable, Upload-Offset, Upload-Length, Upload-File-Id\r\n"
        "Vary: Origin\r\n";
  }
  out += kSecurityHeaders;
  if (!head.extra || !has_header(*head.extra, "cache-control"))
    out += "Cache-Control: no-store\r\n";
  if (head.extra) {
    for (const auto& [name, value] : *head.extra) line(name, value);
  }
  out += "\r\n";
  return out;
}

}  // namespace sextant::http
