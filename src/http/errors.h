#pragma once
// The one table from ErrorCode to HTTP status, and the one error body of the whole API:
//   {"error": {"code", "message", "detail", "hint", "request_id"}}
// Thread-safe.

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace sextant::http {

int status_of(ErrorCode code);

// "Not Found" for 404; "Unknown" for a number without a name.
std::string_view reason_phrase(int status);

// `detail` is always an object, `hint` always a text: clients need no case distinctions.
json::Value error_body(const Error& error, std::string_view request_id);

}  // namespace sextant::http
