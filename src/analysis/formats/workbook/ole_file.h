#pragma once
// OLE2 compound files (the container of xls and of encrypted xlsx): streams by name. Only tables of
// sector numbers are kept in memory. Thread-safe after open().

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats::workbook {

// One stream: a list of pieces of the file, all of one size.
struct OleStream {
  std::vector<std::int64_t> pieces;  // offsets in the file
  std::int64_t piece_size = 0;
  std::int64_t size = 0;

  // Fewer bytes only at the end.
  Result<std::size_t> read_at(const InputFile& file, std::int64_t offset,
                              std::span<char> buffer) const;
};

class OleFile {
 public:
  static Result<OleFile> open(const InputFile& file);
  bool has(std::string_view name) const;
  Result<OleStream> stream(std::string_view name) const;

 private:
  struct Entry {
    std::string name;  // ASCII, lower case
    std::uint32_t start = 0;
    std::int64_t size = 0;
    int type = 0;
  };
  Result<std::vector<std::uint32_t>> chain(std::uint32_t start,
                                           const std::vector<std::uint32_t>& table) const;
  Result<std::string> read_sector(std::uint32_t sector) const;
  std::int64_t offset_of(std::uint32_t sector) const {
    return (static_cast<std::int64_t>(sector) + 1) * sector_size_;
  }
  Result<> read_directory(std::uint32_t start);

  const InputFile* file_ = nullptr;
  std::int64_t sector_size_ = 512;
  std::int64_t mini_size_ = 64;
  std::int64_t cutoff_ = 4096;
  std::vector<std::uint32_t> fat_;
  std::vector<std::uint32_t> mini_fat_;
  std::vector<Entry> entries_;
};

}  // namespace sextant::formats::workbook
