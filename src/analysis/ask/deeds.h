#pragma once
// What a reading does, as far as words of a question can ask for it. Pure function.

#include <set>
#include <string>

#include "analysis/ask/linking/context.h"
#include "analysis/ask/reading.h"

namespace sextant::ask {

// What a reading does, its nested ones included.
struct Deeds {
  std::set<Aggregate> aggregates;
  std::set<Grain> grains;
  std::set<std::string> stems;  // of the names and values that it uses
  std::set<std::string> shown;  // of the names that its rows show
  std::set<double> numbers;     // that it compares with, or limits by
  int conditions = 0;
  int periods = 0;
  bool dated = false;
  int dimensions = 0;
  int columns = 0;
  int measures = 0;
  bool share = false;
  bool arithmetic = false;
  bool computed = false;
  bool running = false;
  bool change = false;
  bool rank = false;
  bool compares = false;
  bool negates = false;
  bool searches = false;  // parts of texts
  bool nested = false;
  bool combines = false;
  bool ordered = false;
  bool offset = false;
  bool limited = false;
};

Deeds deeds_of(const Context& context, const Reading& reading);

}  // namespace sextant::ask
