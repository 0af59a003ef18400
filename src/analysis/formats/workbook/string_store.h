#pragma once
// The shared strings of a workbook, in a temporary file that is mapped: they may be larger than
// the memory of a load. Written once, then read. One thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats::workbook {

class StringStore {
 public:
  explicit StringStore(const std::string& temp_directory);
  StringStore(const StringStore&) = delete;
  StringStore& operator=(const StringStore&) = delete;
  ~StringStore();

  Result<> add(std::string_view text);
  Result<> finish();
  std::int64_t size() const { return static_cast<std::int64_t>(offsets_.size()) - 1; }
  // Empty when there is none.
  std::string_view at(std::int64_t index) const {
    if (index < 0 || index >= size()) return {};
    const auto i = static_cast<std::size_t>(index);
    return {data_ + offsets_[i], offsets_[i + 1] - offsets_[i]};
  }

 private:
  std::unique_ptr<TemporaryFile> file_;
  std::optional<TextWriter> writer_;
  std::vector<std::uint32_t> offsets_{0};  // of the bytes; at most 2 GB
  const char* data_ = "";
  bool mapped_ = false;
};

}  // namespace sextant::formats::workbook
