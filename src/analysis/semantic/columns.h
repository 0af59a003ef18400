#pragma once
// What a column means: from its profile when there is one, else from its name, type and a few
// counts.

#include <string>
#include <vector>

#include "catalog/profile.h"
#include "catalog/semantic_model.h"
#include "catalog/source.h"

namespace sextant::semantic {

struct ColumnFacts {
  std::int64_t rows = 0;
  std::int64_t distinct = 0;
  std::int64_t nulls = 0;
  std::vector<std::string> examples;
};

// "unit_price" → "Unit price"; "customerId" → "Customer ID".
std::string display_name(const std::string& name);

// The words of a name, lower case.
std::vector<std::string> name_words(const std::string& name);

catalog::SemanticType guess_type(const catalog::Column& column, const ColumnFacts& facts);

catalog::ModelColumn describe_column(const catalog::Column& column,
                                     const catalog::ColumnProfile* profile,
                                     const ColumnFacts& facts);

}  // namespace sextant::semantic
