#pragma once
// Checks that every number in the text of an answer comes from somewhere. Pure; thread-safe.

#include <string>
#include <vector>

#include "catalog/answer.h"

namespace sextant::ask {

// Numbers in the response and the insights that nothing accounts for; empty for an answer without
// fault, and for one that claims nothing (clarification, abstained). A number is accounted for when
// it stands in
//   - a trace of the receipt: of a cell that is there and, when it is a number, is that number as
//     far as it is written; or with a derivation,
//   - a label of the result: a text cell, a date as people write it, a year, a column's name,
//   - the words of the reading: its sentence, names and filters, which the question said.
// A trace whose cell is not there or says another number is at fault itself.
std::vector<std::string> untraced_numbers(const catalog::Answer& answer);

}  // namespace sextant::ask
