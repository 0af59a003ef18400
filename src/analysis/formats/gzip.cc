#include "analysis/formats/gzip.h"

#include <zlib.h>

#include <vector>

namespace sextant::formats {
namespace {
constexpr std::size_t kBlock = 256 << 10;

struct Inflater {
  z_stream stream{};
  bool ready = inflateInit2(&stream, 15 + 16) == Z_OK;
  ~Inflater() { inflateEnd(&stream); }
};
}  // namespace

Result<> inflate_gzip(const InputFile& file, const std::string& output, std::int64_t limit,
                      std::stop_token stop) {
  Inflater inflater;
  if (!inflater.ready) return fail(ErrorCode::internal, "zlib could not be started");
  auto& stream = inflater.stream;
  TRY(auto writer, TextWriter::create(output));
  std::vector<char> in(kBlock);
  std::vector<char> out(kBlock * 4);
  std::int64_t at = 0;
  bool inside = true;  // of a member
  while (true) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "Loading was cancelled.");
    TRY(const auto n, file.read_at(at, in));
    if (n == 0) break;
    at += static_cast<std::int64_t>(n);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(n);
    while (stream.avail_in > 0) {
      if (!inside) {
        if (*stream.next_in == 0) {  // padding after the last member
          ++stream.next_in, --stream.avail_in;
          continue;
        }
        inflateReset(&stream);
        inside = true;
      }
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      const int status = inflate(&stream, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
        return fail(ErrorCode::unreadable_file, "The .gz file is damaged.",
                    "Pack it again and upload it.");
      }
      TRY_VOID(writer.write({out.data(), out.size() - stream.avail_out}));
      if (writer.bytes() > limit) {
        return fail(ErrorCode::too_large, "The .gz file unpacks to more than this server accepts.",
                    "Upload the data in smaller parts.");
      }
      if (status == Z_STREAM_END)
        inside = false;
      else if (status == Z_BUF_ERROR && stream.avail_out > 0)
        break;
    }
  }
  if (inside) {
    return fail(ErrorCode::unreadable_file, "The .gz file ends before its data does.",
                "It may not have been copied completely; upload it again.");
  }
  return writer.close();
}

}  // namespace sextant::formats
