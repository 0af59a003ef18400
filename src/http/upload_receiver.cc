#include "http/upload_receiver.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/id.h"

namespace sextant::http {
namespace {

constexpr std::size_t kMaxValues = 1u << 20;

Error file_error(int number, const std::filesystem::path& path) {
  if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
    return Error(ErrorCode::storage_full, "there is no space left for the upload",
                 "Free space on the server's data disk, or upload a smaller file.");
  }
  return Error(ErrorCode::internal,
               fmt::format("the upload could not be written to {}: {}", path.parent_path().string(),
                           std::strerror(number)),
               "Check that the server may write to its upload folder.");
}

}  // namespace

std::string size_in_words(std::int64_t bytes) {
  static constexpr std::string_view kUnits[] = {"KB", "MB", "GB", "TB"};
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  double size = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  while (size >= 1024 && unit + 1 < std::size(kUnits)) {
    size /= 1024;
    ++unit;
  }
  return size == static_cast<double>(static_cast<std::int64_t>(size))
             ? fmt::format("{:.0f} {}", size, kUnits[unit])
             : fmt::format("{:.1f} {}", size, kUnits[unit]);
}

Error upload_too_large(std::int64_t limit) {
  return Error(ErrorCode::too_large,
               fmt::format("the upload is larger than the limit of {}", size_in_words(limit)),
               "Split the file, or raise MAX_FILE_SIZE on the server.", {{"limit_bytes", limit}});
}

UploadReceiver::UploadReceiver(std::optional<std::string> boundary, std::filesystem::path folder,
                               std::int64_t max_bytes)
    : folder_(std::move(folder)), max_bytes_(max_bytes) {
  if (boundary) parser_.emplace(*boundary, static_cast<MultipartSink&>(*this));
}

Result<> UploadReceiver::feed(std::string_view bytes) {
  if (parser_) return parser_->feed(bytes);
  if (parts_.empty()) TRY_VOID(begin_part({.field = {}, .filename = "body", .content_type = {}}));
  return data(bytes);
}

UploadReceiver::~UploadReceiver() {
  if (descriptor_ >= 0) ::close(descriptor_);
  for (const auto& part : parts_) {
    if (!part.file.empty()) ::unlink(part.file.c_str());
  }
}

Result<std::vector<UploadedPart>> UploadReceiver::finish() {
  if (parser_) {
    TRY_VOID(parser_->finish());
  } else {
    TRY_VOID(feed({}));  // an empty body is an empty file
    TRY_VOID(end_part());
  }
  return parts_;
}

Result<> UploadReceiver::begin_part(PartHeader header) {
  UploadedPart part;
  part.field = std::move(header.field);
  part.content_type = std::move(header.content_type);
  if (header.filename && !header.filename->empty()) {  // browsers send "" for no file chosen
    part.filename = safe_filename(*header.filename);
    const auto path = folder_ / ("upload-" + new_id() + ".part");
    descriptor_ = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor_ < 0) return fail(file_error(errno, path));
    part.file = path;
    digest_.reset(EVP_MD_CTX_new());
    EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr);
  }
  parts_.push_back(std::move(part));
  return {};
}

Result<> UploadReceiver::data(std::string_view bytes) {
  UploadedPart& part = parts_.back();
  part.size += static_cast<std::int64_t>(bytes.size());
  if (descriptor_ < 0) {
    value_bytes_ += bytes.size();
    if (value_bytes_ > kMaxValues) {
      return fail(ErrorCode::too_large, "the form's text fields are larger than 1 MB together",
                  "Send large content as a file.");
    }
    part.value.append(bytes);
    return {};
  }
  file_bytes_ += static_cast<std::int64_t>(bytes.size());
  if (file_bytes_ > max_bytes_) return fail(upload_too_large(max_bytes_));
  EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size());
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(file_error(errno, part.file));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<> UploadReceiver::end_part() {
  if (descriptor_ < 0) return {};
  // Some file systems report a full disk only now.
  const int closed = ::close(std::exchange(descriptor_, -1));
  UploadedPart& part = parts_.back();
  if (closed != 0) return fail(file_error(errno, part.file));
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(digest_.get(), digest, &size);
  for (unsigned int i = 0; i < size; ++i) {
    fmt::format_to(std::back_inserter(part.sha256), "{:02x}", digest[i]);
  }
  return {};
}

}  // namespace sextant::http
