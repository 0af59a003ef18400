#pragma once
// Names of tables and columns in a question, with every table they may belong to. Thread-safe.

#include <vector>

#include "analysis/ask/linking/links.h"

namespace sextant::ask {

// Tokens [first, last) name a column or a table.
struct NameUse {
  bool table = false;
  int id = -1;  // of the column or the table
  int first = 0;
  int last = 0;
  float score = 0;          // share of the name that was said
  bool with_table = false;  // a column said together with its table: "student name"
};

// All uses that begin at each token, best first; tokens that are taken belong to none.
std::vector<std::vector<NameUse>> find_names(const Context& context, const Links& links,
                                             const std::vector<bool>& taken);

// The uses that explain the most words without overlapping. `context_score` says, per table, how
// much else in the question speaks of it; it decides between columns of the same name.
std::vector<NameUse> choose_names(const Context& context, const Links& links,
                                  const std::vector<std::vector<NameUse>>& names,
                                  const std::vector<float>& context_score);

}  // namespace sextant::ask
