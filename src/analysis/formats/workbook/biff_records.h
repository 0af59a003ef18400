#pragma once
// The records of a BIFF stream, and strings that run over CONTINUE records. One thread.

#include <string>
#include <string_view>

#include "analysis/formats/workbook/ole_file.h"

namespace sextant::formats::workbook {

class BiffRecords {
 public:
  BiffRecords(const InputFile& file, OleStream stream) : file_(file), stream_(std::move(stream)) {}

  void seek(std::int64_t offset) {
    next_ = offset;
    at_ = 0;
  }
  // False at the end of the stream or where a record is cut off.
  Result<bool> next();
  int id() const { return id_; }
  std::int64_t offset() const { return start_; }
  std::string_view data() const { return data_; }
  std::int64_t size() const { return stream_.size; }

  // Reading inside the record and the CONTINUE records after it.
  void skip_to(std::size_t at) { at_ = at; }
  // False: there is nothing more.
  Result<bool> bytes(std::string& out, std::size_t count);
  Result<bool> skip(std::size_t count);
  // A string of BIFF8: `characters` UTF-16 units; appended as UTF-8.
  Result<bool> unicode(std::string& out, std::size_t characters, bool wide);
  // Count (2 bytes), flags, runs, characters.
  Result<bool> long_string(std::string& out);

 private:
  Result<std::string_view> peek(std::int64_t offset, std::size_t count);
  Result<bool> load(std::int64_t offset);
  Result<bool> next_continue();

  const InputFile& file_;
  OleStream stream_;
  std::string buffer_;
  std::int64_t buffer_start_ = 0;
  std::int64_t next_ = 0;
  std::int64_t start_ = 0;
  std::size_t at_ = 0;
  int id_ = 0;
  std::string_view data_;
};

}  // namespace sextant::formats::workbook
