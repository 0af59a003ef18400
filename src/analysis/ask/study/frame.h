#pragma once
// The rows that a study's figures are taken of, as SQL: the reading's table and filters, then each
// preparation as a step of its own. Pure functions.

#include <string>

#include "analysis/ask/reading.h"
#include "analysis/ask/sql.h"
#include "base/result.h"

namespace sextant::ask {

class Frame {
 public:
  static Result<Frame> create(const catalog::SemanticModel& model, const Reading& reading);

  // "WITH … SELECT `select` FROM …" over the rows after that many preparations (-1: all).
  // `where`: a condition on them; empty: none.
  std::string query(const std::string& select, std::int64_t after,
                    const std::string& where = {}) const;

  const Sql& base() const { return base_; }
  std::int64_t steps() const { return static_cast<std::int64_t>(steps_.size()) - 1; }

 private:
  Sql base_;
  std::vector<std::string> steps_;  // SELECT of each step; the first is the reading's rows
};

// One figure as an SQL expression over a frame; empty when it is not one (tests).
std::string figure_sql(const Figure& figure);

// "mean_age", "correlation_age_fare".
std::string figure_column(const Figure& figure);

// "mean of age", "correlation of age and fare".
std::string figure_words(const Figure& figure);

}  // namespace sextant::ask
