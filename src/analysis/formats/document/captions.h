#pragma once
// Lines that name a table or a figure. Thread-safe.

#include <string_view>

namespace sextant::formats::document {

// "Table 3: Sales by region", "Tab. 2 …", "Figure 1.4 …", also in German, French and Spanish.
bool is_caption(std::string_view text);
bool is_table_caption(std::string_view text);

// What a table's caption says without its number: "Sales by region"; empty when it has only that.
std::string_view caption_title(std::string_view caption);

// "•", "–" and the like, alone.
bool is_bullet(std::string_view text);

// What starts an item of a list: "•", "–", "(a)", "12." with a space after it. 0: nothing; else
// the bytes of the mark and the white space behind it.
std::size_t list_mark(std::string_view text);

}  // namespace sextant::formats::document
