#include "base/result.h"

namespace sextant {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_request:
      return "bad_request";
    case ErrorCode::invalid_sql:
      return "invalid_sql";
    case ErrorCode::invalid_fields:
      return "invalid_fields";
    case ErrorCode::unauthenticated:
      return "unauthenticated";
    case ErrorCode::forbidden:
      return "forbidden";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::method_not_allowed:
      return "method_not_allowed";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::gone:
      return "gone";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::unsupported_type:
      return "unsupported_type";
    case ErrorCode::unreadable_file:
      return "unreadable_file";
    case ErrorCode::locked_out:
      return "locked_out";
    case ErrorCode::rate_limited:
      return "rate_limited";
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::resource_exhausted:
      return "resource_exhausted";
    case ErrorCode::timeout:
      return "timeout";
    case ErrorCode::worker_lost:
      return "worker_lost";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::storage_full:
      return "storage_full";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

ErrorCode error_code_from(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    if (to_string(code) == name) return code;
  }
  return ErrorCode::internal;
}

}  // namespace sextant
