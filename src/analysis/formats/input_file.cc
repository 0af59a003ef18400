#include "analysis/formats/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/id.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kFlushBytes = 1 << 20;

std::unexpected<Error> system_error(int error, std::string_view what) {
  if (error == ENOSPC || error == EDQUOT) {
    return fail(ErrorCode::storage_full, "The disk is full while the file was being read in.",
                "Free some space, then retry the file.");
  }
  if (error == EFBIG) {
    return fail(ErrorCode::too_large, "The file unpacks to more than this server accepts.");
  }
  return fail(ErrorCode::internal, std::string(what) + ": " + std::strerror(error));
}

}  // namespace

Result<InputFile> InputFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_error(errno, "the uploaded file could not be opened");
  struct stat info{};
  if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::internal, "the upload is not a regular file");
  }
  return InputFile(path, descriptor, info.st_size);
}

InputFile::InputFile(InputFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> InputFile::read_at(std::int64_t offset, std::span<char> buffer) const {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const auto n = ::pread(descriptor_, buffer.data() + done, buffer.size() - done,
                           offset + static_cast<std::int64_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error(errno, "the uploaded file could not be read");
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

Result<std::string> InputFile::read_text(std::int64_t offset, std::int64_t bytes) const {
  std::string out(static_cast<std::size_t>(bytes), '\0');
  TRY(const auto n, read_at(offset, out));
  out.resize(n);
  return out;
}

TemporaryFile::TemporaryFile(const std::string& directory, std::string_view suffix)
    : path_((std::filesystem::path(directory) / (new_id() + std::string(suffix))).string()) {}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

Result<TextWriter> TextWriter::create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_error(errno, "a temporary file could not be made");
  return TextWriter(descriptor);
}

TextWriter::TextWriter(TextWriter&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)),
      written_(other.written_) {}

TextWriter::~TextWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<> TextWriter::flush_if_full() {
  if (buffer_.size() < kFlushBytes) return {};
  TRY_VOID(write(buffer_));
  buffer_.clear();
  return {};
}

Result<> TextWriter::write(std::string_view text) {
  while (!text.empty()) {
    const auto n = ::write(descriptor_, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error(errno, "a temporary file could not be written");
    text.remove_prefix(static_cast<std::size_t>(n));
    written_ += n;
  }
  return {};
}

Result<> TextWriter::close() {
  TRY_VOID(write(buffer_));
  buffer_.clear();
  if (::close(std::exchange(descriptor_, -1)) != 0) {
    return system_error(errno, "a temporary file could not be written");
  }
  return {};
}

}  // namespace sextant::formats
