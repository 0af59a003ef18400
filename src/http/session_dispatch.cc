#include <boost/asio/post.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <charconv>

#include "base/log.h"
#include "base/text.h"
#include "http/compress.h"
#include "http/errors.h"
#include "http/invoke.h"
#include "http/policy.h"
#include "http/session.h"
#include "http/websocket_session.h"

namespace sextant::http {
namespace {

constexpr std::string_view kRealtimePath = "/api/realtime";

std::string_view view(boost::core::string_view s) { return {s.data(), s.size()}; }

bool has_token(std::string_view list, std::string_view token) {
  for (const auto& item : text::split(text::lower_ascii(list), ',')) {
    if (text::trim(item) == token) return true;
  }
  return false;
}

}  // namespace

Error Session::header_error(boost::system::error_code ec, int& status) const {
  namespace http = beast::http;
  if (ec == http::error::header_limit) {
    status = 431;
    return Error(ErrorCode::too_large,
                 "the request's header is larger than " +
                     size_in_words(static_cast<std::int64_t>(shared_.options.max_header)),
                 "Shorten cookies, tokens or the URL.");
  }
  if (ec == http::error::bad_version) {
    status = 505;
    return Error(ErrorCode::bad_request, "only HTTP/1.1 and HTTP/1.0 are spoken here");
  }
  return Error(ErrorCode::bad_request, "not a valid HTTP request: " + ec.message());
}

// Reads what the header says into the exchange; an error is a bad request.
std::optional<Error> Session::take_header() {
  namespace http = beast::http;
  const auto& head = parser_->get();
  auto& context = exchange_->context;
  context.remote_address = peer_address_;
  context.stop = exchange_->stop.get_token();
  int hosts = 0;
  int lengths = 0;
  bool coded = false;
  for (const auto& field : head) {
    const std::string_view value = view(field.value());
    switch (field.name()) {
      case http::field::host:
        ++hosts;
        break;
      case http::field::content_length:
        ++lengths;
        break;
      case http::field::transfer_encoding:
        coded = true;
        break;
      case http::field::user_agent:
        context.user_agent = value;
        break;
      case http::field::content_type:
        exchange_->input.content_type = value;
        break;
      default:
        break;
    }
    context.headers.emplace_back(text::lower_ascii(view(field.name_string())), value);
  }
  const std::string* id = context.header("x-request-id");
  context.request_id = request_id_from(id ? *id : std::string_view{});

  const auto bad = [](std::string message, std::string hint = {}) {
    return Error(ErrorCode::bad_request, std::move(message), std::move(hint));
  };
  http_1_0_ = head.version() < 11;
  keep_alive_ = head.keep_alive();
  head_request_ = head.method() == http::verb::head;
  if (hosts > 1 || (hosts == 0 && !http_1_0_)) {
    keep_alive_ = false;
    return bad("a request has exactly one Host header");
  }
  // Two ways to say where the body ends is how requests are smuggled past proxies.
  if (lengths > 1 || (lengths > 0 && coded)) {
    keep_alive_ = false;
    return bad("Content-Length and Transfer-Encoding can not be combined or repeated");
  }
  body_chunked_ = parser_->chunked();
  if (coded && !body_chunked_) {
    keep_alive_ = false;
    return bad("only the transfer encoding chunked is known");
  }
  if (const auto length = parser_->content_length()) body_left_ = *length;
  if (const std::string* expect = context.header("expect")) {
    if (text::lower_ascii(*expect) == "100-continue") expects_continue_ = !http_1_0_;
  }
  if (shared_.options.trust_forwarded) {
    if (const std::string* forwarded = context.header("x-forwarded-for")) {
      context.remote_address = text::trim(text::split(*forwarded, ',').back());
    }
  }

  std::string_view target = view(head.target());
  if (const auto scheme = target.find("://");
      scheme != std::string_view::npos && scheme < target.find('?') && !target.starts_with('/')) {
    target = target.substr(std::min(target.find('/', scheme + 3), target.size()));
    if (target.empty()) target = "/";
  }
  const auto question = target.find('?');
  target_path_ = target.substr(0, question);
  const bool asterisk = target_path_ == "*" && head.method() == http::verb::options;
  if (!asterisk && !target_path_.starts_with('/'))
    return bad("the request's path must begin with /");
  if (question != std::string_view::npos) {
    auto query = parse_query(target.substr(question + 1));
    if (!query) return std::move(query).error();
    exchange_->input.query = std::move(*query);
  }
  return std::nullopt;
}

Task<> Session::dispatch() {
  auto error = take_header();
  auto& context = exchange_->context;
  if (error) {
    co_await send_error(std::move(*error));
    co_return;
  }
  const std::string* host = context.header("host");
  if (!host_allowed(host ? *host : std::string_view{}, shared_.options.allowed_hosts)) {
    co_await send_error(Error(ErrorCode::bad_request,
                              "this server does not answer to that host name",
                              "Add the name to ALLOWED_HOSTS on the server."));
    co_return;
  }
  if (const std::string* origin = context.header("origin");
      origin && origin_listed(*origin, shared_.options.cors_origins)) {
    allowed_origin_ = *origin;
  }

  const std::string_view method_name = view(parser_->get().method_string());
  if (target_path_ == kRealtimePath && method_name == "GET") {
    const bool opened = co_await open_websocket();
    upgraded_ = opened;
    co_return;
  }
  const auto method = method_from(method_name);
  auto match = shared_.router.find(method.value_or(Method::get), target_path_);
  if (method_name == "OPTIONS") {
    co_await serve_options();
    co_return;
  }
  if (method && match.route) {
    exchange_->route = match.route;
    exchange_->input.path = std::move(match.parameters);
    if (match.route->upload)
      co_await serve_upload();
    else if (match.route->stream)
      co_await serve_stream();
    else
      co_await serve_route();
    co_return;
  }
  std::vector<Method> allowed = match.allowed;
  if (!method && match.route) allowed.push_back(Method::get);
  const bool api = target_path_.starts_with("/api/") || target_path_ == "/api";
  if (allowed.empty() && !api && method == Method::get) {
    co_await serve_file(target_path_);
    co_return;
  }
  if (allowed.empty() && !api) allowed.push_back(Method::get);
  if (allowed.empty()) {
    co_await send_error(Error(ErrorCode::not_found, "there is no route " + target_path_,
                              "GET /openapi.json lists all routes, /docs shows them."));
    co_return;
  }
  Answer answer = answer_for(Error(ErrorCode::method_not_allowed,
                                   std::string(method_name) + " is not possible on " + target_path_,
                                   "The Allow header lists the methods that are."),
                             context);
  answer.headers.emplace_back("Allow", allow_header(allowed));
  co_await send(answer);
}

Task<> Session::serve_options() {
  std::vector<Method> allowed;
  Headers extra;
  for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
    const Route* route = shared_.router.find(method, target_path_).route;
    if (!route) continue;
    allowed.push_back(method);
    if (extra.empty()) extra = route->info.options;
  }
  if (allowed.empty()) allowed.push_back(Method::get);
  Answer answer{204, {}, {}, std::move(extra)};
  answer.headers.emplace_back("Allow", allow_header(allowed));
  if (!allowed_origin_.empty()) {
    answer.headers.emplace_back("Access-Control-Allow-Methods", allow_header(allowed));
    answer.headers.emplace_back(
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, X-Request-Id, Last-Event-ID, If-Match, "
        "Upload-Offset, Upload-Length, Upload-Metadata, Upload-Checksum, "
        "Tus-Resumable");
    answer.headers.emplace_back("Access-Control-Max-Age", "600");
  }
  co_await send(answer);
}

