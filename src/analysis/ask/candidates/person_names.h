#pragma once
// People, whose names are kept in two columns.

#include <string_view>
#include <utility>

#include "analysis/ask/linking/links.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// Words of the names of such columns, in small letters.
bool is_first_name(std::string_view word);
bool is_last_name(std::string_view word);

// The columns of first and last names of the table's rows; {-1, -1}: it has not both.
std::pair<int, int> person_name_columns(const Context& context, int table);

// "who sold the most": whoever is listed by the first name alone is listed by the last one too,
// unless the question asks for first names.
void complete_names(const Context& context, const Links& links, Reading& reading);

}  // namespace sextant::ask
