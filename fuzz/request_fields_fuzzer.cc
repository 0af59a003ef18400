// The texts of a request line and header that this project reads itself.
#include <cstdlib>

#include "base/text.h"
#include "http/compress.h"
#include "http/input.h"
#include "http/multipart.h"
#include "http/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace sextant;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto query = http::parse_query(text)) {
    for (const auto& [name, value] : *query) {
      if (!text::valid_utf8(name) || !text::valid_utf8(value)) std::abort();
    }
  }
  (void)http::multipart_boundary(text);
  (void)http::accepts_encoding(text, "gzip");
  (void)http::host_allowed(text, {"*.example.com"});
  (void)http::origin_is_host(text, "localhost:8000");
  const std::string id = http::request_id_from(text);
  const std::string name = http::safe_filename(text);
  if (id.empty() || name.empty() || name.size() > 255 || name.find('/') != std::string::npos ||
      !text::valid_utf8(name)) {
    std::abort();
  }
  return 0;
}
