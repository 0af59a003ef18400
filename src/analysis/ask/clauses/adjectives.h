#pragma once
// Adjectives and verbs that speak of a column without its name: "oldest" of an age, "paid" of a
// salary.

#include <string_view>
#include <vector>

namespace sextant::ask {

struct Adjective {
  std::string_view word;
  bool high;                              // orders by high values first
  std::vector<std::string_view> columns;  // stems that it speaks of, best first
};

const std::vector<Adjective>& adjectives();

}  // namespace sextant::ask
