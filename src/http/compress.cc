#include "http/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include "base/text.h"

namespace sextant::http {

std::string gzip(std::string_view bytes, int level) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return {};
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

std::string brotli(std::string_view bytes, int quality) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  if (BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE) {
    return {};
  }
  out.resize(size);
  return out;
}

bool accepts_encoding(std::string_view header, std::string_view coding) {
  while (!header.empty()) {
    const auto end = header.find(',');
    const auto item = text::trim(header.substr(0, end));
    header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 1);
    const auto semicolon = item.find(';');
    if (text::lower_ascii(text::trim(item.substr(0, semicolon))) != coding) continue;
    if (semicolon == std::string_view::npos) return true;
    auto weight = text::trim(item.substr(semicolon + 1));
    if (!weight.starts_with("q=")) return true;
    weight.remove_prefix(2);
    return weight.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

}  // namespace sextant::http
