#pragma once
// Which columns of stored tables the names in one SELECT mean, also through subqueries and common
// table expressions that hand them on as they are. Thread-safe.

#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/json.h"
#include "catalog/source.h"

namespace sextant::tuning {

struct StoredColumn {
  const catalog::Table* table = nullptr;
  const catalog::Column* column = nullptr;

  bool is_whole_number() const;
  bool is_date() const;       // DATE
  bool is_timestamp() const;  // TIMESTAMP without a time zone
  bool is_text() const;       // VARCHAR
};

// Columns that a query hands on, by name in lower case; what is computed is none.
using HandedOn = std::map<std::string, std::optional<StoredColumn>>;
// What names stand for besides stored tables, in lower case; none: something unknown.
using OtherTables = std::map<std::string, std::optional<HandedOn>>;

class Scope {
 public:
  // `select`: a SELECT_NODE.
  Scope(const json::Object& select, const catalog::Catalog& catalog, const OtherTables& others);

  // None when it is of something else, or could be.
  std::optional<StoredColumn> find(const json::Object& node) const;

  // The stored table, when nothing else is read.
  const catalog::Table* only_table() const;

  // What `select` gives to those that read it; none when that can not be told.
  std::optional<HandedOn> handed_on(const json::Object& select) const;

 private:
  void add(const json::Object& from, const catalog::Catalog& catalog, const OtherTables& others);

  std::map<std::string, HandedOn> tables_;  // by alias, lower case
  const catalog::Table* only_ = nullptr;
  bool all_known_ = true;
};

}  // namespace sextant::tuning
