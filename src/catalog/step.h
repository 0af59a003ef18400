#pragma once
// Clean-up steps: what is done to a source's tables after they were read, in order. They belong to
// the source and are done again for every new version of it.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace sextant::catalog {

enum class StepKind {
  rename,             // `column` is called `name`
  hide,               // `columns` are left out
  split,              // `column` is cut at `separator` into the columns `names`
  trim,               // white space around the texts of `columns` goes; inner runs become one
  replace,            // `find` becomes `replacement` in the texts of `columns`
  fill,               // missing values of `columns` become `value`, or the one above (`previous`)
  remove_duplicates,  // of rows equal in `columns` (none: in all) the first stays
  unpivot,            // `columns` become rows: their header in `name`, their value in `value_name`
  compute,            // a new column `name`: the SQL `expression` over the table's columns
};
BOOST_DESCRIBE_ENUM(StepKind, rename, hide, split, trim, replace, fill, remove_duplicates, unpivot,
                    compute)

// Columns are named as SQL names them at this point; members that the kind does not need stay out.
struct Step {
  StepKind kind = StepKind::rename;
  std::string table;  // SQL name
  std::optional<std::string> column;
  std::optional<std::vector<std::string>> columns;
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> names;
  std::optional<std::string> separator;
  std::optional<std::string> find;
  std::optional<std::string> replacement;
  std::optional<bool> whole_cell;  // replace only cells that are `find` as a whole
  std::optional<std::string> value;
  std::optional<bool> previous;
  std::optional<std::string> value_name;
  std::optional<std::string> expression;

  // What is missing or too much for its kind, with paths that start with `path`.
  std::vector<json::FieldError> check(const std::string& path) const;
};
BOOST_DESCRIBE_STRUCT(Step, (),
                      (kind, table, column, columns, name, names, separator, find, replacement,
                       whole_cell, value, previous, value_name, expression))

// What one step did.
struct StepReport {
  std::int64_t rows = 0;          // of the table afterwards
  std::int64_t rows_removed = 0;  // by remove_duplicates
};
BOOST_DESCRIBE_STRUCT(StepReport, (), (rows, rows_removed))

}  // namespace sextant::catalog
