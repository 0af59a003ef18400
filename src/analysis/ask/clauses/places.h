#pragma once
// Tables of places: rows with a name and a street address, perhaps rated. Pure functions;
// thread-safe.

#include <optional>
#include <vector>

#include "analysis/ask/linking/context.h"

namespace sextant::ask {

// Indices into the context's tables and columns.
struct Places {
  int table = -1;      // whose rows are the places, by name
  int addresses = -1;  // the table with their addresses; may be the same
  int house = -1;      // column of the house number
  int rating = -1;     // column of numbers; -1: none
};

std::optional<Places> find_places(const Context& context);
// Street, city and postcode, the columns beside the house number.
std::vector<int> address_of(const Context& context, const Places& places);

}  // namespace sextant::ask
