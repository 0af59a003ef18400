#pragma once
// Original headers in SQL: `"Order Date"` works where the column is order_date.
//
// The engine's binder says which name it can not resolve and where; only that name is replaced, and
// the statement is prepared again. So aliases and CTE columns that happen to be called like a
// header keep their meaning. Thread-safe.

#include <optional>
#include <string>
#include <vector>

#include "analysis/engine/duckdb.h"
#include "catalog/source.h"

namespace sextant::engine {

class HeaderRewriter {
 public:
  HeaderRewriter(std::string sql, std::vector<const catalog::Table*> tables)
      : sql_(std::move(sql)), tables_(std::move(tables)) {}

  const std::string& sql() const { return sql_; }

  // Replaces the name that this error complains about; false when it is no header.
  bool rewrite(const Error& error);

  // The error with its position in the text as it was at first, and a hint from the tables'
  // columns.
  Error explain(Error error) const;

 private:
  // The snake_case name for a header of one of the tables; none when a column has that very name.
  std::optional<std::string> column_for(std::string_view header) const;

  struct Edit {
    std::size_t start, old_size, new_size;
  };
  std::string sql_;
  std::vector<const catalog::Table*> tables_;
  std::vector<Edit> edits_;
};

}  // namespace sextant::engine
