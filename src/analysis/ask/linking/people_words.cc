#include "analysis/ask/linking/people_words.h"

#include <algorithm>
#include <span>

namespace sextant::ask {

namespace {

// How words of people and things end, and how what they are of does.
constexpr std::string_view kOfPeople[] = {"",    "s",    "n",   "ns",  "an", "ans",
                                          "ian", "ians", "ese", "ish", "ic", "ics"};
constexpr std::string_view kOfPlaces[] = {"", "a", "y", "ia", "e", "o", "ic", "en", "um"};
constexpr std::size_t kRoot = 4;

bool ends_so(std::span<const std::string_view> endings, std::string_view ending) {
  return std::ranges::find(endings, ending) != endings.end();
}

}  // namespace

std::size_t kindred(std::string_view said, std::string_view place) {
  const auto [a, b] = std::ranges::mismatch(said, place);
  const auto shared = static_cast<std::size_t>(a - said.begin());
  const bool ends =
      ends_so(kOfPeople, said.substr(shared)) && ends_so(kOfPlaces, place.substr(shared));
  return shared >= kRoot && ends ? shared : 0;
}

}  // namespace sextant::ask
