#pragma once
// What the form of a name tells. Thread-safe.

#include <string_view>

namespace sextant {

// "uid", "paperid": a word in lower case that ends in "id" and is no English word that does.
bool ends_in_id(std::string_view word);

}  // namespace sextant
