#pragma once
// Incremental parser of multipart/form-data (RFC 7578, RFC 2046) in constant memory: feed it the
// body in pieces of any size, it hands on the bytes of each part as views into those pieces.
//
// Not thread-safe; one parser per body. Errors are bad_request and say what is malformed.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sextant::http {

struct PartHeader {
  std::string field;
  std::optional<std::string> filename;  // as sent, decoded to UTF-8; see safe_filename()
  std::string content_type;
};

class MultipartSink {
 public:
  virtual ~MultipartSink() = default;
  virtual Result<> begin_part(PartHeader header) = 0;
  virtual Result<> data(std::string_view bytes) = 0;  // valid during the call only
  virtual Result<> end_part() = 0;
};

class MultipartParser {
 public:
  MultipartParser(std::string_view boundary, MultipartSink& sink);

  // After an error the parser must not be used again.
  Result<> feed(std::string_view bytes);
  // The body is over: an error unless the closing boundary has been seen.
  Result<> finish() const;

 private:
  enum class State { preamble, data, after_boundary, header, epilogue };

  Result<std::string_view> feed_data(std::string_view bytes);
  Result<std::string_view> feed_after_boundary(std::string_view bytes);
  Result<std::string_view> feed_header(std::string_view bytes);
  Result<> emit(std::string_view bytes);
  Result<> boundary_found();

  const std::string delimiter_;  // "\r\n--" + boundary
  MultipartSink& sink_;
  State state_ = State::preamble;
  std::size_t matched_;  // bytes of the delimiter that ended the last piece, not handed on yet
  std::string line_;     // rest of a boundary's line, or a part's header block so far
  std::size_t parts_ = 0;
};

// The boundary of a Content-Type header, or an error when it is not multipart/form-data with a
// well-formed boundary.
Result<std::string> multipart_boundary(std::string_view content_type);

// Parses the header block of a part (lines separated by CRLF).
Result<PartHeader> parse_part_header(std::string_view block);

// The base name (after the last / or \) in valid UTF-8 without control characters, at most 255
// bytes with its extension kept; "upload" when nothing is left.
std::string safe_filename(std::string_view name);

}  // namespace sextant::http
