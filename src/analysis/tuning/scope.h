#pragma once
// Which columns of stored tables the names in one SELECT mean. Thread-safe.

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

class Scope {
 public:
  // `select`: a SELECT_NODE; `others`: names that stand for something else than a stored table, in
  // lower case.
  Scope(const json::Object& select, const catalog::Catalog& catalog,
        const std::set<std::string>& others);

  // None when it is of something else, or could be.
  std::optional<StoredColumn> find(const json::Object& node) const;

  // The table, when nothing else is read.
  const catalog::Table* only_table() const;

 private:
  void add(const json::Object& from, const catalog::Catalog& catalog,
           const std::set<std::string>& others);

  std::map<std::string, const catalog::Table*> tables_;  // by alias, lower case
  bool all_stored_ = true;
};

}  // namespace sextant::tuning
