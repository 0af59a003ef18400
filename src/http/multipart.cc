#include "http/multipart.h"

#include <cstring>

#include "base/text.h"

namespace sextant::http {
namespace {

constexpr std::size_t kMaxPartHeader = 16 * 1024;
constexpr std::size_t kMaxParts = 1000;
constexpr std::string_view kHeaderEnd = "\r\n\r\n";

auto malformed(std::string what) {
  return fail(ErrorCode::bad_request, "malformed multipart body: " + std::move(what),
              "Send multipart/form-data as browsers and curl -F do.");
}

}  // namespace

// The body may begin with the boundary itself: then its CRLF counts as seen.
MultipartParser::MultipartParser(std::string_view boundary, MultipartSink& sink)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink), matched_(2) {}

Result<> MultipartParser::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    switch (state_) {
      case State::preamble:
      case State::data: {
        TRY(bytes, feed_data(bytes));
        break;
      }
      case State::after_boundary: {
        TRY(bytes, feed_after_boundary(bytes));
        break;
      }
      case State::header: {
        TRY(bytes, feed_header(bytes));
        break;
      }
      case State::epilogue:
        return {};
    }
  }
  return {};
}

Result<> MultipartParser::finish() const {
  if (state_ != State::epilogue) return malformed("it ends before its closing boundary");
  return {};
}

// Returns what is left after a delimiter, or nothing. A carriage return occurs in the delimiter
// only at its start (boundaries have none), so a match that fails can not hide the start of another
// one.
Result<std::string_view> MultipartParser::feed_data(std::string_view bytes) {
  if (matched_ > 0) {
    const std::size_t wanted = std::min(delimiter_.size() - matched_, bytes.size());
    if (std::memcmp(delimiter_.data() + matched_, bytes.data(), wanted) == 0) {
      matched_ += wanted;
      if (matched_ == delimiter_.size()) TRY_VOID(boundary_found());
      return bytes.substr(wanted);
    }
    const std::size_t held = matched_;
    matched_ = 0;
    TRY_VOID(emit(std::string_view(delimiter_).substr(0, held)));
  }

  if (const void* found =
          memmem(bytes.data(), bytes.size(), delimiter_.data(), delimiter_.size())) {
    const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
    TRY_VOID(emit(bytes.substr(0, at)));
    TRY_VOID(boundary_found());
    return bytes.substr(at + delimiter_.size());
  }

  // The delimiter may have begun at the end of this piece.
  const std::size_t tail = std::min(bytes.size(), delimiter_.size() - 1);
  const auto ending = bytes.substr(bytes.size() - tail);
  const auto cr = ending.rfind('\r');
  if (cr != std::string_view::npos && delimiter_.starts_with(ending.substr(cr))) {
    matched_ = ending.size() - cr;
    TRY_VOID(emit(bytes.substr(0, bytes.size() - matched_)));
  } else {
    TRY_VOID(emit(bytes));
  }
  return std::string_view{};
}

Result<> MultipartParser::emit(std::string_view bytes) {
  if (state_ == State::preamble || bytes.empty()) return {};
  return sink_.data(bytes);
}

Result<> MultipartParser::boundary_found() {
  matched_ = 0;
  if (state_ == State::data) TRY_VOID(sink_.end_part());
  state_ = State::after_boundary;
  line_.clear();
  return {};
}

Result<std::string_view> MultipartParser::feed_after_boundary(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    line_.push_back(bytes[i]);
    if (line_ == "--") {
      state_ = State::epilogue;
      return bytes.substr(i + 1);
    }
    if (line_.ends_with("\r\n")) {
      if (!text::trim(line_).empty()) return malformed("text after a boundary");
      if (++parts_ > kMaxParts) return malformed("more than 1000 parts");
      state_ = State::header;
      line_ = "\r\n";  // so that an empty header block ends like any other
      return bytes.substr(i + 1);
    }
    if (line_.size() > 256) return malformed("text after a boundary");
  }
  return std::string_view{};
}

Result<std::string_view> MultipartParser::feed_header(std::string_view bytes) {
  const std::size_t before = line_.size();
  line_.append(bytes.substr(0, kMaxPartHeader + kHeaderEnd.size()));
  const auto end = line_.find(kHeaderEnd, before < 3 ? 0 : before - 3);
  if (end == std::string::npos) {
    if (line_.size() > kMaxPartHeader) return malformed("a part's header is longer than 16 KB");
    return std::string_view{};
  }
  const std::size_t used = end + kHeaderEnd.size() - before;
  TRY(PartHeader header, parse_part_header(std::string_view(line_).substr(0, end)));
  TRY_VOID(sink_.begin_part(std::move(header)));
  state_ = State::data;
  matched_ = 0;
  line_.clear();
  return bytes.substr(used);
}

}  // namespace sextant::http
