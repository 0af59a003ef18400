#pragma once
// Words for people and things by where they are from. Pure function; thread-safe.

#include <cstddef>
#include <string_view>

namespace sextant::ask {

// How many letters both have in common at their beginning where the one is made of the other:
// "russians" of "russia", "brazilian" of "brazil", "democrats" of "democratic"; 0: it is not.
std::size_t kindred(std::string_view said, std::string_view place);

}  // namespace sextant::ask
