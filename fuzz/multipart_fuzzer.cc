// A multipart body in pieces of any size: the parser must give the same parts however it is cut.
#include <cstdlib>

#include "http/multipart.h"

namespace {

using sextant::Result;
using namespace sextant::http;

struct Collector final : MultipartSink {
  Result<> begin_part(PartHeader header) override {
    all += "[" + header.field + "|" + safe_filename(header.filename.value_or("")) + "]";
    return {};
  }
  Result<> data(std::string_view bytes) override {
    all += bytes;
    return {};
  }
  Result<> end_part() override {
    all += "[end]";
    return {};
  }
  std::string all;
};

// What was read, and whether it was a complete body. `step` 0: in one piece.
std::pair<std::string, bool> parse(std::string_view body, std::size_t step) {
  Collector collector;
  MultipartParser parser("bound", collector);
  bool good = true;
  while (good && !body.empty()) {
    const auto piece = body.substr(0, step == 0 ? body.size() : step);
    good = parser.feed(piece).has_value();
    body.remove_prefix(piece.size());
  }
  good = good && parser.finish().has_value();
  return {std::move(collector.all), good};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto whole = parse(body, 0);
  const auto pieces = parse(body, 1 + data[0] % 40);
  // A body that is refused may have been read further in one way than in the other.
  if (whole.second != pieces.second || (whole.second && whole.first != pieces.first)) std::abort();
  return 0;
}
