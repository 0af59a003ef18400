#pragma once
// A zip of XML parts (xlsx, ods, docx), read as a stream under bounds: entries, inflated bytes,
// ratio, depth of XML, size of a single tag; DTDs are refused. One thread.

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sextant::formats::workbook {

// The attributes of a start tag; names are without their namespace prefix.
class Attributes {
 public:
  explicit Attributes(const char** pairs) : pairs_(pairs) {}
  // nullptr when there is none.
  const char* find(std::string_view local_name) const;
  std::string_view get(std::string_view local_name) const {
    const char* value = find(local_name);
    return value ? std::string_view(value) : std::string_view{};
  }
  const char** pairs() const { return pairs_; }

 private:
  const char** pairs_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const Attributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
  // Set to end the reading with this error (or with success when `done`).
  void fail_with(Error error) { error_ = std::make_unique<Error>(std::move(error)); }
  void take(Result<> result) {
    if (!result) fail_with(result.error());
  }
  bool stopped() const { return error_ != nullptr || done_; }
  std::unique_ptr<Error> error_;
  bool done_ = false;
};

class Package {
 public:
  static Result<Package> open(const std::string& path, std::stop_token stop);
  Package(Package&&) noexcept;
  Package& operator=(Package&&) noexcept;
  ~Package();

  bool has(const std::string& part) const;
  std::int64_t inflated_bytes(const std::string& part) const;
  // A small part as a whole.
  Result<std::string> read_text(const std::string& part, std::size_t most);
  // `on_bytes` hears how much of the part was inflated.
  Result<> parse(const std::string& part, XmlHandler& handler,
                 const std::function<void(std::int64_t)>& on_bytes = {});

 private:
  struct State;
  explicit Package(std::unique_ptr<State> state);
  Result<> stream(const std::string& part,
                  const std::function<Result<bool>(std::string_view)>& take);
  std::unique_ptr<State> state_;
};

}  // namespace sextant::formats::workbook
