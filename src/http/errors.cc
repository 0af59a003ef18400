#include "http/errors.h"

namespace sextant::http {

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_request:
      return 400;
    case ErrorCode::invalid_sql:
      return 400;
    case ErrorCode::invalid_fields:
      return 422;
    case ErrorCode::unauthenticated:
      return 401;
    case ErrorCode::forbidden:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::method_not_allowed:
      return 405;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::gone:
      return 410;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::unsupported_type:
      return 415;
    case ErrorCode::unreadable_file:
      return 422;
    case ErrorCode::locked_out:
      return 429;
    case ErrorCode::rate_limited:
      return 429;
    case ErrorCode::cancelled:
      return 499;
    case ErrorCode::resource_exhausted:
      return 422;
    case ErrorCode::timeout:
      return 504;
    case ErrorCode::worker_lost:
      return 502;
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::storage_full:
      return 507;
    case ErrorCode::internal:
      return 500;
  }
  return 500;
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 100:
      return "Continue";
    case 101:
      return "Switching Protocols";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 460:
      return "Checksum Mismatch";
    case 499:
      return "Client Closed Request";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Unknown";
  }
}

json::Value error_body(const Error& error, std::string_view request_id) {
  return json::Object{{"error", json::Object{{"code", to_string(error.code)},
                                             {"message", error.message},
                                             {"detail", error.detail},
                                             {"hint", error.hint},
                                             {"request_id", request_id}}}};
}

}  // namespace sextant::http
