#pragma once
// Cells of DuckDB's vectors: the type of a column, and how one value of it is written.
//
// JSON: integers up to 2^53 as numbers, larger ones as strings; DECIMAL with at most 15 significant
// digits as a number exactly as DuckDB writes it, else a string; NaN and infinities null; DATE
// "2025-01-31", TIMESTAMP "2025-01-31T10:00:00", with a time zone "…Z"; TIME "10:00:00"; LIST and
// ARRAY arrays, STRUCT and MAP objects, UNION its member; UUID, ENUM, INTERVAL, BIT, BLOB (\xAB
// escapes) and JSON as strings. Text: the same without quotes, with a space instead of T; nested
// values as JSON. All functions are thread-safe.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct _duckdb_logical_type;
struct _duckdb_vector;

namespace sextant::engine {

struct ColumnType {
  int id = 0;  // duckdb_type; for ENUM and DECIMAL `storage` says how it is stored
  int storage = 0;
  std::uint8_t width = 0;  // DECIMAL
  std::uint8_t scale = 0;
  std::int64_t array_size = 0;
  std::string name;                  // DuckDB's type name
  std::vector<std::string> labels;   // of ENUM
  std::vector<std::string> fields;   // of STRUCT and UNION
  std::vector<ColumnType> children;  // LIST and ARRAY 1, MAP 2, STRUCT and UNION one per field
};

ColumnType read_type(_duckdb_logical_type* type);

// The type (or one inside it) that can not be written out, as a sentence for people; empty when
// fine.
std::string unsupported_reason(const ColumnType& type);

// A column of one chunk, ready to be read.
class ColumnView {
 public:
  ColumnView(const ColumnType& type, _duckdb_vector* vector);
  bool is_null(std::int64_t row) const {
    return validity_ && !(validity_[row >> 6] >> (row & 63) & 1);
  }
  void write_json(std::string& out, std::int64_t row) const;
  void write_text(std::string& out, std::int64_t row) const;  // nothing for NULL
  double number(std::int64_t row) const;                      // 0 when it is none
  std::int64_t int64(std::int64_t row) const;                 // rounds towards zero, saturates

 private:
  void write_value(std::string& out, std::int64_t row, bool json) const;
  void write_nested(std::string& out, std::int64_t row) const;
  const ColumnType* type_;
  const void* data_ = nullptr;
  const std::uint64_t* validity_ = nullptr;
  std::vector<ColumnView> children_;
};

}  // namespace sextant::engine
