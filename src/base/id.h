#pragma once
// Identifiers and random values. Thread-safe.

#include <string>
#include <string_view>

namespace sextant {

// A UUID version 7 (RFC 9562) in its 36-character text form: sorts by creation time,
// and within one process exactly in the order of creation.
std::string new_id();

// Whether `text` is a UUID in its canonical lower-case text form.
bool is_id(std::string_view text);

// `bytes` cryptographically random bytes as URL-safe base64 without padding.
std::string random_token(std::size_t bytes = 32);

}  // namespace sextant
