#pragma once
// Saved queries named in SQL: FROM saved.<reference>. Thread-safe.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::queries {

// The references that the text names as saved.<reference>, in lower case, each once, in order.
// Judged by the text: a column of a table called `saved` counts too.
std::vector<std::string> references_in(std::string_view sql);

// The way from `reference` back to itself, when its SQL leads there: {"a", "b", "a"}. `queries`
// has the SQL of the others.
std::optional<std::vector<std::string>> find_cycle(
    const std::string& reference, const std::string& sql,
    const std::map<std::string, std::string>& queries);

}  // namespace sextant::queries
