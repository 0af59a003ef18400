#pragma once
// The relations between the parts of an Office package. Thread-safe.

#include <map>
#include <string>

#include "analysis/formats/workbook/package.h"
#include "base/result.h"

namespace sextant::formats::docx {

// Kind (the last word of the relation's type: "styles", "footnotes") → the part that it names.
// Relations to outside of the package are left out. Empty when `part` has none.
Result<std::multimap<std::string, std::string>> read_relations(workbook::Package& package,
                                                               const std::string& part);

}  // namespace sextant::formats::docx
