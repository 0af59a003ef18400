#pragma once
// Row encoders: data chunks to the bytes that travel to the client.
//
// json_rows: "[1,"a"],[2,"b"]": rows separated by commas, also across calls, no outer brackets. How
// each type is written: cell.h.
// csv: RFC 4180 with a header line and CRLF; NULL is empty, an empty text is "". With
// `formula_safe`, texts that a spreadsheet would run (= + - @ TAB CR in front) get a leading '.
// Threads: one at a time.

#include <memory>
#include <string>

#include "analysis/engine/duckdb.h"
#include "wire/messages.h"

namespace sextant::engine {

struct EncodeLimits {
  std::int64_t rows = 0;   // 0: none
  std::int64_t bytes = 0;  // of encoded output; 0: none
};

class RowEncoder {
 public:
  RowEncoder(std::shared_ptr<const Shape> shape, wire::Encoding encoding, EncodeLimits limits,
             bool formula_safe = true);

  // The header line of csv; nothing for json_rows.
  void begin(std::string& out) const;

  // Appends rows [from, to) of the chunk until a limit is met. False: a limit is met and at least
  // one row was left out.
  bool append(std::string& out, const Chunk& chunk, std::int64_t from, std::int64_t to);

  std::int64_t rows() const { return rows_; }

 private:
  void write_row(std::string& out, const std::vector<ColumnView>& columns, std::int64_t row) const;
  std::shared_ptr<const Shape> shape_;
  wire::Encoding encoding_;
  EncodeLimits limits_;
  bool formula_safe_;
  std::vector<bool> textual_;  // columns whose values may begin with anything
  std::int64_t rows_ = 0;
  std::int64_t bytes_ = 0;
};

// One CSV field with the quotes it needs.
void write_csv_field(std::string& out, std::string_view text, bool formula_safe);

}  // namespace sextant::engine
