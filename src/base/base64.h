#pragma once
// URL-safe base64 without padding (RFC 4648 §5). Thread-safe.

#include <optional>
#include <string>
#include <string_view>

namespace sextant {

std::string base64url(std::string_view bytes);
// None when the text is anything else.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace sextant
