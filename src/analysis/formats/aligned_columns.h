#pragma once
// Text whose columns are aligned by blanks: every column begins at the same character in every
// line. Thread-safe.

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "analysis/formats/input_file.h"
#include "base/result.h"

namespace sextant::formats {

// Where columns begin, in characters from the start of a line (the first is 0); of two or more.
using ColumnStarts = std::vector<std::size_t>;

// From the first lines of a text (`complete`: all of them). What may be prose has none: columns
// stand at least two blanks apart, or beside numbers and dates, or under a rule of dashes.
std::optional<ColumnStarts> find_column_starts(std::string_view sample, bool complete);

// Whether every line of the UTF-8 file, from byte `offset` on, has a blank before each column.
Result<bool> keeps_to_columns(const InputFile& file, std::int64_t offset,
                              const ColumnStarts& starts, std::stop_token stop);

// A line of dashes or equals signs under a header.
bool is_rule(std::string_view line);

// The cells of a line, without the blanks around them.
std::vector<std::string_view> cut_line(std::string_view line, const ColumnStarts& starts);

}  // namespace sextant::formats
