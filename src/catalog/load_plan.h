#pragma once
// What people decided about how a file is read. Everything left out is found from the file itself.
// The plan belongs to a source and is used again for every new version of it.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace sextant::catalog {

enum class DateOrder { day_first, month_first };
BOOST_DESCRIBE_ENUM(DateOrder, day_first, month_first)

// One column, by its header as the file has it.
struct ColumnChoice {
  std::string column;
  // VARCHAR, BOOLEAN, BIGINT, HUGEINT, DOUBLE, DECIMAL (as many digits as the cells have) or
  // DECIMAL(p,s), DATE, TIMESTAMP, TIMESTAMP WITH TIME ZONE, TIME
  std::optional<std::string> type;
  std::optional<DateOrder> date_order;      // of dates like 03/04/2025
  std::optional<std::string> date_format;   // of strptime: %d.%m.%y %H:%M
  std::optional<std::string> decimal_mark;  // "." or ","
  // Cells that mean "no value", besides empty ones. Given, they replace the usual words (NA, -, …).
  std::optional<std::vector<std::string>> missing_values;

  bool empty() const {
    return !type && !date_order && !date_format && !decimal_mark && !missing_values;
  }
};
BOOST_DESCRIBE_STRUCT(ColumnChoice, (),
                      (column, type, date_order, date_format, decimal_mark, missing_values))

struct TableChoice {
  std::string key;  // as in TableLoad::key; "" in files that hold one table
  // The row whose cells name the columns: the n-th line of a text that is not blank, or the row of
  // the sheet; 0: there is none, all rows are data.
  std::optional<std::int64_t> header_row;
  std::optional<std::int64_t> header_rows;  // how many rows the header stands over (sheets): 1 or 2
  std::optional<std::vector<ColumnChoice>> columns;

  const ColumnChoice* find(std::string_view column) const;
};
BOOST_DESCRIBE_STRUCT(TableChoice, (), (key, header_row, header_rows, columns))

struct SheetChoice {
  std::string sheet;
  std::optional<bool> load;                        // false: left out; true: also when it is hidden
  std::optional<std::vector<std::string>> ranges;  // the tables on it, like B3:F20
};
BOOST_DESCRIBE_STRUCT(SheetChoice, (), (sheet, load, ranges))

struct LoadPlan {
  std::optional<std::string> encoding;   // UTF-8, windows-1252, Shift_JIS …
  std::optional<std::string> delimiter;  // one character
  std::optional<std::vector<TableChoice>> tables;
  std::optional<std::vector<SheetChoice>> sheets;

  const TableChoice* table(std::string_view key) const;
  const SheetChoice* sheet(std::string_view name) const;
  // What is wrong with it, with paths that start with `path`.
  std::vector<json::FieldError> check(const std::string& path) const;
};
BOOST_DESCRIBE_STRUCT(LoadPlan, (), (encoding, delimiter, tables, sheets))

}  // namespace sextant::catalog
