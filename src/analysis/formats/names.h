#pragma once
// SQL names of tables and columns. Thread-safe.

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::formats {

// "Sales 2025.csv.gz" → "Sales 2025".
std::string title_of(std::string_view filename);

// What the titles of several files begin with, in whole words and numbers: "sales 2024 01" and
// "sales 2024 02" → "sales 2024". Empty when that is less than three letters.
std::string common_title(const std::vector<std::string>& filenames);

// snake_case of the title, not in `taken`: _2, _3 … is appended. At most 60 bytes. Adds it to
// `taken`.
std::string table_name(std::string_view title, std::set<std::string>& taken);

struct ColumnNames {
  std::vector<std::string> names;      // snake_case, unique
  std::vector<std::string> originals;  // the header as it stands; column_N where it is empty
  std::vector<std::string> notes;      // what was made up
};

// Names for `count` columns from the header's cells (may be fewer).
ColumnNames column_names(const std::vector<std::string>& header, std::size_t count,
                         bool has_header);

// Avoids what is there: "a", "a_2", "a_3" …
std::string unique_name(std::string name, std::set<std::string>& taken);

}  // namespace sextant::formats
