#pragma once
// Lookups: one column (listed or aggregated) of the rows that satisfy a set of conditions. Every
// combination that the links allow is made; ranking decides.

#include <vector>

#include "analysis/ask/ranking/features.h"

namespace sextant::ask {

struct Lookup {
  int set = 0;  // of LookupSpace::sets
  int column = 0;
  Aggregate aggregate = Aggregate::none;
  double score = 0;
};

struct LookupSpace {
  QuestionFrame frame;
  std::vector<OptionSet> sets;     // best first
  std::vector<Lookup> candidates;  // best first, at most `keep`
};

LookupSpace find_lookups(const Context& context, const Links& links, const Weights& weights,
                         std::size_t keep);

// All features of one candidate, for learning and for explaining.
std::vector<Feature> features_of(const LookupSpace& space, const Lookup& lookup);

// Sets of conditions that hold together, best first; the empty set is always among them.
std::vector<OptionSet> combine_options(const QuestionFrame& frame, const Weights& weights,
                                       std::size_t keep);

// The candidate's rows over the sample: one column. Bounded by `limit`.
std::vector<Cell> run_on_sample(const LookupSpace& space, const Lookup& lookup, std::size_t limit);

Reading to_reading(const LookupSpace& space, const Lookup& lookup);
Condition to_condition(const QuestionFrame& frame, const Option& option);
// The conditions of a set as and-ed filters.
std::vector<Filter> to_filters(const QuestionFrame& frame, const OptionSet& set);

}  // namespace sextant::ask
