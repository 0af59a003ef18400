#pragma once
// One table while steps are done on it: a chain of views, written out where a step needs its rows
// in place. One thread.

#include <string>
#include <vector>

#include "analysis/formats/output_database.h"
#include "catalog/source.h"

namespace sextant::formats {

class StepTable {
 public:
  struct Column {
    std::string name;
    std::string original;
    std::string type;
    std::string unit;
  };

  static Result<StepTable> open(OutputDatabase& output, const catalog::Table& table);

  std::vector<Column> columns;  // as they are now; replaced by next()
  const std::string& relation() const { return relation_; }

  // Error: there is no such column. By SQL name.
  Result<std::size_t> position(const std::string& name) const;
  // A name for a new column, from what people call it.
  std::string new_name(const std::string& title) const;

  // `expressions` over the present columns become the columns; `after` goes behind FROM. Types are
  // looked up. Error: the engine refuses an expression.
  Result<> next(std::vector<Column> fresh, const std::vector<std::string>& expressions,
                const std::string& after = {});
  // Writes the rows out, so that they have places (rowid).
  Result<> materialise();
  Result<std::int64_t> rows() const;

  // Puts the outcome in the place of the table.
  Result<> finish(catalog::Table& table);

 private:
  explicit StepTable(OutputDatabase& output) : output_(&output) {}

  OutputDatabase* output_;
  std::string stored_;
  std::string relation_;
  bool written_ = true;
  int number_ = 0;
  std::vector<std::string> views_;  // to be dropped, oldest first
};

}  // namespace sextant::formats
