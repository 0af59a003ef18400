#pragma once
// How every fallible function in the project reports failure.
//
// `Result<T>` is `std::expected<T, Error>`. An Error is written for the person who reads it:
// `message` says what was wrong and where, `hint` says the one next step, `detail` holds the
// machine-readable parts (field paths, SQL position, row and column). Library exceptions are
// converted where the library is wrapped; nothing else throws on purpose.

#include <boost/json/object.hpp>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace sextant {

// Kinds of failure. `http/errors.cc` holds the one table from code to HTTP status.
enum class ErrorCode {
  bad_request,      // malformed request
  invalid_sql,      // a statement the gate or the engine refused; detail.position is a byte offset
  invalid_fields,   // well-formed but wrong values; detail.fields = [{path, message}]
  unauthenticated,  // no or bad credentials
  forbidden,        // known user, not allowed
  not_found,
  method_not_allowed,
  conflict,          // e.g. e-mail taken, stale revision
  gone,              // was there, is not any more (used ticket, revoked share)
  too_large,         // body, file or result over its limit
  unsupported_type,  // file extension or content that is not accepted
  unreadable_file,   // an accepted type whose bytes could not be read as such
  locked_out,        // too many failed attempts
  rate_limited,
  cancelled,           // by the user or because the client left
  resource_exhausted,  // the query or file needed more memory, rows or output than its limit
  timeout,
  worker_lost,  // the sandboxed process died while it worked on this
  unavailable,  // a component is not there now; trying again may help
  storage_full,
  internal,
};

std::string_view to_string(ErrorCode code);

// The code with this name; `internal` when there is none.
ErrorCode error_code_from(std::string_view name);

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string hint;
  boost::json::object detail;

  Error() = default;
  Error(ErrorCode code, std::string message, std::string hint = {}, boost::json::object detail = {})
      : code(code), message(std::move(message)), hint(std::move(hint)), detail(std::move(detail)) {}
};

template <class T = void>
using Result = std::expected<T, Error>;

// Shorthand for `return fail(ErrorCode::not_found, "…")`.
inline std::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {},
                                   boost::json::object detail = {}) {
  return std::unexpected<Error>(
      Error(code, std::move(message), std::move(hint), std::move(detail)));
}
inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }

}  // namespace sextant

#define SEXTANT_CONCAT_(a, b) a##b
#define SEXTANT_CONCAT(a, b) SEXTANT_CONCAT_(a, b)

// Statement: TRY(auto x, may_fail());  declares or assigns x, or returns the error.
#define TRY(target, expression)                                                    \
  auto SEXTANT_CONCAT(try_, __LINE__) = (expression);                              \
  if (!SEXTANT_CONCAT(try_, __LINE__))                                             \
    return ::std::unexpected(::std::move(SEXTANT_CONCAT(try_, __LINE__)).error()); \
  target = ::std::move(*SEXTANT_CONCAT(try_, __LINE__))

// Statement: TRY_VOID(may_fail());  for Result<void>, or when the value is not needed.
#define TRY_VOID(expression)                                                      \
  do {                                                                            \
    auto try_result_ = (expression);                                              \
    if (!try_result_) return ::std::unexpected(::std::move(try_result_).error()); \
  } while (false)
