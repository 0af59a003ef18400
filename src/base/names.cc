#include "base/names.h"

#include <algorithm>
#include <array>

namespace sextant {

bool ends_in_id(std::string_view word) {
  static constexpr std::array<std::string_view, 23> kWords = {
      "paid",  "kid",    "bid",    "said",    "grid",   "acid",  "prepaid", "unpaid",
      "valid", "solid",  "fluid",  "covid",   "rapid",  "void",  "amid",    "invalid",
      "humid", "liquid", "hybrid", "android", "orchid", "squid", "maid"};
  return word.size() >= 3 && word.ends_with("id") &&
         std::ranges::find(kWords, word) == kWords.end();
}

}  // namespace sextant
