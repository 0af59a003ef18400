#include "analysis/formats/json_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <optional>

#include "analysis/formats/json_surrogates.h"
#include "base/json_text.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kDeepest = 1000;
constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kMostMembers = 10'000;
constexpr std::int64_t kLargestRecord = 256 << 20;

using boost::system::error_code;

// Events of Boost.JSON's parser turned into calls without its bookkeeping of parts.
template <class Receiver>
class Handler {
 public:
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;

  explicit Handler(Receiver* receiver) : receiver_(receiver) {}

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& ec) { return check(receiver_->begin(JsonKind::object), ec); }
  bool on_object_end(std::size_t, error_code& ec) { return check(receiver_->end(), ec); }
  bool on_array_begin(error_code& ec) { return check(receiver_->begin(JsonKind::array), ec); }
  bool on_array_end(std::size_t, error_code& ec) { return check(receiver_->end(), ec); }
  bool on_key_part(boost::json::string_view s, std::size_t, error_code&) { return part(s); }
  bool on_key(boost::json::string_view s, std::size_t, error_code&) {
    part(s);
    receiver_->key(std::move(text_));
    text_.clear();
    return true;
  }
  bool on_string_part(boost::json::string_view s, std::size_t, error_code& ec) {
    part(s);
    if (text_.size() > static_cast<std::size_t>(kLargestRecord)) {
      ec = boost::json::error::string_too_large;
      return false;
    }
    return true;
  }
  bool on_string(boost::json::string_view s, std::size_t, error_code& ec) {
    return scalar(JsonKind::string, s, ec);
  }
  bool on_number_part(boost::json::string_view s, error_code&) { return part(s); }
  bool on_int64(std::int64_t, boost::json::string_view s, error_code& ec) {
    return scalar(JsonKind::number, s, ec);
  }
  bool on_uint64(std::uint64_t, boost::json::string_view s, error_code& ec) {
    return scalar(JsonKind::number, s, ec);
  }
  bool on_double(double, boost::json::string_view s, error_code& ec) {
    return scalar(JsonKind::number, s, ec);
  }
  bool on_bool(bool value, error_code& ec) {
    return scalar(JsonKind::boolean, value ? "true" : "false", ec);
  }
  bool on_null(error_code& ec) { return scalar(JsonKind::null, "", ec); }
  bool on_comment_part(boost::json::string_view, error_code&) { return true; }
  bool on_comment(boost::json::string_view, error_code&) { return true; }

 private:
  bool part(boost::json::string_view s) {
    text_.append(s.data(), s.size());
    return true;
  }
  bool scalar(JsonKind kind, boost::json::string_view s, error_code& ec) {
    part(s);
    const bool good = check(receiver_->value(kind, std::move(text_)), ec);
    text_.clear();
    return good;
  }
  static bool check(bool good, error_code& ec) {
    if (!good) ec = boost::system::errc::make_error_code(boost::system::errc::operation_canceled);
    return good;
  }

  Receiver* receiver_;
  std::string text_;
};

template <class Receiver>
using Parser = boost::json::basic_parser<Handler<Receiver>>;

boost::json::parse_options options() {
  boost::json::parse_options out;
  out.max_depth = kDeepest;
  return out;
}

Error describe(const error_code& ec, std::int64_t line, std::int64_t column) {
  if (ec == boost::json::error::too_deep) {
    return {ErrorCode::unreadable_file,
            fmt::format("The JSON is nested deeper than {} levels (line {}).", kDeepest, line),
            "Flatten the data before uploading it."};
  }
  const auto what =
      ec == boost::json::error::incomplete ? std::string("it ends too early") : ec.message();
  return {ErrorCode::unreadable_file,
          fmt::format("This is not valid JSON: {} at line {}, column {}.", what, line, column),
          "Check the file at that place; it may have been cut off or edited by hand.",
          {{"line", line}, {"column", column}}};
}

struct Parsed {
  std::int64_t documents = 0;
  std::int64_t lone_surrogates = 0;
};

