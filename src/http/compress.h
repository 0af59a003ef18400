#pragma once
// Content codings of answers. Thread-safe. Empty results mean "could not", and the plain bytes are
// sent.

#include <string>
#include <string_view>

namespace sextant::http {

std::string gzip(std::string_view bytes, int level);      // 1 fast … 9 small
std::string brotli(std::string_view bytes, int quality);  // 0 fast … 11 small

// Whether an Accept-Encoding header admits this coding (q=0 refuses it).
bool accepts_encoding(std::string_view header, std::string_view coding);

}  // namespace sextant::http
