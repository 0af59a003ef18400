#pragma once
// What a file's first bytes say that it is. Thread-safe.

#include <string_view>

namespace sextant::formats {

// "a ZIP archive", "an Excel workbook (xlsx)", "a PDF document", "a PNG image", …; empty for text
// and for what is not known. `head` is the start of the file (512 bytes are enough, more find
// more).
std::string_view binary_content(std::string_view head);

bool is_gzip(std::string_view head);
bool is_parquet(std::string_view head);

}  // namespace sextant::formats
