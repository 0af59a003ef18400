#pragma once
// Records out of JSON text, read as a stream: memory is bounded by the largest record. Numbers keep
// their text, so that none loses digits. One thread.

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats {

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

struct JsonNode {
  JsonKind kind = JsonKind::null;
  std::string name;  // within the object that holds it; empty in an array
  std::string text;  // of a boolean, number or string
  std::vector<JsonNode> children;

  // Compact JSON; numbers as they were written.
  void write(std::string& out) const;
};

// What a document looks like from outside, without its values.
struct JsonShape {
  struct Member {
    std::string name;
    JsonKind kind = JsonKind::null;
    std::int64_t elements = 0;  // of an array
    std::int64_t objects = 0;   // of these
  };
  JsonKind root = JsonKind::null;
  std::int64_t elements = 0;    // of a root array
  std::int64_t arrays = 0;      // of these
  std::vector<Member> members;  // of a root object, at most 10,000
  // More than one: objects one after the other, which are taken for the elements of an array.
  std::int64_t documents = 1;
  std::int64_t lone_surrogates = 0;  // escapes of half a character, read as U+FFFD
};

// Reads the whole document and checks it. unreadable_file with line and column of what is wrong,
// also for more than 1,000 levels of nesting.
Result<JsonShape> read_json_shape(const InputFile& file, std::int64_t offset, std::stop_token stop);

// Visits every element of a root array (or of several documents), or every element of the root
// object's member arrays named in `members` (`source` is the position in it) and then the rest of
// that object (`source` is members.size()), or the root itself.
using JsonVisitor = std::function<Result<>(std::size_t source, JsonNode& node)>;
Result<> visit_json(const InputFile& file, std::int64_t offset, const JsonShape& shape,
                    const std::vector<std::string>& members, std::stop_token stop,
                    const JsonVisitor& visit);

// One complete document in memory. Adds to `lone_surrogates` what was read as U+FFFD.
Result<JsonNode> parse_json_node(std::string_view text, std::int64_t& lone_surrogates);

}  // namespace sextant::formats
