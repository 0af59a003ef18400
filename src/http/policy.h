#pragma once
// Decisions about a request's headers that need no sockets: hosts, origins, request ids, and the
// head of an answer. Thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"

namespace sextant::http {

// Whether the Host header names an allowed host; "*.example.com" allows sub-domains, empty or "*"
// all.
bool host_allowed(std::string_view host, const std::vector<std::string>& allowed);

// Whether a page of this origin may call: listed, or (for WebSockets) the server's own host.
bool origin_listed(std::string_view origin, const std::vector<std::string>& origins);
bool origin_is_host(std::string_view origin, std::string_view host);

// The client's request id when it is 1 to 64 letters, digits, `-`, `_`, `.`; else a new one.
std::string request_id_from(std::string_view header);

// The token of "Authorization: Bearer …", when there is one.
std::optional<std::string_view> bearer_token(const RequestContext& context);

std::string_view method_text(Method method);
std::optional<Method> method_from(std::string_view text);  // HEAD counts as GET
std::string allow_header(const std::vector<Method>& methods);

struct ResponseHead {
  int status = 200;
  std::string_view request_id;
  std::string_view content_type;              // empty: none
  std::optional<std::size_t> content_length;  // none: chunked, or until the connection closes
  bool chunked = false;
  bool keep_alive = true;
  bool http_1_0 = false;
  std::string_view allowed_origin;  // for CORS; empty: none
  const Headers* extra = nullptr;
};
// Status line and headers, with the security headers that every answer has, up to the empty line.
// Line breaks in values are dropped.
std::string format_head(const ResponseHead& head);

}  // namespace sextant::http