Task<> Session::serve_file(std::string_view path) {
  const auto decoded = percent_decode(path, false);
  const Asset* asset = nullptr;
  if (decoded) {
    const bool documents = *decoded == "/docs" || *decoded == "/docs/";
    asset = shared_.documents.exact(documents ? std::string_view("/docs/index.html") : *decoded);
    if (!asset) asset = shared_.pages.find(*decoded);
  }
  if (!asset) {
    co_await send_error(Error(ErrorCode::not_found, "there is no page " + target_path_));
    co_return;
  }
  Headers headers{
      {"ETag", asset->etag},
      {"Cache-Control", asset->immutable ? "public, max-age=31536000, immutable" : "no-cache"},
      {"Vary", "Accept-Encoding"}};
  const std::string* known = exchange_->context.header("if-none-match");
  if (known && (*known == "*" || known->find(asset->etag) != std::string::npos)) {
    co_await send_bytes(304, {}, headers, {});
    co_return;
  }
  const std::string* packed = nullptr;
  if (const std::string* accepted = exchange_->context.header("accept-encoding")) {
    if (asset->brotli.get() && accepts_encoding(*accepted, "br")) {
      packed = asset->brotli.get();
      headers.emplace_back("Content-Encoding", "br");
    } else if (asset->gzip.get() && accepts_encoding(*accepted, "gzip")) {
      packed = asset->gzip.get();
      headers.emplace_back("Content-Encoding", "gzip");
    }
  }
  co_await send_bytes(200, asset->content_type, headers, packed ? *packed : asset->bytes);
}

// True when the socket now belongs to a WebSocket; otherwise the refusal has been sent.
Task<bool> Session::open_websocket() {
  auto& context = exchange_->context;
  const std::string* upgrade = context.header("upgrade");
  const std::string* connection = context.header("connection");
  if (!upgrade || !connection || !has_token(*upgrade, "websocket") ||
      !has_token(*connection, "upgrade")) {
    Answer answer = answer_for(
        Error(ErrorCode::bad_request, "this path speaks WebSocket only",
              "Open it with new WebSocket(…) and a ticket of POST /api/realtime/ticket."),
        context);
    answer.status = 426;
    answer.headers.emplace_back("Upgrade", "websocket");
    answer.headers.emplace_back("Connection", "Upgrade");
    co_await send(answer);
    co_return false;
  }
  const std::string* origin = context.header("origin");
  const std::string* host = context.header("host");
  if (origin && !origin_is_host(*origin, host ? *host : std::string_view{}) &&
      !origin_listed(*origin, shared_.options.cors_origins)) {
    co_await send_error(Error(ErrorCode::forbidden, "pages of " + *origin + " may not connect here",
                              "Add the origin to CORS_ORIGINS on the server."));
    co_return false;
  }
  WebSocketRequest request;
  request.request_id = context.request_id;
  std::string_view ticket;
  for (const auto& [name, value] : exchange_->input.query) {
    if (name == "ticket") ticket = value;
    if (name == "after" && !value.empty()) {
      std::int64_t number = 0;
      const auto [stop, ec] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (ec != std::errc{} || stop != value.data() + value.size() || number < 0) {
        co_await send_error(Error(ErrorCode::bad_request, "after must be a sequence number"));
        co_return false;
      }
      request.after = number;
    }
  }
  if (shared_.draining) {
    co_await send_error(Error(ErrorCode::unavailable, "the server is shutting down", "Reconnect."));
    co_return false;
  }
  auto principal = shared_.hub.redeem(ticket);
  if (!principal) {
    co_await send_error(principal.error());
    co_return false;
  }
  request.principal = std::move(*principal);
  request.head = parser_->release();
  start_websocket(io_, std::move(socket_), std::move(request));
  co_return true;
}

}  // namespace sextant::http
