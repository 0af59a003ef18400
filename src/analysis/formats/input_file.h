#pragma once
// Reading an upload and writing the temporary files that a decoder needs.
// Thread-safety: InputFile may be read from several threads; TextWriter belongs to one.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sextant::formats {

class InputFile {
 public:
  static Result<InputFile> open(const std::string& path);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&& other) noexcept;
  ~InputFile();

  const std::string& path() const { return path_; }
  std::int64_t size() const { return size_; }

  // Reads up to buffer.size() bytes at `offset`; fewer only at the end of the file.
  Result<std::size_t> read_at(std::int64_t offset, std::span<char> buffer) const;
  Result<std::string> read_text(std::int64_t offset, std::int64_t bytes) const;

 private:
  InputFile(std::string path, int descriptor, std::int64_t size)
      : path_(std::move(path)), descriptor_(descriptor), size_(size) {}
  std::string path_;
  int descriptor_ = -1;
  std::int64_t size_ = 0;
};

// A file that is removed when this object goes.
class TemporaryFile {
 public:
  // An unused name in `directory` that ends in `suffix`; the file itself is not made yet.
  TemporaryFile(const std::string& directory, std::string_view suffix);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Buffered writing of a new file. Errors: storage_full, internal.
class TextWriter {
 public:
  static Result<TextWriter> create(const std::string& path);
  TextWriter(TextWriter&& other) noexcept;
  TextWriter& operator=(TextWriter&&) = delete;
  ~TextWriter();

  // Append to this, then call flush_if_full() now and then.
  std::string& buffer() { return buffer_; }
  Result<> flush_if_full();
  Result<> write(std::string_view text);  // without the buffer
  Result<> close();
  std::int64_t bytes() const { return written_ + static_cast<std::int64_t>(buffer_.size()); }

 private:
  explicit TextWriter(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
  std::string buffer_;
  std::int64_t written_ = 0;
};

}  // namespace sextant::formats