// Feeds the file to the parser: one document, or objects one after the other.
template <class Receiver>
Result<Parsed> parse_file(const InputFile& file, std::int64_t offset, std::stop_token stop,
                          Receiver& receiver) {
  Parser<Receiver> parser(options(), &receiver);
  Parsed out;
  std::string block(kBlock, '\0');
  std::int64_t at = offset;
  std::int64_t line = 1;
  std::int64_t line_start = offset;
  bool between = true;  // documents
  bool objects = true;  // are all of them
  while (true) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "Loading was cancelled.");
    TRY(const auto read, file.read_at(at, block));
    const auto n = replace_lone_surrogates({block.data(), read},
                                           at + static_cast<std::int64_t>(read) >= file.size(),
                                           out.lone_surrogates);
    const bool more = at + static_cast<std::int64_t>(n) < file.size();
    const auto text = std::string_view(block).substr(0, n);
    error_code ec;
    std::size_t used = 0;
    while (used < n && !ec) {
      if (between) {
        used = std::min(text.find_first_not_of(" \t\r\n", used), n);
        if (used == n) break;
        objects = objects && text[used] == '{';
        if (out.documents > 0 && !objects) {
          ec = boost::json::error::extra_data;
          break;
        }
        parser.reset();
        ++out.documents;
      }
      used += parser.write_some(more, text.data() + used, n - used, ec);
      between = parser.done();
    }
    if (!ec && !more && out.documents == 0) ec = boost::json::error::incomplete;
    for (std::size_t i = 0; i < used; ++i) {
      if (text[i] == '\n') {
        ++line;
        line_start = at + static_cast<std::int64_t>(i) + 1;
      }
    }
    if (receiver.failed()) return fail(*receiver.failed());
    if (ec) {
      return fail(describe(ec, line, at + static_cast<std::int64_t>(used) - line_start + 1));
    }
    at += static_cast<std::int64_t>(n);
    if (!more) return out;
  }
}

class ShapeReceiver {
 public:
  bool begin(JsonKind kind) {
    note(kind);
    ++depth_;
    return true;
  }
  bool end() {
    --depth_;
    return true;
  }
  void key(std::string&& name) {
    if (depth_ == 1 && shape_.members.size() < kMostMembers) {
      shape_.members.push_back({std::move(name), JsonKind::null, 0, 0});
    }
  }
  bool value(JsonKind kind, std::string&&) {
    note(kind);
    return true;
  }
  const std::optional<Error>& failed() const { return failed_; }
  JsonShape& shape() { return shape_; }

 private:
  void note(JsonKind kind) {
    if (depth_ == 0) shape_.root = kind;
    if (depth_ == 1 && shape_.root == JsonKind::array) {
      ++shape_.elements;
      if (kind == JsonKind::array) ++shape_.arrays;
    }
    if (depth_ == 1 && shape_.root == JsonKind::object && !shape_.members.empty()) {
      shape_.members.back().kind = kind;
    }
    if (depth_ == 2 && shape_.root == JsonKind::object && !shape_.members.empty() &&
        shape_.members.back().kind == JsonKind::array) {
      ++shape_.members.back().elements;
      if (kind == JsonKind::object) ++shape_.members.back().objects;
    }
  }

  std::size_t depth_ = 0;
  JsonShape shape_;
  std::optional<Error> failed_;
};

// Builds one node at a time and hands it on.
class NodeReceiver {
 public:
  NodeReceiver(const std::vector<std::string>& members, const JsonVisitor& visit)
      : members_(members), visit_(visit) {}

  bool begin(JsonKind kind) {
    if (building_.empty() && opens_container(kind)) return true;
    JsonNode node;
    node.kind = kind;
    node.name = std::move(name_);
    name_.clear();
    building_.push_back(std::move(node));
    return true;
  }
  bool end() {
    if (building_.empty()) {
      --open_;
      if (open_ == 1) source_.reset();
      if (open_ == 0 && root_ == JsonKind::object) return give(members_.size(), rest_);
      return true;
    }
    JsonNode node = std::move(building_.back());
    building_.pop_back();
    if (building_.empty()) return finish(std::move(node));
    building_.back().children.push_back(std::move(node));
    return true;
  }
  void key(std::string&& name) { name_ = std::move(name); }
  bool value(JsonKind kind, std::string&& text) {
    JsonNode node;
    node.kind = kind;
    node.text = std::move(text);
    node.name = std::move(name_);
    name_.clear();
    if (building_.empty()) return finish(std::move(node));
    building_.back().children.push_back(std::move(node));
    return true;
  }
  const std::optional<Error>& failed() const { return failed_; }

