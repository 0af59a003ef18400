#pragma once
// Saved queries put in place of FROM saved.<name>.
//
// Each text passes the gate by itself, and the whole passes it again. Tables that a saved query
// reads are written with their schema, so that a CTE around it can not stand in for them.

#include <string>
#include <vector>

#include "analysis/engine/gate.h"
#include "base/result.h"

namespace sextant::engine {

class Expansion {
 public:
  // Errors of the gate, with detail.saved_query when they are in one of the saved texts; also
  // invalid_sql with detail.cycle when a saved query leads back to itself.
  static Result<Expansion> make(Gate& gate, const std::string& sql, const catalog::Catalog& catalog,
                                const SavedQueries& saved);

  const std::string& sql() const { return sql_; }
  const Verdict& verdict() const {
    return verdict_;
  }  // of the whole; `saved` has all that are read

  // An error of the expanded text with its position in the text where it was written.
  Error explain(Error error) const;

 private:
  struct Segment {
    std::size_t start = 0, end = 0;  // in the expanded text
    std::string saved_query;         // whose text it is; empty: the statement's own
    std::size_t origin = 0;          // of `start` in that text
  };
  class Builder;

  std::string sql_;
  Verdict verdict_;
  std::vector<Segment> segments_;  // none: nothing was put in
};

}  // namespace sextant::engine
