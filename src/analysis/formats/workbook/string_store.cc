#include "analysis/formats/workbook/string_store.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace sextant::formats::workbook {
namespace {
constexpr std::int64_t kMostBytes = 2047ll << 20;
constexpr std::size_t kMostStrings = 50'000'000;
}  // namespace

StringStore::StringStore(const std::string& temp_directory)
    : file_(std::make_unique<TemporaryFile>(temp_directory, ".strings")) {}

StringStore::~StringStore() {
  if (mapped_) ::munmap(const_cast<char*>(data_), offsets_.back());
}

Result<> StringStore::add(std::string_view text) {
  if (!writer_) {
    TRY(auto writer, TextWriter::create(file_->path()));
    writer_.emplace(std::move(writer));
  }
  if (writer_->bytes() + static_cast<std::int64_t>(text.size()) > kMostBytes ||
      offsets_.size() > kMostStrings) {
    return fail(ErrorCode::too_large, "The workbook's shared strings are larger than 2 GB.",
                "Split the workbook, or save the sheets as CSV.");
  }
  writer_->buffer() += text;
  offsets_.push_back(static_cast<std::uint32_t>(writer_->bytes()));
  return writer_->flush_if_full();
}

Result<> StringStore::finish() {
  if (!writer_) return {};
  TRY_VOID(writer_->close());
  writer_.reset();
  if (offsets_.back() == 0) return {};
  const int descriptor = ::open(file_->path().c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return fail(ErrorCode::internal, "the shared strings are not there");
  void* mapped = ::mmap(nullptr, offsets_.back(), PROT_READ, MAP_PRIVATE, descriptor, 0);
  ::close(descriptor);
  if (mapped == MAP_FAILED) {
    offsets_.assign(1, 0);
    return fail(ErrorCode::resource_exhausted,
                "The shared strings do not fit the memory of a load.");
  }
  data_ = static_cast<const char*>(mapped);
  mapped_ = true;
  return {};
}

}  // namespace sextant::formats::workbook