 private:
  // The root array, the root object when it has chosen members, and these members' arrays are not
  // built but walked through.
  bool opens_container(JsonKind kind) {
    if (open_ == 0) {
      root_ = kind;
      if (kind == JsonKind::array || !members_.empty()) {
        if (kind == JsonKind::object) rest_.kind = JsonKind::object;
        open_ = 1;
        return true;
      }
      return false;
    }
    if (open_ == 1 && root_ == JsonKind::object && kind == JsonKind::array) {
      const auto found = std::ranges::find(members_, name_);
      if (found == members_.end()) return false;
      source_ = static_cast<std::size_t>(found - members_.begin());
      open_ = 2;
      name_.clear();
      return true;
    }
    return false;
  }

  bool finish(JsonNode node) {
    if (open_ == 1 && root_ == JsonKind::object) {
      rest_.children.push_back(std::move(node));
      return true;
    }
    return give(source_.value_or(0), node);
  }

  bool give(std::size_t source, JsonNode& node) {
    auto result = visit_(source, node);
    if (!result) failed_ = result.error();
    return result.has_value();
  }

  const std::vector<std::string>& members_;
  const JsonVisitor& visit_;
  JsonKind root_ = JsonKind::null;
  int open_ = 0;
  std::optional<std::size_t> source_;
  std::string name_;
  std::vector<JsonNode> building_;
  JsonNode rest_;
  std::optional<Error> failed_;
};

}  // namespace

void JsonNode::write(std::string& out) const {
  switch (kind) {
    case JsonKind::null:
      out += "null";
      return;
    case JsonKind::boolean:
    case JsonKind::number:
      out += text;
      return;
    case JsonKind::string:
      json::write_string(out, text);
      return;
    case JsonKind::array:
    case JsonKind::object:
      break;
  }
  const bool object = kind == JsonKind::object;
  out.push_back(object ? '{' : '[');
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (i > 0) out.push_back(',');
    if (object) {
      json::write_string(out, children[i].name);
      out.push_back(':');
    }
    children[i].write(out);
  }
  out.push_back(object ? '}' : ']');
}

Result<JsonShape> read_json_shape(const InputFile& file, std::int64_t offset,
                                  std::stop_token stop) {
  ShapeReceiver receiver;
  TRY(const auto parsed, parse_file(file, offset, stop, receiver));
  auto shape = std::move(receiver.shape());
  if (parsed.documents > 1) {
    shape = {};
    shape.root = JsonKind::array;
    shape.elements = shape.documents = parsed.documents;
  }
  shape.lone_surrogates = parsed.lone_surrogates;
  return shape;
}

Result<> visit_json(const InputFile& file, std::int64_t offset, const JsonShape& shape,
                    const std::vector<std::string>& members, std::stop_token stop,
                    const JsonVisitor& visit) {
  NodeReceiver receiver(members, visit);
  if (shape.documents > 1) receiver.begin(JsonKind::array);
  TRY_VOID(parse_file(file, offset, stop, receiver));
  return {};
}

Result<JsonNode> parse_json_node(std::string_view text, std::int64_t& lone_surrogates) {
  std::string mended;
  if (text.find("\\u") != text.npos) {
    mended = text;
    replace_lone_surrogates(mended, true, lone_surrogates);
    text = mended;
  }
  JsonNode out;
  // In an array, so that the root is handed over whole whatever it is.
  const std::vector<std::string> none;
  const JsonVisitor keep = [&](std::size_t, JsonNode& node) -> Result<> {
    out = std::move(node);
    return {};
  };
  NodeReceiver receiver(none, keep);
  receiver.begin(JsonKind::array);
  Parser<NodeReceiver> parser(options(), &receiver);
  error_code ec;
  const auto used = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && text.find_first_not_of(" \t\r\n", used) != text.npos)
    ec = boost::json::error::extra_data;
  if (ec) return fail(describe(ec, 1, static_cast<std::int64_t>(used) + 1));
  return out;
}

}  // namespace sextant::formats
