#pragma once
// Joins that no name tells, found by the values alone.

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/engine/duckdb.h"
#include "base/result.h"
#include "catalog/semantic_model.h"

namespace sextant::semantic {

struct Overlap {
  std::int64_t values = 0;   // distinct ones of the first column, at most 5,000
  std::int64_t matched = 0;  // of these, found in the second
};

// How many values of `from` are in `to`. Errors: those of the query.
Result<Overlap> overlap_of(engine::Connection& connection, const catalog::JoinSide& from,
                           const catalog::JoinSide& to);

// Joins between the tables of other sources, which are not looked for again: what is known of them
// stands, where the tables that came since do not tell otherwise.
class Known {
 public:
  Known(const catalog::SemanticModel& model, std::string source_id)
      : joins_(model.joins), source_id_(std::move(source_id)) {}

  const catalog::ModelJoin* find(const catalog::ModelTable& from,
                                 const catalog::ModelColumn& foreign, const catalog::ModelTable& to,
                                 const catalog::ModelColumn& key) const {
    const auto is_pair = [&](const catalog::ModelJoin& join) {
      return join.left.table == from.name && join.left.column == foreign.name &&
             join.right.table == to.name && join.right.column == key.name;
    };
    const auto found = std::ranges::find_if(joins_, is_pair);
    return found == joins_.end() ? nullptr : &*found;
  }
  bool are_others(const catalog::ModelTable& from, const catalog::ModelTable& to) const {
    return from.source_id != source_id_ && to.source_id != source_id_;
  }
  // They were compared before, and did not fit.
  bool rules_out(const catalog::ModelTable& from, const catalog::ModelColumn& foreign,
                 const catalog::ModelTable& to, const catalog::ModelColumn& key) const {
    return are_others(from, to) && !find(from, foreign, to, key);
  }

 private:
  std::vector<catalog::ModelJoin> joins_;
  std::string source_id_;
};

// Adds to `found` the joins of columns that it does not join yet: whole numbers all of which are
// keys of another table. Keys that begin at 1 are met by chance, so there the table has to be named
// after the other, or the column called an id that nothing else connects; and it has to point to a
// good share of the keys. Who does something (sender_id) points to people or to nothing. Errors:
// those of the queries.
Result<> find_joins_by_values(const catalog::SemanticModel& model, const Known& known,
                              engine::Connection& connection,
                              std::vector<catalog::ModelJoin>& found);

}  // namespace sextant::semantic
