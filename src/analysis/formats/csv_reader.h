#pragma once
// Splits delimited text into records, in any dialect, and never refuses: what breaks the rules of
// quoting is kept as text. One thread; memory is bounded by the longest record (at most 64 MB).

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/formats/csv_dialect.h"
#include "base/result.h"

namespace sextant::formats {

struct Record {
  std::int64_t line = 0;    // 1-based, where the record starts
  std::int64_t offset = 0;  // byte offset of its start
  std::int64_t end_offset = 0;
  std::vector<std::string_view> cells;  // valid until the next record is read
  std::vector<bool> quoted;             // of each cell: whether it stood in quotes
  bool blank = false;                   // an empty line
  bool comment = false;
};

class CsvReader {
 public:
  // Fills the buffer with the next bytes; 0 at the end.
  using Source = std::function<Result<std::size_t>(char* buffer, std::size_t size)>;

  CsvReader(Dialect dialect, Source source);
  // Over a text in memory.
  CsvReader(Dialect dialect, std::string_view text);

  // Reads the next record; false at the end.
  Result<bool> next(Record& record);

  // Records in which a quote was not closed, or text followed a closing quote.
  std::int64_t irregular_quotes() const { return irregular_quotes_; }

 private:
  enum class Outcome { done, more_needed };
  Outcome parse(Record& record, bool quoting);
  Outcome parse_aligned(Record& record);
  Result<bool> fill();

  Dialect dialect_;
  Source source_;
  std::string buffer_;
  std::size_t start_ = 0;  // of the current record in buffer_
  std::int64_t offset_ = 0;
  std::int64_t line_ = 1;
  bool at_end_ = false;
  bool irregular_ = false;
  std::int64_t irregular_quotes_ = 0;
  std::size_t next_start_ = 0;
  std::int64_t next_line_ = 1;
  struct Span {
    std::size_t from;
    std::size_t to;
    bool owned;  // in `unescaped_` instead of the buffer
  };
  std::vector<Span> spans_;
  std::string unescaped_;
};

}  // namespace sextant::formats
