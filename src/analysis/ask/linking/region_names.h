#pragma once
// Names of countries and states by their codes. Pure functions; thread-safe.

#include <string>
#include <string_view>

namespace sextant::ask {

// The English name of a country by its code of two letters (ISO 3166); empty when it is none.
std::string country_name(std::string_view code);
// The name of a state of the USA by its code of two letters; empty when it is none.
std::string state_name(std::string_view code);

}  // namespace sextant::ask
